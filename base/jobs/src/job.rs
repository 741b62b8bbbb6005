//! Putting jobs into the queue.

use base_db::{DbError, Tx};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::store;

/// A job to run in the background.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Name under which a slice brings its function.
    pub name: String,
    /// Arguments; the function must do no harm when called twice with them.
    pub args: Value,
    /// A waiting job with the same key is replaced by this one instead of standing beside it.
    pub key: Option<String>,
    /// Not before this moment.
    pub run_at: Option<DateTime<Utc>>,
    /// Jobs of one lane run one after another, over all nodes.
    pub lane: Option<String>,
    /// How often it is tried; 25 unless set.
    pub max_attempts: Option<i32>,
    /// Smaller runs earlier; 0 unless set.
    pub priority: Option<i32>,
}

impl Job {
    /// A job that runs as soon as a worker is free.
    pub fn new(name: impl Into<String>, args: Value) -> Self {
        Self {
            name: name.into(),
            args,
            key: None,
            run_at: None,
            lane: None,
            max_attempts: None,
            priority: None,
        }
    }

    /// Replaces a waiting job of the same key.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Waits until `at`.
    #[must_use]
    pub fn run_at(mut self, at: DateTime<Utc>) -> Self {
        self.run_at = Some(at);
        self
    }

    /// Runs after the other jobs of `lane`.
    #[must_use]
    pub fn lane(mut self, lane: impl Into<String>) -> Self {
        self.lane = Some(lane.into());
        self
    }

    /// Tries at most `attempts` times.
    #[must_use]
    pub fn max_attempts(mut self, attempts: i32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }
}

/// Puts a job into the queue; it exists once this transaction commits, and not otherwise.
///
/// # Errors
/// [`DbError`] when the row can't be written.
pub async fn enqueue_job(tx: &mut Tx, job: &Job) -> Result<(), DbError> {
    store::add_job(tx.conn(), job).await
}
