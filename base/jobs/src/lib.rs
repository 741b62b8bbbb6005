#![doc = include_str!("../README.md")]

mod backlog;
mod crontab;
mod job;
mod outbox;
mod relay;
mod store;
#[cfg(test)]
mod tests;
mod timers;
mod worker;

use std::sync::Arc;

use base_db::Migration;
use base_slice::{JobFn, Named, Slice, Timer};

pub use backlog::{Backlog, DeadEvent, DeadJob, backlog, dead_events, dead_jobs, revive_event, revive_job};
pub use crontab::{Crontab, CrontabError};
pub use job::{Job, enqueue_job};
pub use outbox::enqueue_event;
pub use relay::Relay;
pub use timers::Timers;
pub use worker::{JobsError, Worker, WorkerOptions};

/// Schema files.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "outbox", sql: include_str!("../migrations/0001_outbox.sql") },
    Migration { number: 2, name: "queue", sql: include_str!("../migrations/0002_queue.sql") },
];

/// Receipts older than this can't meet a repetition any more, days.
const KEEP_RECEIPTS_DAYS: i64 = 90;

/// What this crate brings itself.
#[must_use]
pub fn slice() -> Slice {
    let sweep: JobFn = Arc::new(|db, _args| {
        Box::pin(async move {
            let before = db.now() - chrono::Duration::days(KEEP_RECEIPTS_DAYS);
            store::sweep_receipts(db.pool(), before).await?;
            Ok(())
        })
    });
    Slice {
        name: "base-jobs",
        migrations: MIGRATIONS,
        jobs: vec![Named { name: "base.sweep", run: sweep }],
        timers: vec![Timer { job: "base.sweep", crontab: "30 3 * * *" }],
        ..Slice::default()
    }
}
