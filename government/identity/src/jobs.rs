//! Background work.

use std::sync::Arc;

use base_db::Db;
use base_kernel::{Ctx, Fault, RequestId};
use base_slice::{JobFn, Named, Timer};
use chrono::Duration;
use serde_json::Value;

use crate::{Error, store};

/// Sessions stay a month after their end for questions; then nothing but the events is kept.
const KEEP_SESSIONS: Duration = Duration::days(30);
const KEEP_FAILURES: Duration = Duration::days(1);

pub(crate) fn jobs() -> Vec<Named<JobFn>> {
    vec![Named { name: "identity.purge", run: Arc::new(|db, _: Value| Box::pin(run(db))) }]
}

pub(crate) fn timers() -> Vec<Timer> {
    vec![Timer { job: "identity.purge", crontab: "17 3 * * *" }]
}

async fn run(db: Db) -> Result<(), Fault> {
    Ok(purge(&db).await?)
}

pub(crate) async fn purge(db: &Db) -> Result<(), Error> {
    let mut tx = db.begin(Ctx::system(RequestId(uuid::Uuid::new_v4()))).await?;
    let now = tx.now();
    let sessions = store::session::purge(&mut tx, now - KEEP_SESSIONS).await?;
    let failures = store::throttle::purge(&mut tx, now - KEEP_FAILURES).await?;
    tx.commit().await?;
    tracing::info!(sessions, failures, "purged");
    Ok(())
}
