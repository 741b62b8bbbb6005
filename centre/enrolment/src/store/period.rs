//! Periods and certificates.

use base_db::Tx;
use base_kernel::{CaseNo, EmployerNo, Fen, Month, PersonNo};
use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::{Result, inconsistent, month};
use crate::model::{Insurance, NewEnrolment, Period, PeriodStatus};

base_db::statements! {
    PERIOD_ADD = "../sql/period_add.sql";
    PERIOD_CLOSE = "../sql/period_close.sql";
    PERIOD_EMPLOYS = "../sql/period_employs.sql";
    PERIOD_OF_PEOPLE = "../sql/period_of_people.sql";
    PERIOD_OF_STAFF = "../sql/period_of_staff.sql";
    PERIOD_REOPEN = "../sql/period_reopen.sql";
    CERTIFICATE_ADD = "../sql/certificate_add.sql";
    CERTIFICATE_COUNT = "../sql/certificate_count.sql";
}

/// One row to open, with its id.
pub(crate) type NewPeriod<'a> = (Uuid, Insurance, &'a NewEnrolment);

/// Opens periods; returns the ids that went in. The others met an active period of somebody quicker.
pub(crate) async fn add(tx: &mut Tx, rows: &[NewPeriod<'_>]) -> Result<Vec<Uuid>> {
    let (now, actor, case) = (tx.now(), tx.actor().user.0, tx.ctx().case.clone());
    let employment =
        |of: fn(&NewEnrolment) -> Option<&str>| rows.iter().map(|row| of(row.2)).collect::<Vec<_>>();
    Ok(sqlx::query_scalar(PERIOD_ADD)
        .bind(rows.iter().map(|row| row.2.person.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.1.code()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2.employer.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2.start.yyyymm()).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2.wage.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2.employment.hire_date).collect::<Vec<_>>())
        .bind(employment(|new| Some(&new.employment.contract_type)))
        .bind(rows.iter().map(|row| row.2.employment.contract_end).collect::<Vec<_>>())
        .bind(employment(|new| Some(&new.employment.add_reason)))
        .bind(employment(|new| new.employment.hukou.as_deref()))
        .bind(employment(|new| new.employment.education.as_deref()))
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(now)
        .bind(actor)
        .fetch_all(tx.conn())
        .await?)
}

/// All periods of people, by person and time.
pub(crate) async fn of_people(tx: &mut Tx, people: &[PersonNo]) -> Result<Vec<Period>> {
    let people: Vec<&str> = people.iter().map(PersonNo::as_str).collect();
    let rows = sqlx::query(PERIOD_OF_PEOPLE).bind(people).fetch_all(tx.conn()).await?;
    rows.iter().map(read).collect()
}

/// Periods of people with one employer.
pub(crate) async fn of_staff(tx: &mut Tx, employer: &EmployerNo, people: &[&str]) -> Result<Vec<Period>> {
    let rows = sqlx::query(PERIOD_OF_STAFF).bind(employer.as_str()).bind(people).fetch_all(tx.conn()).await?;
    rows.iter().map(read).collect()
}

/// Ends active periods.
pub(crate) async fn close(
    tx: &mut Tx,
    person: &PersonNo,
    ids: &[Uuid],
    status: PeriodStatus,
    end: Month,
    reason: Option<&str>,
) -> Result<Vec<Uuid>> {
    let (now, actor, case) = (tx.now(), tx.actor().user.0, tx.ctx().case.clone());
    Ok(sqlx::query_scalar(PERIOD_CLOSE)
        .bind(person.as_str())
        .bind(ids)
        .bind(status.code())
        .bind(end.yyyymm())
        .bind(reason)
        .bind(now)
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .fetch_all(tx.conn())
        .await?)
}

/// Reopens periods that retirement ended.
pub(crate) async fn reopen(tx: &mut Tx, person: &PersonNo, ids: &[Uuid], from: Month) -> Result<Vec<Uuid>> {
    let (now, actor, case) = (tx.now(), tx.actor().user.0, tx.ctx().case.clone());
    Ok(sqlx::query_scalar(PERIOD_REOPEN)
        .bind(person.as_str())
        .bind(ids)
        .bind(from.yyyymm())
        .bind(now)
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .fetch_all(tx.conn())
        .await?)
}

pub(crate) async fn employs(tx: &mut Tx, employer: &EmployerNo, person: &PersonNo) -> Result<bool> {
    Ok(sqlx::query_scalar(PERIOD_EMPLOYS)
        .bind(employer.as_str())
        .bind(person.as_str())
        .fetch_one(tx.conn())
        .await?)
}

/// A certificate printed.
pub(crate) struct Printed<'a> {
    pub(crate) person: &'a PersonNo,
    pub(crate) case_no: &'a CaseNo,
    pub(crate) from: Month,
    pub(crate) to: Month,
    pub(crate) insurances: Vec<&'static str>,
    pub(crate) detail: &'a str,
    pub(crate) purpose: &'a str,
    pub(crate) receiver: Option<&'a str>,
}

pub(crate) async fn certificate_add(tx: &mut Tx, printed: &Printed<'_>) -> Result<()> {
    let (now, actor) = (tx.now(), tx.actor().user.0);
    sqlx::query(CERTIFICATE_ADD)
        .bind(printed.person.as_str())
        .bind(printed.case_no.as_str())
        .bind(printed.from.yyyymm())
        .bind(printed.to.yyyymm())
        .bind(&printed.insurances)
        .bind(printed.detail)
        .bind(printed.purpose)
        .bind(printed.receiver)
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn certificate_count(
    tx: &mut Tx,
    person: &PersonNo,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<i64> {
    Ok(sqlx::query_scalar(CERTIFICATE_COUNT)
        .bind(person.as_str())
        .bind(from)
        .bind(to)
        .fetch_one(tx.conn())
        .await?)
}

fn read(row: &PgRow) -> Result<Period> {
    let insurance: String = row.try_get("insurance")?;
    let status: String = row.try_get("status")?;
    Ok(Period {
        person: PersonNo(row.try_get("person_no")?),
        id: row.try_get("id")?,
        insurance: Insurance::from_code(&insurance)
            .ok_or_else(|| inconsistent("enrolment.period", "unknown insurance"))?,
        employer: EmployerNo(row.try_get("employer_no")?),
        start: month(row.try_get("start_month")?)?,
        end: row.try_get::<Option<i32>, _>("end_month")?.map(month).transpose()?,
        status: match status.as_str() {
            "active" => PeriodStatus::Active,
            "stopped" => PeriodStatus::Stopped,
            _ => PeriodStatus::Retired,
        },
        wage: Fen(row.try_get("wage_fen")?),
        hire_date: row.try_get("hire_date")?,
        add_reason: row.try_get("add_reason")?,
        stop_reason: row.try_get("stop_reason")?,
        case_no: row.try_get("case_no")?,
    })
}
