//! SQL of benefits.

use base_db::{DbError, Tx};
use base_kernel::{AwardId, CaseNo, Fen, Month, PersonNo};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{Award, Due, Payee, RunReport};

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    macro_rules! files {
        ($($name:literal),* $(,)?) => { vec![$(($name, include_str!(concat!("sql/", $name)))),*] };
    }
    files![
        "award_active.sql",
        "award_by_case.sql",
        "award_insert.sql",
        "award_void.sql",
        "due_of_part.sql",
        "payment_any.sql",
        "payment_insert_many.sql",
        "payment_list.sql",
        "run_done.sql",
        "run_late.sql",
        "run_open.sql",
        "run_take.sql",
        "run_total.sql",
    ]
}

/// Writes an award.
pub(crate) async fn award_insert(tx: &mut Tx, award: &Award) -> Result<(), Error> {
    let user = tx.actor().user;
    sqlx::query(include_str!("sql/award_insert.sql"))
        .bind(award.id.0)
        .bind(award.person.as_str())
        .bind(award.part)
        .bind(award.case_no.as_str())
        .bind(&award.retire_kind)
        .bind(award.retire_month.yyyymm())
        .bind(award.start_month.yyyymm())
        .bind(award.basic.0)
        .bind(award.account.0)
        .bind(award.transitional.0)
        .bind(award.total.0)
        .bind(award.provisional)
        .bind(&award.facts)
        .bind(Value::Array(award.derivation.clone()))
        .bind(&award.payee.name)
        .bind(&award.payee.bank)
        .bind(&award.payee.account)
        .bind(award.awarded_at)
        .bind(user.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The award a case decided.
pub(crate) async fn award_by_case(tx: &mut Tx, case: &CaseNo) -> Result<Option<Award>, Error> {
    let row = sqlx::query(include_str!("sql/award_by_case.sql"))
        .bind(case.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(award_from).transpose()
}

/// The award in force of a person.
pub(crate) async fn award_active(tx: &mut Tx, person: &PersonNo) -> Result<Option<Award>, Error> {
    let row = sqlx::query(include_str!("sql/award_active.sql"))
        .bind(person.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(award_from).transpose()
}

/// Declares an award void.
pub(crate) async fn award_void(tx: &mut Tx, award: &Award, reason: &str) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("sql/award_void.sql"))
        .bind(award.person.as_str())
        .bind(award.id.0)
        .bind(now)
        .bind(reason)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether anything was paid on an award.
pub(crate) async fn payment_any(tx: &mut Tx, award: &Award) -> Result<bool, Error> {
    Ok(sqlx::query_scalar(include_str!("sql/payment_any.sql"))
        .bind(award.person.as_str())
        .bind(award.id.0)
        .fetch_one(tx.conn())
        .await?)
}

/// A payment as listed.
#[derive(Debug, Clone)]
pub(crate) struct PaymentLine {
    pub(crate) month: Month,
    pub(crate) kind: String,
    pub(crate) amount: Fen,
    pub(crate) paid_at: DateTime<Utc>,
}

/// Payments of a person, newest first, with the total.
pub(crate) async fn payment_list(
    tx: &mut Tx,
    person: &PersonNo,
    (limit, offset): (i64, i64),
) -> Result<(Vec<PaymentLine>, i64), Error> {
    let rows = sqlx::query(include_str!("sql/payment_list.sql"))
        .bind(person.as_str())
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    let total = rows.first().map_or(Ok(0), |row| row.try_get("total"))?;
    let lines = rows
        .iter()
        .map(|row| {
            Ok(PaymentLine {
                month: month(row, "month")?,
                kind: row.try_get("kind")?,
                amount: Fen(row.try_get("amount_fen")?),
                paid_at: row.try_get("paid_at")?,
            })
        })
        .collect::<Result<_, Error>>()?;
    Ok((lines, total))
}

/// Opens the partitions of a run, and anew those that have late awards.
pub(crate) async fn run_open(tx: &mut Tx, month: Month) -> Result<(), Error> {
    sqlx::query(include_str!("sql/run_open.sql")).bind(month.yyyymm()).execute(tx.conn()).await?;
    sqlx::query(include_str!("sql/run_late.sql")).bind(month.yyyymm()).execute(tx.conn()).await?;
    Ok(())
}

/// Takes an open partition that nobody works on; none when all are done or taken.
pub(crate) async fn run_take(tx: &mut Tx, month: Month) -> Result<Option<i16>, Error> {
    Ok(sqlx::query_scalar(include_str!("sql/run_take.sql"))
        .bind(month.yyyymm())
        .fetch_optional(tx.conn())
        .await?)
}

/// Marks a partition done.
pub(crate) async fn run_done(
    tx: &mut Tx,
    month: Month,
    part: i16,
    payments: i64,
    sum: Fen,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("sql/run_done.sql"))
        .bind(month.yyyymm())
        .bind(part)
        .bind(payments)
        .bind(sum.0)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What a run did so far.
pub(crate) async fn run_total(tx: &mut Tx, month: Month) -> Result<RunReport, Error> {
    let (parts_done, payments, amount_fen): (i64, i64, i64) =
        sqlx::query_as(include_str!("sql/run_total.sql")).bind(month.yyyymm()).fetch_one(tx.conn()).await?;
    Ok(RunReport { month: month.to_string(), parts_done, payments, amount_fen })
}

/// Everything due in a partition up to the month of the run.
pub(crate) async fn due_of_part(tx: &mut Tx, run: Month, part: i16) -> Result<Vec<Due>, Error> {
    let rows = sqlx::query(include_str!("sql/due_of_part.sql"))
        .bind(run.yyyymm())
        .bind(part)
        .fetch_all(tx.conn())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                person: PersonNo(row.try_get("person_no")?),
                award: AwardId(row.try_get("award_id")?),
                month: month(row, "month")?,
                amount: Fen(row.try_get("total_fen")?),
                account: Fen(row.try_get("account_fen")?),
            })
        })
        .collect()
}

