//! Starts jobs by the clock, once over all nodes.

use std::time::Duration;

use base_db::{Db, DbError};
use base_kernel::{Ctx, RequestId};
use base_slice::Registry;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Crontab, CrontabError, Job, backlog, enqueue_job, store};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(10);

/// The timers of all slices.
#[derive(Clone)]
pub struct Timers {
    db: Db,
    timers: Vec<(&'static str, &'static str, Crontab)>,
}

impl Timers {
    /// Reads the crontab lines of all slices.
    ///
    /// # Errors
    /// [`CrontabError`] names the line.
    pub fn new(db: Db, registry: &Registry) -> Result<Self, CrontabError> {
        let timers = registry
            .timers()
            .iter()
            .map(|timer| Ok((timer.job, timer.crontab, timer.crontab.parse()?)))
            .collect::<Result<_, _>>()?;
        Ok(Self { db, timers })
    }

    /// Looks at the clock until `stop` is cancelled, and refreshes the backlog gauges on the way.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.tick().await {
                tracing::warn!(%error, "timers can't be looked at; trying again");
            }
            if let Err(error) = backlog(&self.db).await {
                tracing::debug!(%error, "backlog can't be counted");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Starts the jobs that are due now; the number started.
    ///
    /// # Errors
    /// [`DbError`]; then none of them is started, and the next tick tries again.
    pub async fn tick(&self) -> Result<usize, DbError> {
        let mut started = 0;
        for (job, line, crontab) in &self.timers {
            let mut tx = self.db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await?;
            let now = tx.now();
            let last = store::take_timer(tx.conn(), job, line, now).await?;
            if let Some(tick) = crontab.latest_due(last, now) {
                let args = json!({ "tick": tick });
                enqueue_job(&mut tx, &Job::new(*job, args).key(format!("timer {job} {}", tick.to_rfc3339())))
                    .await?;
                store::set_timer(tx.conn(), job, line, tick).await?;
                started += 1;
            }
            tx.commit().await?;
        }
        Ok(started)
    }
}
