//! Rows of schema `document`.

use base_db::{Db, DbError, Tx};
use base_kernel::{CaseNo, DocumentId, FileId};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;
use sqlx::types::Json;

use crate::{Document, Fact, Status};

base_db::statements! {
    DATA = "sql/data.sql";
    FIND = "sql/find.sql";
    FIND_BY_CODE = "sql/find_by_code.sql";
    FIND_BY_KEY = "sql/find_by_key.sql";
    INSERT = "sql/insert.sql";
    LOCK_RENDERED = "sql/lock_rendered.sql";
    NUMBER_OPEN = "sql/number_open.sql";
    NUMBER_TAKE = "sql/number_take.sql";
    NUMBER_WAIT = "sql/number_wait.sql";
    OF_CASE = "sql/of_case.sql";
    RENDERED = "sql/rendered.sql";
    VOID = "sql/void.sql";
}

/// A row to insert.
pub(crate) struct NewDocument<'a> {
    pub(crate) document: &'a Document,
    pub(crate) data: &'a Value,
    pub(crate) key: Option<&'a str>,
}

/// The next number of a prefix and year. Steps at the same time take different lanes and do not wait for each other.
pub(crate) async fn next_number(tx: &mut Tx, prefix: &str, year: i32) -> Result<i64, DbError> {
    for first in [true, false] {
        let query = sqlx::query_scalar(NUMBER_TAKE).bind(prefix).bind(year);
        if let Some(number) = query.fetch_optional(tx.conn()).await? {
            return Ok(number);
        }
        if first {
            sqlx::query(NUMBER_OPEN).bind(prefix).bind(year).execute(tx.conn()).await?;
        }
    }
    Ok(sqlx::query_scalar(NUMBER_WAIT).bind(prefix).bind(year).fetch_one(tx.conn()).await?)
}

pub(crate) async fn insert(tx: &mut Tx, row: &NewDocument<'_>) -> Result<(), DbError> {
    let document = row.document;
    let by = tx.actor().user.0;
    sqlx::query(INSERT)
        .bind(document.id.0)
        .bind(&document.template)
        .bind(&document.template_digest)
        .bind(&document.title)
        .bind(&document.number)
        .bind(&document.verify_code)
        .bind(&document.holder_key)
        .bind(&document.holder_shown)
        .bind(&document.issuer)
        .bind(row.data)
        .bind(Json(&document.facts))
        .bind(row.key)
        .bind(document.case_no.as_ref().map(CaseNo::as_str))
        .bind(document.issued_at)
        .bind(by)
        .bind(document.valid_until)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: DocumentId) -> Result<Option<Document>, DbError> {
    let row = sqlx::query(FIND).bind(id.0).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<Document>, DbError> {
    let row = sqlx::query(FIND_BY_KEY).bind(key).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn find_by_code(db: &Db, code: &str) -> Result<Option<Document>, DbError> {
    let row = sqlx::query(FIND_BY_CODE).bind(code).fetch_optional(db.pool()).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn of_case(tx: &mut Tx, case: &CaseNo) -> Result<Vec<Document>, DbError> {
    let rows = sqlx::query(OF_CASE).bind(case.as_str()).fetch_all(tx.conn()).await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn with_data(db: &Db, id: DocumentId) -> Result<Option<(Document, Value)>, DbError> {
    let row = sqlx::query(FIND).bind(id.0).fetch_optional(db.pool()).await?;
    let Some(row) = row else { return Ok(None) };
    let data = sqlx::query_scalar(DATA).bind(id.0).fetch_one(db.pool()).await?;
    Ok(Some((read(&row)?, data)))
}

/// Locks the row; the stored PDF if another worker was faster.
pub(crate) async fn lock_rendered(tx: &mut Tx, id: DocumentId) -> Result<Option<FileId>, DbError> {
    let query = sqlx::query_scalar(LOCK_RENDERED).bind(id.0);
    let file: Option<uuid::Uuid> = query.fetch_one(tx.conn()).await?;
    Ok(file.map(FileId))
}

pub(crate) async fn rendered(
    tx: &mut Tx,
    id: DocumentId,
    file: FileId,
    sm3: &str,
    template_digest: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    sqlx::query(RENDERED)
        .bind(id.0)
        .bind(sm3)
        .bind(file.0)
        .bind(now)
        .bind(template_digest)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn void(
    tx: &mut Tx,
    id: DocumentId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, DbError> {
    let query = sqlx::query(VOID).bind(id.0).bind(at).bind(reason);
    Ok(query.execute(tx.conn()).await?.rows_affected() == 1)
}

fn read(row: &PgRow) -> Result<Document, DbError> {
    let Json(facts): Json<Vec<Fact>> = row.try_get("facts")?;
    let status = match row.try_get::<String, _>("status")?.as_str() {
        "issued" => Status::Issued,
        "void" => Status::Void,
        other => {
            let detail = format!("unknown status {other}");
            return Err(DbError::Inconsistent { table: "document.document", detail });
        }
    };
    Ok(Document {
        id: DocumentId(row.try_get("id")?),
        template: row.try_get("template")?,
        template_digest: row.try_get("template_digest")?,
        title: row.try_get("title")?,
        number: row.try_get("number")?,
        verify_code: row.try_get("verify_code")?,
        holder_key: row.try_get("holder_key")?,
        holder_shown: row.try_get("holder_shown")?,
        issuer: row.try_get("issuer")?,
        facts,
        case_no: row.try_get::<Option<String>, _>("case_no")?.map(CaseNo),
        issued_at: row.try_get("issued_at")?,
        valid_until: row.try_get("valid_until")?,
        status,
        void_reason: row.try_get("void_reason")?,
        sm3: row.try_get("sm3")?,
        file_id: row.try_get::<Option<uuid::Uuid>, _>("file_id")?.map(FileId),
    })
}
