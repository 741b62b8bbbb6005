//! Runs jobs, through the library `graphile_worker` (decision 0003).

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base_db::Db;
use base_slice::{JobFn, Registry};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerRecoveryConfig};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

/// Schema of the library's tables.
const SCHEMA: &str = "queue";

/// How the worker works.
#[derive(Debug, Clone)]
pub struct WorkerOptions {
    /// Jobs at the same time; each may hold connections of the pool.
    pub concurrency: usize,
    /// How often the queue is looked at when no notification comes. Each look takes one job per place of work, so
    /// this is also what bounds the rate at which a backlog shrinks: the library does not look again after a job, and
    /// once its listener has lost the database it never listens again.
    pub poll: Duration,
    /// How often the worker says that it lives.
    pub heartbeat: Duration,
    /// Silence after which its jobs are given to others; at least four heartbeats.
    pub silence: Duration,
    /// How long running jobs may go on after a stop is asked for.
    pub grace: Duration,
}

impl Default for WorkerOptions {
    fn default() -> Self {
        Self {
            concurrency: 4,
            poll: Duration::from_millis(200),
            heartbeat: Duration::from_secs(5),
            silence: Duration::from_secs(20),
            grace: Duration::from_secs(20),
        }
    }
}

/// Why the worker can't run.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// The queue's tables can't be used.
    #[error("job worker can't start")]
    Start(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It ended in the middle.
    #[error("job worker ended")]
    Ended(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Runs jobs of the queue. Any number may run, on any number of nodes.
pub struct Worker {
    inner: graphile_worker::Worker,
}

impl Worker {
    /// A worker for the jobs in `registry`; ends when `stop` is cancelled.
    ///
    /// # Errors
    /// [`JobsError::Start`] when the queue's tables can't be used.
    pub async fn new(
        db: &Db,
        registry: &Registry,
        options: &WorkerOptions,
        stop: CancellationToken,
    ) -> Result<Self, JobsError> {
        let bench = Bench { db: db.clone(), jobs: Arc::new(registry.jobs().collect()) };
        let recovery = WorkerRecoveryConfig::default()
            .enabled(true)
            .heartbeat_interval(options.heartbeat)
            .sweep_interval(options.heartbeat)
            .sweep_threshold(options.silence)
            .recovery_delay(Duration::ZERO);
        let inner = graphile_worker::WorkerOptions::default()
            .pg_pool(db.pool().clone())
            .schema(SCHEMA)
            .concurrency(options.concurrency)
            .poll_interval(options.poll)
            .worker_recovery(recovery)
            .listen_os_shutdown_signals(false)
            .shutdown_signal(async move { stop.cancelled().await })
            .shutdown_grace_period(options.grace)
            .shutdown_interrupted_job_retry_delay(Duration::from_secs(1))
            .add_extension(bench)
            .define_job::<Run>()
            .init()
            .await
            .map_err(|error| JobsError::Start(Box::new(error)))?;
        Ok(Self { inner })
    }

    /// Works until the stop.
    ///
    /// # Errors
    /// [`JobsError::Ended`] when it ends unasked.
    pub async fn run(&self) -> Result<(), JobsError> {
        self.inner.run().await.map_err(|error| JobsError::Ended(Box::new(error)))
    }

    /// Works through what is due and returns; for tests.
    ///
    /// # Errors
    /// [`JobsError::Ended`].
    pub async fn drain(&self) -> Result<(), JobsError> {
        self.inner.run_once().await.map_err(|error| JobsError::Ended(Box::new(error)))
    }
}

/// What a job needs, handed over by the library.
#[derive(Clone)]
struct Bench {
    db: Db,
    jobs: Arc<HashMap<&'static str, JobFn>>,
}

impl fmt::Debug for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bench").field("jobs", &self.jobs.len()).finish_non_exhaustive()
    }
}

/// The one task the library knows; the job proper is named inside, because the library binds names to types and ours
/// come from the slices.
#[derive(Serialize, Deserialize)]
struct Run {
    job: String,
    #[serde(default)]
    args: Value,
}

impl TaskHandler for Run {
    const IDENTIFIER: &'static str = "renshe";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let bench = context.get_ext::<Bench>().ok_or_else(|| Reason("worker without registry".into()))?;
        let Some(job) = bench.jobs.get(self.job.as_str()) else {
            // A newer node may have enqueued it; it stays in the queue until one that knows it comes by.
            return Err(Reason(format!("no slice brings the job {}", self.job)));
        };
        let outcome = job(bench.db.clone(), self.args).await;
        let label = if outcome.is_ok() { "ok" } else { "failed" };
        metrics::counter!("renshe_jobs_total", "job" => self.job.clone(), "outcome" => label).increment(1);
        outcome.map_err(|fault| {
            tracing::warn!(job = self.job, code = fault.code, cause = ?fault.cause, "job failed");
            Reason(fault.to_string())
        })
    }
}

/// The library stores the `Debug` form of an error; this one is its plain text.
struct Reason(String);

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
