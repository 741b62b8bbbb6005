//! Counted failures.

use base_db::Tx;
use chrono::{DateTime, Utc};

use crate::Error;
use crate::throttle::{Count, Kind};

type Row = (i32, DateTime<Utc>, Option<DateTime<Utc>>);

fn count((failures, last_failed_at, blocked_until): Row) -> Count {
    Count { failures, last_failed_at, blocked_until }
}

pub(crate) async fn get(tx: &mut Tx, kind: Kind, key: &str) -> Result<Option<Count>, Error> {
    let row: Option<Row> = sqlx::query_as(include_str!("../sql/throttle_get.sql"))
        .bind(kind.as_str())
        .bind(key)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(count))
}

/// Reads and keeps the row for this step; made when there is none, so that parallel first failures queue up too. A row
/// just made holds no failure and reads as none.
pub(crate) async fn lock(tx: &mut Tx, kind: Kind, key: &str) -> Result<Option<Count>, Error> {
    let now = tx.now();
    sqlx::query(include_str!("../sql/throttle_open.sql"))
        .bind(kind.as_str())
        .bind(key)
        .bind(now)
        .execute(tx.conn())
        .await?;
    let row: Row = sqlx::query_as(include_str!("../sql/throttle_lock.sql"))
        .bind(kind.as_str())
        .bind(key)
        .fetch_one(tx.conn())
        .await?;
    Ok(Some(count(row)).filter(|count| count.failures > 0))
}

pub(crate) async fn put(tx: &mut Tx, kind: Kind, key: &str, count: &Count) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/throttle_put.sql"))
        .bind(kind.as_str())
        .bind(key)
        .bind(count.failures)
        .bind(count.last_failed_at)
        .bind(count.blocked_until)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn clear(tx: &mut Tx, kind: Kind, key: &str) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/throttle_clear.sql"))
        .bind(kind.as_str())
        .bind(key)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn purge(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = sqlx::query(include_str!("../sql/throttle_purge.sql")).bind(before).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}
