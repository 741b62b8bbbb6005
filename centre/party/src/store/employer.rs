//! Employers and their staff.

use base_db::{DbError, Tx};
use base_kernel::{CaseNo, EmployerNo, PersonNo};
use chrono::NaiveDate;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::model::{Employer, EmployerStatus, NewEmployer, Person};
use crate::store::person;
use crate::{PartyError, Scope};

base_db::statements! {
    EMPLOYER_BY_NO = "../sql/employer_by_no.sql";
    EMPLOYERS_BY_NO = "../sql/employers_by_no.sql";
    EMPLOYER_BY_USCC = "../sql/employer_by_uscc.sql";
    EMPLOYER_NUMBER = "../sql/employer_number.sql";
    EMPLOYER_ADD = "../sql/employer_add.sql";
    EMPLOYER_SET_STATUS = "../sql/employer_set_status.sql";
    EMPLOYER_HISTORY_ADD = "../sql/employer_history_add.sql";
    STAFF_JOIN = "../sql/staff_join.sql";
    STAFF_LEAVE = "../sql/staff_leave.sql";
    STAFF_IS = "../sql/staff_is.sql";
    STAFF_OF = "../sql/staff_of.sql";
    STAFF_LIST = "../sql/staff_list.sql";
    STAFF_COUNT = "../sql/staff_count.sql";
}

type Result<T> = std::result::Result<T, PartyError>;

/// Filters of an employer statement; a citizen's scope holds no employer.
fn filters(scope: &Scope) -> Option<(Option<&str>, Option<&str>)> {
    let (person, employer, area) = scope.filters();
    person.is_none().then_some((employer, area))
}

pub(crate) async fn by_no(tx: &mut Tx, scope: &Scope, no: &EmployerNo) -> Result<Option<Employer>> {
    let Some((employer, area)) = filters(scope) else { return Ok(None) };
    let row = sqlx::query(EMPLOYER_BY_NO)
        .bind(no.as_str())
        .bind(employer)
        .bind(area)
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn many_by_no(tx: &mut Tx, scope: &Scope, numbers: &[String]) -> Result<Vec<Employer>> {
    let Some((employer, area)) = filters(scope) else { return Ok(Vec::new()) };
    let rows =
        sqlx::query(EMPLOYERS_BY_NO).bind(numbers).bind(employer).bind(area).fetch_all(tx.conn()).await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn by_uscc(tx: &mut Tx, scope: &Scope, uscc: &str) -> Result<Option<Employer>> {
    let Some((employer, area)) = filters(scope) else { return Ok(None) };
    let row =
        sqlx::query(EMPLOYER_BY_USCC).bind(uscc).bind(employer).bind(area).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read).transpose()
}

/// A fresh number of the sequence, without check digit.
pub(crate) async fn number(tx: &mut Tx) -> Result<i64> {
    Ok(sqlx::query_scalar(EMPLOYER_NUMBER).fetch_one(tx.conn()).await?)
}

pub(crate) async fn add(tx: &mut Tx, no: &EmployerNo, new: &NewEmployer) -> Result<()> {
    let now = tx.now();
    sqlx::query(EMPLOYER_ADD)
        .bind(no.as_str())
        .bind(&new.uscc)
        .bind(&new.name)
        .bind(&new.area)
        .bind(new.industry.as_deref())
        .bind(new.injury_class)
        .bind(new.operator_name.as_deref())
        .bind(new.operator_mobile.as_deref())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn set_status(tx: &mut Tx, employer: &Employer, status: EmployerStatus) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query(EMPLOYER_SET_STATUS)
        .bind(employer.no.as_str())
        .bind(employer.version)
        .bind(status_code(status))
        .bind(now)
        .execute(tx.conn())
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(PartyError::Moved) }
}

/// Keeps the record before and after a change.
pub(crate) async fn history_add(
    tx: &mut Tx,
    action: &str,
    before: Option<&Employer>,
    after: &Employer,
) -> Result<()> {
    let json = |employer: &Employer| {
        serde_json::to_value(employer).map_err(|error| {
            PartyError::Db(DbError::Inconsistent { table: "party.employer", detail: error.to_string() })
        })
    };
    let (actor, now, case) = (tx.actor().user.0, tx.now(), tx.ctx().case.clone());
    sqlx::query(EMPLOYER_HISTORY_ADD)
        .bind(after.no.as_str())
        .bind(after.version)
        .bind(action)
        .bind(before.map(json).transpose()?)
        .bind(json(after)?)
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn join(tx: &mut Tx, no: &EmployerNo, people: &[(PersonNo, NaiveDate)]) -> Result<()> {
    let now = tx.now();
    sqlx::query(STAFF_JOIN)
        .bind(no.as_str())
        .bind(people.iter().map(|(person, _)| person.as_str()).collect::<Vec<_>>())
        .bind(people.iter().map(|(_, since)| *since).collect::<Vec<_>>())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn leave(tx: &mut Tx, no: &EmployerNo, people: &[(PersonNo, NaiveDate)]) -> Result<()> {
    let now = tx.now();
    sqlx::query(STAFF_LEAVE)
        .bind(no.as_str())
        .bind(people.iter().map(|(person, _)| person.as_str()).collect::<Vec<_>>())
        .bind(people.iter().map(|(_, until)| *until).collect::<Vec<_>>())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn staff_is(tx: &mut Tx, no: &EmployerNo, person: &PersonNo) -> Result<bool> {
    Ok(sqlx::query_scalar(STAFF_IS).bind(no.as_str()).bind(person.as_str()).fetch_one(tx.conn()).await?)
}

pub(crate) async fn staff_of(tx: &mut Tx, person: &PersonNo) -> Result<Vec<EmployerNo>> {
    let found: Vec<String> = sqlx::query_scalar(STAFF_OF).bind(person.as_str()).fetch_all(tx.conn()).await?;
    Ok(found.into_iter().map(EmployerNo).collect())
}

pub(crate) async fn staff_list(
    tx: &mut Tx,
    no: &EmployerNo,
    query: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<(Person, NaiveDate)>, i64)> {
    let rows = sqlx::query(STAFF_LIST)
        .bind(no.as_str())
        .bind(query)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    let total: i64 =
        sqlx::query_scalar(STAFF_COUNT).bind(no.as_str()).bind(query).fetch_one(tx.conn()).await?;
    let people =
        rows.iter().map(|row| Ok((person::read(row)?, row.try_get("since")?))).collect::<Result<_>>()?;
    Ok((people, total))
}

fn status_code(status: EmployerStatus) -> &'static str {
    match status {
        EmployerStatus::Active => "active",
        EmployerStatus::Suspended => "suspended",
        EmployerStatus::Closed => "closed",
    }
}

fn read(row: &PgRow) -> Result<Employer> {
    let status: String = row.try_get("status")?;
    Ok(Employer {
        no: EmployerNo(row.try_get("employer_no")?),
        uscc: row.try_get("uscc")?,
        name: row.try_get("name")?,
        area: row.try_get("area")?,
        industry: row.try_get("industry")?,
        injury_class: row.try_get("injury_class")?,
        operator_name: row.try_get("operator_name")?,
        operator_mobile: row.try_get("operator_mobile")?,
        status: match status.as_str() {
            "active" => EmployerStatus::Active,
            "suspended" => EmployerStatus::Suspended,
            _ => EmployerStatus::Closed,
        },
        version: row.try_get("version")?,
        registered_at: row.try_get("registered_at")?,
    })
}
