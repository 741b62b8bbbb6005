//! The only file that runs SQL here.

use base_db::DbError;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::{PgConnection, PgExecutor};

use crate::{Backlog, DeadEvent, DeadJob, Job};

base_db::statements! {
    EVENT_ADD = "sql/event_add.sql";
    EVENTS_DUE = "sql/events_due.sql";
    EVENT_DONE = "sql/event_done.sql";
    EVENT_AGAIN = "sql/event_again.sql";
    EVENT_BURY = "sql/event_bury.sql";
    RECEIPT_ADD = "sql/receipt_add.sql";
    RECEIPTS_SWEEP = "sql/receipts_sweep.sql";
    DEAD_EVENTS = "sql/dead_events.sql";
    DEAD_EVENT_REVIVE = "sql/dead_event_revive.sql";
    BACKLOG = "sql/backlog.sql";
    JOB_ADD = "sql/job_add.sql";
    DEAD_JOBS = "sql/dead_jobs.sql";
    JOB_REVIVE = "sql/job_revive.sql";
    TIMER_TAKE = "sql/timer_take.sql";
    TIMER_SET = "sql/timer_set.sql";
}

/// An event as it stands in the outbox.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) topic: String,
    pub(crate) key: String,
    pub(crate) payload: Value,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) attempts: i32,
}

pub(crate) async fn add_event(
    conn: &mut PgConnection,
    topic: &str,
    key: &str,
    payload: &Value,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(EVENT_ADD).bind(topic).bind(key).bind(payload).bind(now).execute(conn).await?;
    Ok(())
}

pub(crate) async fn due_events(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, DbError> {
    let rows: Vec<(i64, String, String, Value, DateTime<Utc>, i32)> =
        sqlx::query_as(EVENTS_DUE).bind(now).bind(limit).fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(id, topic, key, payload, created_at, attempts)| Row {
            id,
            topic,
            key,
            payload,
            created_at,
            attempts,
        })
        .collect())
}

pub(crate) async fn event_done(conn: &mut PgConnection, id: i64) -> Result<(), DbError> {
    sqlx::query(EVENT_DONE).bind(id).execute(conn).await?;
    Ok(())
}

pub(crate) async fn event_again(
    conn: &mut PgConnection,
    id: i64,
    next_at: DateTime<Utc>,
    error: &str,
) -> Result<(), DbError> {
    sqlx::query(EVENT_AGAIN).bind(id).bind(next_at).bind(error).execute(conn).await?;
    Ok(())
}

pub(crate) async fn bury_event(
    conn: &mut PgConnection,
    id: i64,
    error: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(EVENT_BURY).bind(id).bind(error).bind(now).execute(conn).await?;
    Ok(())
}

/// Whether the receipt is new, that is, the receiver has not had the event.
pub(crate) async fn add_receipt(
    conn: &mut PgConnection,
    row: &Row,
    receiver: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query(RECEIPT_ADD)
        .bind(&row.topic)
        .bind(&row.key)
        .bind(receiver)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn sweep_receipts(db: impl PgExecutor<'_>, before: DateTime<Utc>) -> Result<u64, DbError> {
    Ok(sqlx::query(RECEIPTS_SWEEP).bind(before).execute(db).await?.rows_affected())
}

pub(crate) async fn dead_events(db: impl PgExecutor<'_>, limit: i64) -> Result<Vec<DeadEvent>, DbError> {
    let rows: Vec<(i64, String, String, i32, String, DateTime<Utc>)> =
        sqlx::query_as(DEAD_EVENTS).bind(limit).fetch_all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(id, topic, key, attempts, last_error, died_at)| DeadEvent {
            id,
            topic,
            key,
            attempts,
            last_error,
            died_at,
        })
        .collect())
}

pub(crate) async fn revive_event(
    conn: &mut PgConnection,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    Ok(sqlx::query(DEAD_EVENT_REVIVE).bind(id).bind(now).execute(conn).await?.rows_affected() == 1)
}

pub(crate) async fn backlog(db: impl PgExecutor<'_>, now: DateTime<Utc>) -> Result<Backlog, DbError> {
    let (events, dead_events, oldest_event_seconds, jobs, dead_jobs) =
        sqlx::query_as(BACKLOG).bind(now).fetch_one(db).await?;
    Ok(Backlog { events, dead_events, oldest_event_seconds, jobs, dead_jobs })
}

pub(crate) async fn add_job(conn: &mut PgConnection, job: &Job) -> Result<(), DbError> {
    let payload = json!({ "job": job.name, "args": job.args }).to_string();
    sqlx::query(JOB_ADD)
        .bind(payload)
        .bind(&job.lane)
        .bind(job.run_at)
        .bind(job.max_attempts)
        .bind(&job.key)
        .bind(job.priority)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn dead_jobs(db: impl PgExecutor<'_>, limit: i64) -> Result<Vec<DeadJob>, DbError> {
    let rows: Vec<(i64, Option<String>, i32, String, DateTime<Utc>)> =
        sqlx::query_as(DEAD_JOBS).bind(limit).fetch_all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, attempts, last_error, died_at)| DeadJob {
            id,
            name: name.unwrap_or_default(),
            attempts,
            last_error: plain_error(&last_error).to_owned(),
            died_at,
        })
        .collect())
}

/// The library stores `TaskError("…")`.
fn plain_error(stored: &str) -> &str {
    stored.strip_prefix("TaskError(\"").and_then(|rest| rest.strip_suffix("\")")).unwrap_or(stored)
}

pub(crate) async fn revive_job(conn: &mut PgConnection, id: i64) -> Result<bool, DbError> {
    Ok(sqlx::query(JOB_REVIVE).bind(id).fetch_optional(conn).await?.is_some())
}

/// The last tick of a timer, which a new timer takes to be `now`; the row stays locked to the end of the transaction.
pub(crate) async fn take_timer(
    conn: &mut PgConnection,
    job: &str,
    crontab: &str,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DbError> {
    sqlx::query_scalar(TIMER_TAKE)
        .bind(job)
        .bind(crontab)
        .bind(now)
        .fetch_one(conn)
        .await
        .map_err(DbError::from)
}

pub(crate) async fn set_timer(
    conn: &mut PgConnection,
    job: &str,
    crontab: &str,
    tick: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(TIMER_SET).bind(job).bind(crontab).bind(tick).execute(conn).await?;
    Ok(())
}
