//! Case files.

use base_db::{DbError, Tx};
use base_kernel::{CaseNo, EmployerNo, InstanceId, ItemCode, PersonNo, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{CaseFile, CaseState, NewCase, Receipt};

/// The next number of the day's sequence.
pub(crate) async fn case_next_sequence(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/case_next_sequence.sql")).fetch_one(tx.conn()).await?)
}

/// Writes a new case in state SUBMITTED.
pub(crate) async fn case_insert(
    tx: &mut Tx,
    case_no: &CaseNo,
    new: &NewCase,
    item_name: &str,
    instance: InstanceId,
    promised_due: Option<NaiveDate>,
) -> Result<(), Error> {
    let subject = new.person.as_ref().map(PersonNo::as_str).or(new.employer.as_ref().map(EmployerNo::as_str));
    let (now, user, channel) = (tx.now(), tx.actor().user, i16::from(tx.ctx().channel.code()));
    sqlx::query(include_str!("../sql/case_insert.sql"))
        .bind(case_no.as_str())
        .bind(new.submission)
        .bind(subject)
        .bind(new.item.as_str())
        .bind(i32::try_from(new.item_version).unwrap_or(i32::MAX))
        .bind(item_name)
        .bind(new.applicant_kind)
        .bind(&new.applicant_name)
        .bind(user.0)
        .bind(new.person.as_ref().map(PersonNo::as_str))
        .bind(new.employer.as_ref().map(EmployerNo::as_str))
        .bind(&new.org_path)
        .bind(channel)
        .bind(instance.0)
        .bind(Value::Object(new.form.clone()))
        .bind(&new.materials)
        .bind(to_json(&new.rules))
        .bind(now)
        .bind(promised_due)
        .bind(None::<NaiveDate>)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The receipt of an earlier submission with this key, and who submitted it.
pub(crate) async fn case_by_submission(
    tx: &mut Tx,
    submission: Uuid,
) -> Result<Option<(Receipt, UserId)>, Error> {
    let row = sqlx::query(include_str!("../sql/case_by_submission.sql"))
        .bind(submission)
        .fetch_optional(tx.conn())
        .await?;
    row.map(|row| {
        let state = state_of(&row)?;
        let receipt = Receipt {
            case_no: row.try_get("case_no")?,
            item_name: row.try_get("item_name")?,
            submitted_at: row.try_get("submitted_at")?,
            promised_due: row.try_get("promised_due")?,
            state: state.word().to_owned(),
            state_name: state.name().to_owned(),
        };
        Ok((receipt, UserId(row.try_get("applicant_user")?)))
    })
    .transpose()
}

/// Reads a case.
pub(crate) async fn case_get(tx: &mut Tx, case_no: &CaseNo) -> Result<Option<CaseFile>, Error> {
    let row = sqlx::query(include_str!("../sql/case_get.sql"))
        .bind(case_no.as_str())
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(case_from).transpose()
}

/// Reads a case and holds it until the step ends: one step a case at a time.
pub(crate) async fn case_lock(tx: &mut Tx, case_no: &CaseNo) -> Result<CaseFile, Error> {
    let row = sqlx::query(include_str!("../sql/case_lock.sql"))
        .bind(case_no.as_str())
        .fetch_optional(tx.conn())
        .await?;
    case_from(&row.ok_or(Error::CaseNotFound)?)
}

/// Writes back what a step changed.
pub(crate) async fn case_update(tx: &mut Tx, case: &CaseFile) -> Result<(), Error> {
    let (stopped_at, stop_reason) = case.clock_stopped.clone().unzip();
    let done = sqlx::query(include_str!("../sql/case_update.sql"))
        .bind(case.case_no.as_str())
        .bind(case.state.word())
        .bind(&case.outcome)
        .bind(Value::Object(case.form.clone()))
        .bind(to_json(&case.rules))
        .bind(Value::Object(case.computed.clone()))
        .bind(Value::Array(case.derivation.clone()))
        .bind(case.correction.as_ref().map(to_json))
        .bind(case.accepted_at)
        .bind(case.closed_at)
        .bind(case.promised_due)
        .bind(case.statutory_due)
        .bind(stopped_at)
        .bind(stop_reason)
        .bind(&case.materials)
        .execute(tx.conn())
        .await?;
    match done.rows_affected() {
        1 => Ok(()),
        other => Err(broken(format!("{} rows of {} updated", other, case.case_no)).into()),
    }
}

/// One line of a list of cases.
#[derive(Debug, Clone)]
pub(crate) struct CaseLine {
    pub(crate) case_no: String,
    pub(crate) item_code: String,
    pub(crate) item_name: String,
    pub(crate) state: CaseState,
    pub(crate) applicant_name: String,
    pub(crate) submitted_at: DateTime<Utc>,
    pub(crate) accepted_at: Option<DateTime<Utc>>,
    pub(crate) closed_at: Option<DateTime<Utc>>,
    pub(crate) promised_due: Option<NaiveDate>,
    pub(crate) clock_stopped_at: Option<DateTime<Utc>>,
    pub(crate) current_node: Option<String>,
    pub(crate) rated: bool,
}

/// Cases of a person or of an employer; newest first, with the total.
pub(crate) async fn case_list_mine(
    tx: &mut Tx,
    employer: Option<&EmployerNo>,
    person: Option<&PersonNo>,
    user: UserId,
    state: Option<&str>,
    (limit, offset): (i64, i64),
) -> Result<(Vec<CaseLine>, i64), Error> {
    let rows = sqlx::query(include_str!("../sql/case_list_mine.sql"))
        .bind(employer.map(EmployerNo::as_str))
        .bind(person.map(PersonNo::as_str))
        .bind(user.0)
        .bind(state)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    lines(&rows)
}

/// Cases at and below a place of the organisation tree; newest first, with the total.
pub(crate) async fn case_list_scope(
    tx: &mut Tx,
    scope: &str,
    state: Option<&str>,
    query: Option<&str>,
    (limit, offset): (i64, i64),
) -> Result<(Vec<CaseLine>, i64), Error> {
    let rows = sqlx::query(include_str!("../sql/case_list_scope.sql"))
        .bind(scope)
        .bind(format!("{scope}/%"))
        .bind(state)
        .bind(query)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    lines(&rows)
}

fn lines(rows: &[PgRow]) -> Result<(Vec<CaseLine>, i64), Error> {
    let total = rows.first().map_or(Ok(0), |row| row.try_get("total"))?;
    let lines = rows.iter().map(line_from).collect::<Result<_, _>>()?;
    Ok((lines, total))
}

fn line_from(row: &PgRow) -> Result<CaseLine, Error> {
    Ok(CaseLine {
        case_no: row.try_get("case_no")?,
        item_code: row.try_get("item_code")?,
        item_name: row.try_get("item_name")?,
        state: state_of(row)?,
        applicant_name: row.try_get("applicant_name")?,
        submitted_at: row.try_get("submitted_at")?,
        accepted_at: row.try_get("accepted_at")?,
        closed_at: row.try_get("closed_at")?,
        promised_due: row.try_get("promised_due")?,
        clock_stopped_at: row.try_get("clock_stopped_at")?,
        current_node: row.try_get("current_node")?,
        rated: row.try_get("rated")?,
    })
}

fn case_from(row: &PgRow) -> Result<CaseFile, Error> {
    let stopped_at: Option<DateTime<Utc>> = row.try_get("clock_stopped_at")?;
    let stop_reason: Option<String> = row.try_get("clock_stop_reason")?;
    let correction: Option<Value> = row.try_get("correction")?;
    Ok(CaseFile {
        case_no: CaseNo(row.try_get("case_no")?),
        item: ItemCode(row.try_get("item_code")?),
        item_version: row.try_get("item_version")?,
        item_name: row.try_get("item_name")?,
        state: state_of(row)?,
        outcome: row.try_get("outcome")?,
        applicant_kind: row.try_get("applicant_kind")?,
        applicant_name: row.try_get("applicant_name")?,
        applicant_user: UserId(row.try_get("applicant_user")?),
        person: row.try_get::<Option<String>, _>("person_no")?.map(PersonNo),
        employer: row.try_get::<Option<String>, _>("employer_no")?.map(EmployerNo),
        org_path: row.try_get("org_path")?,
        channel: row.try_get("channel")?,
        instance: InstanceId(row.try_get("instance_id")?),
        form: from_json::<Map<String, Value>>(row.try_get("form")?, "form")?,
        materials: row.try_get("materials")?,
        rules: from_json(row.try_get("rules")?, "rules")?,
        computed: from_json(row.try_get("computed")?, "computed")?,
        derivation: from_json(row.try_get("derivation")?, "derivation")?,
        correction: correction.map(|value| from_json(value, "correction")).transpose()?,
        submitted_at: row.try_get("submitted_at")?,
        accepted_at: row.try_get("accepted_at")?,
        closed_at: row.try_get("closed_at")?,
        promised_due: row.try_get("promised_due")?,
        statutory_due: row.try_get("statutory_due")?,
        clock_stopped: stopped_at.map(|at| (at, stop_reason.unwrap_or_default())),
    })
}

fn state_of(row: &PgRow) -> Result<CaseState, Error> {
    let word: String = row.try_get("state")?;
    CaseState::from_word(&word).ok_or_else(|| broken(format!("state {word}")).into())
}

fn from_json<T: DeserializeOwned>(value: Value, column: &str) -> Result<T, Error> {
    serde_json::from_value(value).map_err(|error| broken(format!("{column}: {error}")).into())
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn broken(detail: String) -> DbError {
    DbError::Inconsistent { table: "casework.case_file", detail }
}
