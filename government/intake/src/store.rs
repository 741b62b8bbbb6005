//! SQL of intake. A draft is only ever read together with its owner.

use base_db::{DbError, Tx};
use base_kernel::{DraftId, EmployerNo, FileId, ItemCode, PersonNo, UserId};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{Draft, MaterialFile};

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    macro_rules! files {
        ($($name:literal),* $(,)?) => { vec![$(($name, include_str!(concat!("sql/", $name)))),*] };
    }
    files![
        "draft_count.sql",
        "draft_delete.sql",
        "draft_get.sql",
        "draft_insert.sql",
        "draft_list.sql",
        "draft_lock.sql",
        "draft_save.sql",
        "draft_submitted.sql",
        "material_delete.sql",
        "material_insert.sql",
        "material_list.sql",
        "submission_lock.sql",
    ]
}

/// Writes a new draft.
pub(crate) async fn draft_insert(tx: &mut Tx, draft: &Draft) -> Result<(), Error> {
    sqlx::query(include_str!("sql/draft_insert.sql"))
        .bind(draft.id.0)
        .bind(draft.user.0)
        .bind(draft.item.as_str())
        .bind(draft.item_version)
        .bind(draft.person.as_ref().map(PersonNo::as_str))
        .bind(draft.employer.as_ref().map(EmployerNo::as_str))
        .bind(fields_json(draft))
        .bind(draft.created_at)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Lets one submission under a key through at a time, to the end of the transaction.
pub(crate) async fn submission_lock(tx: &mut Tx, submission: Uuid) -> Result<(), Error> {
    sqlx::query(include_str!("sql/submission_lock.sql")).bind(submission).execute(tx.conn()).await?;
    Ok(())
}

/// A draft of the acting user.
pub(crate) async fn draft_get(tx: &mut Tx, id: DraftId) -> Result<Draft, Error> {
    let user = tx.actor().user;
    let row = sqlx::query(include_str!("sql/draft_get.sql"))
        .bind(id.0)
        .bind(user.0)
        .fetch_optional(tx.conn())
        .await?;
    draft_from(&row.ok_or(Error::DraftNotFound)?)
}

/// A draft of the acting user, held until the step ends.
pub(crate) async fn draft_lock(tx: &mut Tx, id: DraftId) -> Result<Draft, Error> {
    let user = tx.actor().user;
    let row = sqlx::query(include_str!("sql/draft_lock.sql"))
        .bind(id.0)
        .bind(user.0)
        .fetch_optional(tx.conn())
        .await?;
    draft_from(&row.ok_or(Error::DraftNotFound)?)
}

/// Open drafts of the acting user, last saved first.
pub(crate) async fn draft_list(tx: &mut Tx) -> Result<Vec<Draft>, Error> {
    let user = tx.actor().user;
    let rows = sqlx::query(include_str!("sql/draft_list.sql")).bind(user.0).fetch_all(tx.conn()).await?;
    rows.iter().map(draft_from).collect()
}

/// How many open drafts the acting user has.
pub(crate) async fn draft_count(tx: &mut Tx) -> Result<i64, Error> {
    let user = tx.actor().user;
    Ok(sqlx::query_scalar(include_str!("sql/draft_count.sql")).bind(user.0).fetch_one(tx.conn()).await?)
}

/// Saves the fields; the new revision.
pub(crate) async fn draft_save(tx: &mut Tx, draft: &Draft) -> Result<i32, Error> {
    let now = tx.now();
    let revision: Option<i32> = sqlx::query_scalar(include_str!("sql/draft_save.sql"))
        .bind(draft.id.0)
        .bind(draft.user.0)
        .bind(fields_json(draft))
        .bind(now)
        .fetch_optional(tx.conn())
        .await?;
    revision.ok_or(Error::AlreadySubmitted)
}

/// Marks a draft as become a case.
pub(crate) async fn draft_submitted(tx: &mut Tx, id: DraftId, case_no: &str) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("sql/draft_submitted.sql"))
        .bind(id.0)
        .bind(case_no)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Throws an open draft away; false when there is none.
pub(crate) async fn draft_delete(tx: &mut Tx, id: DraftId) -> Result<bool, Error> {
    let user = tx.actor().user;
    let done =
        sqlx::query(include_str!("sql/draft_delete.sql")).bind(id.0).bind(user.0).execute(tx.conn()).await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a file to a material.
pub(crate) async fn material_insert(
    tx: &mut Tx,
    id: DraftId,
    code: &str,
    file: &MaterialFile,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("sql/material_insert.sql"))
        .bind(id.0)
        .bind(code)
        .bind(file.id)
        .bind(&file.name)
        .bind(&file.media_type)
        .bind(file.size)
        .bind(&file.sm3)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Takes a file away; false when it was not there.
pub(crate) async fn material_delete(
    tx: &mut Tx,
    id: DraftId,
    code: &str,
    file: FileId,
) -> Result<bool, Error> {
    let done = sqlx::query(include_str!("sql/material_delete.sql"))
        .bind(id.0)
        .bind(code)
        .bind(file.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Files of a draft by material code.
pub(crate) async fn material_list(tx: &mut Tx, id: DraftId) -> Result<Vec<(String, MaterialFile)>, Error> {
    let rows = sqlx::query(include_str!("sql/material_list.sql")).bind(id.0).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            let file = MaterialFile {
                id: row.try_get::<Uuid, _>("file_id")?,
                name: row.try_get("name")?,
                media_type: row.try_get("media_type")?,
                size: row.try_get("size")?,
                sm3: row.try_get("sm3")?,
            };
            Ok((row.try_get("code")?, file))
        })
        .collect()
}

fn fields_json(draft: &Draft) -> Value {
    serde_json::to_value(&draft.fields).unwrap_or(Value::Null)
}

fn draft_from(row: &PgRow) -> Result<Draft, Error> {
    let fields: Value = row.try_get("fields")?;
    let broken = |detail: String| DbError::Inconsistent { table: "intake.draft", detail };
    Ok(Draft {
        id: DraftId(row.try_get("draft_id")?),
        user: UserId(row.try_get("user_id")?),
        item: ItemCode(row.try_get("item_code")?),
        item_version: row.try_get("item_version")?,
        person: row.try_get::<Option<String>, _>("person_no")?.map(PersonNo),
        employer: row.try_get::<Option<String>, _>("employer_no")?.map(EmployerNo),
        fields: serde_json::from_value(fields).map_err(|error| broken(error.to_string()))?,
        revision: row.try_get("revision")?,
        case_no: row.try_get("case_no")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
