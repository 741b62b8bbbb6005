//! One business step.

use base_kernel::{Actor, Ctx, shanghai_today};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::DbError;

/// A transaction together with who acts, through which channel, and when it began.
///
/// Everything a step changes (record, token, ledger, outbox) goes through the same `Tx`, so that it commits together
/// or not at all. Dropping it without [`Tx::commit`] rolls back.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    ctx: Ctx,
    now: DateTime<Utc>,
}

impl Tx {
    pub(crate) fn new(inner: Transaction<'static, Postgres>, ctx: Ctx, now: DateTime<Utc>) -> Self {
        Self { inner, ctx, now }
    }

    /// The connection, for `store.rs` only.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// The context of the step.
    #[must_use]
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Changes the context, for example once the case is known.
    pub fn ctx_mut(&mut self) -> &mut Ctx {
        &mut self.ctx
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.ctx.actor
    }

    /// The moment the step began; the same for everything it records.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The civil date in Shanghai at that moment.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        shanghai_today(self.now)
    }

    /// A fresh row id, ordered by time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where ids are made")]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(Uuid::now_v7())
    }

    /// Makes the step permanent.
    ///
    /// # Errors
    /// [`DbError`] when the server refuses, for example a deferred constraint; then nothing of the step remains.
    pub async fn commit(self) -> Result<(), DbError> {
        self.inner.commit().await.map_err(DbError::from)
    }

    /// Undoes the step.
    ///
    /// # Errors
    /// [`DbError`] when the connection broke; the server undoes the step then.
    pub async fn rollback(self) -> Result<(), DbError> {
        self.inner.rollback().await.map_err(DbError::from)
    }
}
