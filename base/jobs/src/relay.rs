//! Delivers events from the outbox to their receivers.

use std::time::Duration;

use base_db::{Db, DbError};
use base_kernel::{Ctx, Fault, RequestId};
use base_slice::{Event, Receiver, Registry};
use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::store::{self, Row};

/// Events taken at once. Small, because they stay locked until the batch is through.
const BATCH: i64 = 32;
/// Pause when there was nothing to do.
const IDLE: Duration = Duration::from_millis(200);
/// Pause after the database failed.
const TROUBLE: Duration = Duration::from_secs(2);
/// Tries before an event is given up.
const MAX_ATTEMPTS: i32 = 12;
/// Longest pause between two tries, seconds.
const LONGEST_PAUSE: i64 = 3600;
/// Room for the reason of a failure, characters.
const ERROR_CHARS: usize = 500;

/// Takes events and calls receivers. Any number may run, on any number of nodes.
#[derive(Clone)]
pub struct Relay {
    db: Db,
    registry: Registry,
}

impl Relay {
    /// A relay for the receivers in `registry`.
    #[must_use]
    pub fn new(db: Db, registry: Registry) -> Self {
        Self { db, registry }
    }

    /// Delivers until `stop` is cancelled; a batch under way is finished first.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.deliver_batch().await {
                Ok(0) => IDLE,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "outbox can't be read; trying again");
                    TROUBLE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Delivers until nothing is due and says how many events it took; for tests and for orderly ends.
    ///
    /// # Errors
    /// [`DbError`] when the outbox can't be read or written.
    pub async fn drain(&self) -> Result<usize, DbError> {
        let mut total = 0;
        loop {
            match self.deliver_batch().await? {
                0 => return Ok(total),
                taken => total += taken,
            }
        }
    }

    async fn deliver_batch(&self) -> Result<usize, DbError> {
        let mut batch = self.db.begin(context()).await?;
        let now = batch.now();
        let rows = store::due_events(batch.conn(), now, BATCH).await?;
        for row in &rows {
            match self.deliver(row).await {
                Ok(()) => {
                    store::event_done(batch.conn(), row.id).await?;
                    let waited = (now - row.created_at).as_seconds_f64();
                    metrics::histogram!("renshe_outbox_wait_seconds").record(waited);
                }
                Err(reason) if row.attempts + 1 >= MAX_ATTEMPTS => {
                    tracing::error!(topic = row.topic, key = row.key, %reason, "event given up");
                    store::bury_event(batch.conn(), row.id, &reason, now).await?;
                }
                Err(reason) => {
                    tracing::warn!(topic = row.topic, key = row.key, %reason, "event to be tried again");
                    let next = now + pause_after(row.attempts);
                    store::event_again(batch.conn(), row.id, next, &reason).await?;
                }
            }
        }
        batch.commit().await?;
        Ok(rows.len())
    }

    /// Calls every receiver that has not had the event. All are called even when one fails, so that one slice's
    /// trouble does not hold up another.
    async fn deliver(&self, row: &Row) -> Result<(), String> {
        let event = Event { topic: row.topic.clone(), key: row.key.clone(), payload: row.payload.clone() };
        let mut failure = Ok(());
        for receiver in self.registry.receivers(&row.topic) {
            if let Err(fault) = self.hand_over(row, &event, receiver).await {
                metrics::counter!("renshe_outbox_failures_total", "receiver" => receiver.name.clone())
                    .increment(1);
                if let Some(cause) = &fault.cause {
                    tracing::warn!(receiver = receiver.name, cause = ?cause, "receiver failed");
                }
                failure = Err(format!("{}: {fault}", receiver.name).chars().take(ERROR_CHARS).collect());
            }
        }
        failure
    }

    /// Receipt and work in one transaction. A second relay that holds the same event waits for the receipt row and
    /// then finds it there.
    async fn hand_over(&self, row: &Row, event: &Event, receiver: &Receiver) -> Result<(), Fault> {
        let mut tx = self.db.begin(context()).await?;
        let now = tx.now();
        if !store::add_receipt(tx.conn(), row, &receiver.name, now).await? {
            tx.rollback().await?;
            return Ok(());
        }
        (receiver.run)(&mut tx, event).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn context() -> Ctx {
    Ctx::system(RequestId(Uuid::new_v4()))
}

/// 1, 2, 4 … seconds, at most an hour.
fn pause_after(attempts: i32) -> TimeDelta {
    let doubled = 1_i64.checked_shl(u32::try_from(attempts).unwrap_or(0).min(30)).unwrap_or(LONGEST_PAUSE);
    TimeDelta::seconds(doubled.min(LONGEST_PAUSE))
}
