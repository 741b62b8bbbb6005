//! Rows of `files.file`.

use base_db::{Db, DbError, Tx};
use base_kernel::{FileId, UserId};
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::StoredFile;

base_db::statements! {
    DELETE = "sql/delete.sql";
    FIND = "sql/find.sql";
    INSERT = "sql/insert.sql";
    LOCK = "sql/lock.sql";
    USED = "sql/used.sql";
}

pub(crate) async fn insert(tx: &mut Tx, file: &StoredFile) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(file.id.0)
        .bind(&file.name)
        .bind(&file.media_type)
        .bind(file.size)
        .bind(&file.sm3)
        .bind(&file.stored_path)
        .bind(file.uploaded_by.0)
        .bind(file.uploaded_at)
        .bind(&file.purpose)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn find(db: &Db, id: FileId) -> Result<Option<StoredFile>, DbError> {
    let row = sqlx::query(FIND).bind(id.0).fetch_optional(db.pool()).await?;
    row.as_ref().map(read).transpose().map_err(DbError::from)
}

pub(crate) async fn find_in(tx: &mut Tx, id: FileId) -> Result<Option<StoredFile>, DbError> {
    let row = sqlx::query(FIND).bind(id.0).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read).transpose().map_err(DbError::from)
}

pub(crate) async fn delete(tx: &mut Tx, id: FileId) -> Result<bool, DbError> {
    let done = sqlx::query(DELETE).bind(id.0).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn used(tx: &mut Tx, sm3: &str) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar(USED).bind(sm3).fetch_one(tx.conn()).await?)
}

/// Holds the content with this digest until the transaction ends: a put and the sweeper never touch it together.
pub(crate) async fn lock(tx: &mut Tx, digest: &[u8]) -> Result<(), DbError> {
    let mut first = [0_u8; 8];
    for (into, from) in first.iter_mut().zip(digest) {
        *into = *from;
    }
    sqlx::query(LOCK).bind(i64::from_be_bytes(first)).execute(tx.conn()).await?;
    Ok(())
}

fn read(row: &PgRow) -> Result<StoredFile, sqlx::Error> {
    Ok(StoredFile {
        id: FileId(row.try_get("id")?),
        name: row.try_get("name")?,
        media_type: row.try_get("media_type")?,
        size: row.try_get("size")?,
        sm3: row.try_get("sm3")?,
        stored_path: row.try_get("stored_path")?,
        uploaded_by: UserId(row.try_get("uploaded_by")?),
        uploaded_at: row.try_get("uploaded_at")?,
        purpose: row.try_get("purpose")?,
    })
}
