#![doc = include_str!("../README.md")]

mod digest;
mod error;
mod files;
mod kind;
mod name;
mod store;
mod sweep;

use std::sync::Arc;

use base_db::Migration;
use base_slice::{JobFn, Named, Slice, Timer};

pub use digest::{hex, sm3};
pub use error::FileError;
pub use files::{DEFAULT_LIMIT, FileMeta, Files, StoredFile};
pub use kind::Kind;
pub use name::{disposition, safe_name};
pub use sweep::Swept;

/// Schema `files`.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 30, name: "files", sql: include_str!("../migrations/0030_files.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// What this crate brings: the schema and the nightly sweep.
#[must_use]
pub fn slice(files: &Files) -> Slice {
    let files = files.clone();
    let sweep: JobFn = Arc::new(move |db, _args| {
        let files = files.clone();
        Box::pin(async move {
            files.sweep(&db).await?;
            Ok(())
        })
    });
    Slice {
        name: "base-files",
        migrations: MIGRATIONS,
        jobs: vec![Named { name: "files.sweep", run: sweep }],
        timers: vec![Timer { job: "files.sweep", crontab: "10 3 * * *" }],
        ..Slice::default()
    }
}

#[cfg(test)]
mod tests;
