//! Who is billed, and on which wage.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{CaseNo, EmployerNo, Fen, Month, PersonNo};
use sqlx::Row;

use super::Result;
use crate::model::{Liability, LiabilityStop, WageDeclaration};

base_db::statements! {
    LIABILITY_START = "../sql/liability_start.sql";
    LIABILITY_STOP = "../sql/liability_stop.sql";
    RECEIVABLE_CANCEL = "../sql/receivable_cancel.sql";
    WAGE_SUPERSEDE = "../sql/wage_supersede.sql";
    WAGE_ADD = "../sql/wage_add.sql";
    WAGE_CURRENT = "../sql/wage_current.sql";
}

pub(crate) async fn start(tx: &mut Tx, list: &[Liability]) -> Result<()> {
    let now = tx.now();
    sqlx::query(LIABILITY_START)
        .bind(list.iter().map(|l| l.person.as_str()).collect::<Vec<_>>())
        .bind(list.iter().map(|l| l.employer.as_str()).collect::<Vec<_>>())
        .bind(list.iter().map(|l| l.insurance.code()).collect::<Vec<_>>())
        .bind(list.iter().map(|l| l.from.yyyymm()).collect::<Vec<_>>())
        .bind(list.iter().map(|l| l.to.map(Month::yyyymm)).collect::<Vec<_>>())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn stop(tx: &mut Tx, list: &[LiabilityStop]) -> Result<()> {
    let now = tx.now();
    let people: Vec<&str> = list.iter().map(|l| l.person.as_str()).collect();
    let employers: Vec<&str> = list.iter().map(|l| l.employer.as_str()).collect();
    let insurances: Vec<&str> = list.iter().map(|l| l.insurance.code()).collect();
    let last: Vec<i32> = list.iter().map(|l| l.last.yyyymm()).collect();
    sqlx::query(LIABILITY_STOP)
        .bind(&people)
        .bind(&employers)
        .bind(&insurances)
        .bind(&last)
        .bind(now)
        .execute(tx.conn())
        .await?;
    sqlx::query(RECEIVABLE_CANCEL)
        .bind(&people)
        .bind(&employers)
        .bind(&insurances)
        .bind(&last)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Adds declarations with their bases; what was declared for the same month before is superseded.
pub(crate) async fn wage_add(tx: &mut Tx, list: &[(&WageDeclaration, Option<Fen>)]) -> Result<()> {
    let (actor, now, case) = (tx.actor().user.0, tx.now(), tx.ctx().case.clone());
    let people: Vec<&str> = list.iter().map(|(w, _)| w.person.as_str()).collect();
    let employers: Vec<&str> = list.iter().map(|(w, _)| w.employer.as_str()).collect();
    let months: Vec<i32> = list.iter().map(|(w, _)| w.from.yyyymm()).collect();
    sqlx::query(WAGE_SUPERSEDE)
        .bind(&people)
        .bind(&employers)
        .bind(&months)
        .bind(now)
        .execute(tx.conn())
        .await?;
    sqlx::query(WAGE_ADD)
        .bind(&people)
        .bind(&employers)
        .bind(&months)
        .bind(list.iter().map(|(w, _)| w.wage.0).collect::<Vec<_>>())
        .bind(list.iter().map(|(_, base)| base.map(|fen| fen.0)).collect::<Vec<_>>())
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn wage_current(
    tx: &mut Tx,
    employer: &EmployerNo,
    people: &[String],
    on: Month,
) -> Result<BTreeMap<PersonNo, Fen>> {
    let rows = sqlx::query(WAGE_CURRENT)
        .bind(employer.as_str())
        .bind(people)
        .bind(on.yyyymm())
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(|row| Ok((PersonNo(row.try_get("person_no")?), Fen(row.try_get("wage")?)))).collect()
}
