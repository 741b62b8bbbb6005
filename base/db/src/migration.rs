//! One linear history of schema changes over all slices.
//!
//! Files stay in the slice (`migrations/NNNN_name.sql`), numbers come from one global sequence, and one ledger table
//! records what ran with its checksum. There are no down files; a mistake is mended by a later migration.

use std::borrow::Cow;

use sqlx::migrate::{Migration as Step, MigrationType, Migrator};

use crate::Db;

/// One migration file of a slice.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Number from the global sequence.
    pub number: i64,
    /// What it does, from the file name.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// Two files carry the same number.
    #[error("migration number {0} is used twice: {1} and {2}")]
    Duplicate(i64, &'static str, &'static str),
    /// A file failed, or a file that already ran was changed.
    #[error("migration failed")]
    Failed(#[from] sqlx::migrate::MigrateError),
}

/// Brings the schema up to date; safe to run from several processes at once (advisory lock) and to run again.
///
/// # Errors
/// [`MigrationError`] names the file; nothing of a failed file remains.
pub async fn migrate(db: &Db, migrations: &[Migration]) -> Result<(), MigrationError> {
    let mut ordered = migrations.to_vec();
    ordered.sort_by_key(|migration| migration.number);
    if let Some(pair) = ordered.windows(2).find(|pair| pair[0].number == pair[1].number) {
        return Err(MigrationError::Duplicate(pair[0].number, pair[0].name, pair[1].name));
    }
    let steps = ordered
        .into_iter()
        .map(|m| {
            let sql = sqlx::SqlStr::from_static(m.sql);
            Step::new(m.number, Cow::Borrowed(m.name), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(steps).run(db.pool()).await?;
    Ok(())
}
