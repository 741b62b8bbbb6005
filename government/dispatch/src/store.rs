//! SQL of dispatch.

use base_db::Tx;
use base_kernel::{TaskId, UserId};
use serde_json::Value;
use sqlx::Row;
use uuid::Uuid;

use crate::{Allotment, Error, Request, Scored};

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("workload_list.sql", include_str!("sql/workload_list.sql")),
        ("workload_open.sql", include_str!("sql/workload_open.sql")),
        ("workload_take.sql", include_str!("sql/workload_take.sql")),
        ("workload_add.sql", include_str!("sql/workload_add.sql")),
        ("workload_release.sql", include_str!("sql/workload_release.sql")),
        ("allotment_put.sql", include_str!("sql/allotment_put.sql")),
        ("allotment_get.sql", include_str!("sql/allotment_get.sql")),
    ]
}

/// Open tasks of each officer, least loaded first; none for an officer who never had one.
pub(crate) async fn workload_list(tx: &mut Tx, users: &[Uuid]) -> Result<Vec<(Uuid, Option<i64>)>, Error> {
    Ok(sqlx::query_as(include_str!("sql/workload_list.sql")).bind(users).fetch_all(tx.conn()).await?)
}

/// Opens the books of officers who never had a task.
pub(crate) async fn workload_open(tx: &mut Tx, users: &[Uuid]) -> Result<(), Error> {
    sqlx::query(include_str!("sql/workload_open.sql")).bind(users).execute(tx.conn()).await?;
    Ok(())
}

/// Takes the least loaded of `users` whose row is free and counts one more task for it.
pub(crate) async fn workload_take(tx: &mut Tx, users: &[Uuid]) -> Result<Option<Uuid>, Error> {
    Ok(sqlx::query_scalar(include_str!("sql/workload_take.sql"))
        .bind(users)
        .fetch_optional(tx.conn())
        .await?)
}

/// Counts `by` more tasks for one officer.
pub(crate) async fn workload_add(tx: &mut Tx, user: UserId, by: i64) -> Result<(), Error> {
    sqlx::query(include_str!("sql/workload_add.sql")).bind(user.0).bind(by).execute(tx.conn()).await?;
    Ok(())
}

/// Counts one task less for one officer.
pub(crate) async fn workload_release(tx: &mut Tx, user: UserId) -> Result<(), Error> {
    sqlx::query(include_str!("sql/workload_release.sql")).bind(user.0).execute(tx.conn()).await?;
    Ok(())
}

/// Keeps the outcome with the task.
pub(crate) async fn allotment_put(
    tx: &mut Tx,
    request: &Request,
    allotment: &Allotment,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("sql/allotment_put.sql"))
        .bind(request.task.0)
        .bind(request.case_no.as_str())
        .bind(allotment.chosen.map(|user| user.0))
        .bind(allotment.rule.word())
        .bind(serde_json::to_value(&allotment.candidates).unwrap_or(Value::Null))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Why a task went to whom; none for a task that was never allotted.
///
/// # Errors
/// [`Error::Db`].
pub async fn allotment_of(tx: &mut Tx, task: TaskId) -> Result<Option<Allotment>, Error> {
    let row =
        sqlx::query(include_str!("sql/allotment_get.sql")).bind(task.0).fetch_optional(tx.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let rule: String = row.try_get("rule")?;
    let chosen: Option<Uuid> = row.try_get("chosen")?;
    let candidates: Value = row.try_get("candidates")?;
    let broken =
        |what: &str| base_db::DbError::Inconsistent { table: "dispatch.allotment", detail: what.to_owned() };
    let rule = serde_json::from_value(Value::String(rule)).map_err(|_| broken("unknown rule"))?;
    let candidates: Vec<Scored> =
        serde_json::from_value(candidates).map_err(|_| broken("unreadable candidates"))?;
    Ok(Some(Allotment { rule, chosen: chosen.map(UserId), candidates }))
}