/// A payment to record.
#[derive(Debug, Clone)]
pub(crate) struct Paid {
    pub(crate) due: Due,
    pub(crate) kind: &'static str,
    pub(crate) account: Fen,
    pub(crate) reference: String,
}

/// Records the payments of a partition in one statement.
pub(crate) async fn payment_insert_many(
    tx: &mut Tx,
    run: Month,
    part: i16,
    paid: &[Paid],
) -> Result<(), Error> {
    let now = tx.now();
    let column = |value: fn(&Paid) -> i64| paid.iter().map(value).collect::<Vec<i64>>();
    sqlx::query(include_str!("sql/payment_insert_many.sql"))
        .bind(paid.iter().map(|p| p.due.person.0.clone()).collect::<Vec<_>>())
        .bind(paid.iter().map(|p| p.due.month.yyyymm()).collect::<Vec<_>>())
        .bind(paid.iter().map(|p| p.kind.to_owned()).collect::<Vec<_>>())
        .bind(paid.iter().map(|p| p.due.award.0).collect::<Vec<Uuid>>())
        .bind(column(|p| p.due.amount.0))
        .bind(column(|p| p.account.0))
        .bind(paid.iter().map(|p| p.reference.clone()).collect::<Vec<_>>())
        .bind(run.yyyymm())
        .bind(part)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn award_from(row: &PgRow) -> Result<Award, Error> {
    let derivation: Value = row.try_get("derivation")?;
    Ok(Award {
        id: AwardId(row.try_get("award_id")?),
        person: PersonNo(row.try_get("person_no")?),
        part: row.try_get("part")?,
        case_no: CaseNo(row.try_get("case_no")?),
        retire_kind: row.try_get("retire_kind")?,
        retire_month: month(row, "retire_month")?,
        start_month: month(row, "start_month")?,
        basic: Fen(row.try_get("basic_fen")?),
        account: Fen(row.try_get("account_fen")?),
        transitional: Fen(row.try_get("transitional_fen")?),
        total: Fen(row.try_get("total_fen")?),
        provisional: row.try_get("provisional")?,
        facts: row.try_get("facts")?,
        derivation: derivation.as_array().cloned().unwrap_or_default(),
        payee: Payee {
            name: row.try_get("payee_name")?,
            bank: row.try_get("payee_bank")?,
            account: row.try_get("payee_account")?,
        },
        status: row.try_get("status")?,
        awarded_at: row.try_get("awarded_at")?,
    })
}

fn month(row: &PgRow, column: &str) -> Result<Month, Error> {
    let stored: i32 = row.try_get(column)?;
    Month::from_yyyymm(stored)
        .map_err(|error| DbError::Inconsistent { table: "benefit", detail: error.to_string() }.into())
}
