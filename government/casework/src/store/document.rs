//! Documents of a case, and its rating.

use base_db::Tx;
use base_kernel::{CaseNo, DocumentId};
use chrono::{DateTime, Utc};
use sqlx::Row;

use crate::error::Error;

/// A document as listed with its case.
#[derive(Debug, Clone)]
pub(crate) struct DocumentLine {
    pub(crate) id: DocumentId,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) verify_code: String,
    pub(crate) issued_at: DateTime<Utc>,
}

/// Lists a document with its case.
pub(crate) async fn document_insert(
    tx: &mut Tx,
    case_no: &CaseNo,
    document: &DocumentLine,
) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/document_insert.sql"))
        .bind(case_no.as_str())
        .bind(document.id.0)
        .bind(&document.name)
        .bind(&document.number)
        .bind(&document.verify_code)
        .bind(document.issued_at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Documents of a case in order.
pub(crate) async fn document_list(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<DocumentLine>, Error> {
    let rows = sqlx::query(include_str!("../sql/document_list.sql"))
        .bind(case_no.as_str())
        .fetch_all(tx.conn())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(DocumentLine {
                id: DocumentId(row.try_get("document_id")?),
                name: row.try_get("name")?,
                number: row.try_get("number")?,
                verify_code: row.try_get("verify_code")?,
                issued_at: row.try_get("issued_at")?,
            })
        })
        .collect()
}

/// The case a document belongs to.
pub(crate) async fn document_case(tx: &mut Tx, document: DocumentId) -> Result<Option<CaseNo>, Error> {
    let case_no: Option<String> = sqlx::query_scalar(include_str!("../sql/document_case.sql"))
        .bind(document.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(case_no.map(CaseNo))
}

/// Keeps a rating; false when the case was rated before.
pub(crate) async fn rating_insert(
    tx: &mut Tx,
    case_no: &CaseNo,
    score: i16,
    comment: Option<&str>,
) -> Result<bool, Error> {
    let (user, now, channel) = (tx.actor().user, tx.now(), i16::from(tx.ctx().channel.code()));
    let done = sqlx::query(include_str!("../sql/rating_insert.sql"))
        .bind(case_no.as_str())
        .bind(score)
        .bind(comment)
        .bind(channel)
        .bind(user.0)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The rating of a case.
pub(crate) async fn rating_get(
    tx: &mut Tx,
    case_no: &CaseNo,
) -> Result<Option<(i16, Option<String>, DateTime<Utc>)>, Error> {
    Ok(sqlx::query_as(include_str!("../sql/rating_get.sql"))
        .bind(case_no.as_str())
        .fetch_optional(tx.conn())
        .await?)
}
