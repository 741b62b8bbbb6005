//! The pool of connections with the clock.

use std::sync::Arc;
use std::time::Duration;

use base_kernel::{Clock, Ctx, RequestId};
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};

use uuid::Uuid;

use crate::embedded::restarted_within;
use crate::{DbError, Tx};

/// A connection unused for longer is asked whether it still lives.
const RESTED: Duration = Duration::from_millis(250);

/// Handle to the database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: PgPool,
    clock: Arc<dyn Clock>,
}

impl Db {
    /// Joins a pool and a clock.
    #[must_use]
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock }
    }

    /// Begins a business step.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when no connection comes free in time.
    pub async fn begin(&self, ctx: Ctx) -> Result<Tx, DbError> {
        let inner = self.pool.begin().await?;
        Ok(Tx::new(inner, ctx, self.clock.now()))
    }

    /// Begins a step of the system itself: jobs, start-up, imports.
    ///
    /// # Errors
    /// As [`Db::begin`].
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that makes up a request id where no request is"
    )]
    pub async fn begin_system(&self) -> Result<Tx, DbError> {
        self.begin(Ctx::system(RequestId(Uuid::now_v7()))).await
    }

    /// Whether the server answers.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        sqlx::query(include_str!("sql/ping.sql")).execute(&self.pool).await?;
        Ok(())
    }

    /// The pool, for reads outside a business step and for workers.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The present moment by the injected clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The injected clock.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }
}

/// Opens a pool on `url` with at most `connections` connections.
///
/// # Errors
/// [`DbError::Unavailable`] when the server can't be reached.
pub async fn connect(url: &str, connections: u32, clock: Arc<dyn Clock>) -> Result<Db, DbError> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.application_name("renshe").options([
        ("timezone", "Asia/Shanghai"),
        ("lock_timeout", "10s"),
        ("statement_timeout", "60s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        // Asking before each use whether the connection still lives would double the round trips of a plain read. Under
        // load connections hardly rest; after a restart of the server they did.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                // The embedded server was started again since: whatever stood before is cut off.
                if restarted_within(meta.age) {
                    return Ok(false);
                }
                if meta.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    Ok(Db::new(pool, clock))
}
