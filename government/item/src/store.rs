//! The only file that runs SQL.

use std::collections::BTreeMap;
use std::sync::Arc;

use base_db::{DbError, Tx};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::catalogue::Entry;
use crate::status::{ItemStatus, StatusChange};

/// A stored version of an item.
pub(crate) struct StoredVersion {
    pub(crate) code: String,
    pub(crate) version: u32,
    pub(crate) file: String,
    pub(crate) source: String,
    pub(crate) digest: String,
}

pub(crate) async fn publish(tx: &mut Tx, entries: &[Arc<Entry>]) -> Result<(), DbError> {
    let column = |of: fn(&Entry) -> String| entries.iter().map(|entry| of(entry)).collect::<Vec<_>>();
    let versions: Vec<i32> = entries.iter().map(|entry| number(entry.item.version)).collect();
    let now = tx.now();
    sqlx::query(include_str!("sql/publish.sql"))
        .bind(column(|entry| entry.item.code.0.clone()))
        .bind(versions)
        .bind(column(|entry| entry.file.clone()))
        .bind(column(|entry| entry.source.clone()))
        .bind(column(|entry| entry.digest.clone()))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn versions(tx: &mut Tx) -> Result<Vec<StoredVersion>, DbError> {
    type Row = (String, i32, String, String, String);
    let rows: Vec<Row> = sqlx::query_as(include_str!("sql/versions.sql")).fetch_all(tx.conn()).await?;
    let stored = rows.into_iter().map(|(code, version, file, source, digest)| StoredVersion {
        code,
        version: version.unsigned_abs(),
        file,
        source,
        digest,
    });
    Ok(stored.collect())
}

/// The last change of each item, or of one.
pub(crate) async fn statuses(
    tx: &mut Tx,
    code: Option<&str>,
) -> Result<BTreeMap<String, StatusChange>, DbError> {
    type Row = (String, String, String, String, DateTime<Utc>);
    let rows: Vec<Row> =
        sqlx::query_as(include_str!("sql/statuses.sql")).bind(code).fetch_all(tx.conn()).await?;
    rows.into_iter()
        .map(|(code, status, reason, author_name, changed_at)| {
            let unknown = || DbError::Inconsistent { table: "item.status_change", detail: status.clone() };
            let status = ItemStatus::from_word(&status).ok_or_else(unknown)?;
            Ok((code, StatusChange { status, reason, author_name, changed_at }))
        })
        .collect()
}

pub(crate) async fn set_status(
    tx: &mut Tx,
    code: &str,
    status: ItemStatus,
    reason: &str,
) -> Result<(), DbError> {
    let (id, now) = (tx.new_id::<Uuid>(), tx.now());
    let (author, author_name) = (tx.actor().user.0, tx.actor().name.clone());
    sqlx::query(include_str!("sql/set_status.sql"))
        .bind(id)
        .bind(code)
        .bind(status.word())
        .bind(reason)
        .bind(author)
        .bind(author_name)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn number(version: u32) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}
