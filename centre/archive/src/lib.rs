#![doc = include_str!("../README.md")]

mod canonical;
mod checks;
mod commands;
mod components;
mod error;
mod model;
mod numbering;
mod retention;
mod routes;
mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use base_db::{Db, Migration};
use base_kernel::Fault;
use base_slice::{JobFn, Named, Permission, Slice, SubscriberFn, subscriber};
use engine_document::Documents;
use serde::Deserialize;
use uuid::Uuid;

pub use error::Error;
pub use model::{Check, Component, ComponentKind, Record, SubjectKind};
pub use retention::{Retention, Rule, Term};

/// Schema `archive`.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 110, name: "archive", sql: include_str!("../migrations/0110_archive.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// Permission to look at records.
pub const READ: &str = "archive.read";

/// Permissions of the slice.
pub const PERMISSIONS: &[Permission] = &[Permission { code: READ, name: "查阅档案" }];

/// Events that file a case. A withdrawn case has no decision and is not filed.
pub const TOPICS: [&str; 2] = ["casework.case_closed", "casework.case_rejected"];

/// Everything this crate brings.
#[must_use]
pub fn slice(db: &Db, retention: &Retention, documents: &Documents) -> Slice {
    let receiver = |topic| receiver(topic, retention.clone(), documents.clone());
    Slice {
        name: "centre-archive",
        routes: routes::router(db.clone()),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        subscribers: TOPICS.into_iter().map(receiver).collect(),
        jobs: vec![Named { name: commands::COMPLETE_JOB, run: complete_job(documents.clone()) }],
        ..Slice::default()
    }
}

fn receiver(topic: &'static str, retention: Retention, documents: Documents) -> Named<SubscriberFn> {
    subscriber(topic, move |tx, event| {
        let (retention, documents) = (retention.clone(), documents.clone());
        Box::pin(async move {
            commands::receive(tx, &retention, &documents, event).await?;
            Ok(())
        })
    })
}

#[derive(Deserialize)]
struct CompleteArgs {
    record_id: Uuid,
}

fn complete_job(documents: Documents) -> JobFn {
    Arc::new(move |db, args| {
        let documents = documents.clone();
        Box::pin(async move {
            let args: CompleteArgs = serde_json::from_value(args).map_err(Fault::internal)?;
            commands::complete(&db, &documents, args.record_id).await?;
            Ok(())
        })
    })
}
