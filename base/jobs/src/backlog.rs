//! What waits and what failed for good, for operators and metrics.

use base_db::{Db, DbError, Tx};
use chrono::{DateTime, Utc};

use crate::store;

/// How much waits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    /// Events not yet delivered to all their receivers.
    pub events: i64,
    /// Events given up.
    pub dead_events: i64,
    /// Age of the oldest waiting event, seconds.
    pub oldest_event_seconds: f64,
    /// Jobs that wait for a worker or for their moment.
    pub jobs: i64,
    /// Jobs given up.
    pub dead_jobs: i64,
}

/// An event given up after too many failures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadEvent {
    /// Id, for [`revive_event`].
    pub id: i64,
    /// Topic.
    pub topic: String,
    /// Key.
    pub key: String,
    /// Tries.
    pub attempts: i32,
    /// Receiver and what it said last.
    pub last_error: String,
    /// When it was given up.
    pub died_at: DateTime<Utc>,
}

/// A job given up after too many failures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Id, for [`revive_job`].
    pub id: i64,
    /// Name.
    pub name: String,
    /// Tries.
    pub attempts: i32,
    /// What it said last.
    pub last_error: String,
    /// When it failed last.
    pub died_at: DateTime<Utc>,
}

/// Counts what waits and sets the gauges `renshe_outbox_*` and `renshe_jobs_*`.
///
/// # Errors
/// [`DbError`] when the database can't be read.
pub async fn backlog(db: &Db) -> Result<Backlog, DbError> {
    let found = store::backlog(db.pool(), db.now()).await?;
    let set = |name: &'static str, value: i64| metrics::gauge!(name).set(value as f64);
    set("renshe_outbox_pending", found.events);
    set("renshe_outbox_dead", found.dead_events);
    set("renshe_jobs_pending", found.jobs);
    set("renshe_jobs_dead", found.dead_jobs);
    metrics::gauge!("renshe_outbox_oldest_seconds").set(found.oldest_event_seconds);
    Ok(found)
}

/// The latest `limit` events given up.
///
/// # Errors
/// [`DbError`] when the database can't be read.
pub async fn dead_events(db: &Db, limit: i64) -> Result<Vec<DeadEvent>, DbError> {
    store::dead_events(db.pool(), limit).await
}

/// The latest `limit` jobs given up.
///
/// # Errors
/// [`DbError`] when the database can't be read.
pub async fn dead_jobs(db: &Db, limit: i64) -> Result<Vec<DeadJob>, DbError> {
    store::dead_jobs(db.pool(), limit).await
}

/// Puts an event back into the outbox; receivers that have had it are not called again. False when there is none.
///
/// # Errors
/// [`DbError`] when the row can't be written.
pub async fn revive_event(tx: &mut Tx, id: i64) -> Result<bool, DbError> {
    let now = tx.now();
    store::revive_event(tx.conn(), id, now).await
}

/// Lets a job given up start from the first try. False when there is none.
///
/// # Errors
/// [`DbError`] when the row can't be written.
pub async fn revive_job(tx: &mut Tx, id: i64) -> Result<bool, DbError> {
    store::revive_job(tx.conn(), id).await
}
