//! Rows of `message.message`.

use base_db::{Db, DbError, Tx};
use base_kernel::CaseNo;
use base_web::PageQuery;
use sqlx::Row;
use uuid::Uuid;

use crate::model::{Message, Recipient, Send};
use crate::templates::Composed;

base_db::statements! {
    COUNT = "sql/count.sql";
    EXISTS = "sql/exists.sql";
    INSERT = "sql/insert.sql";
    LIST = "sql/list.sql";
    READ = "sql/read.sql";
}

pub(crate) async fn insert(
    tx: &mut Tx,
    to: &Recipient,
    send: &Send,
    composed: &Composed,
) -> Result<bool, DbError> {
    let (id, now): (Uuid, _) = (tx.new_id(), tx.now());
    let done = sqlx::query(INSERT)
        .bind(to.key())
        .bind(id)
        .bind(&send.event_key)
        .bind(&send.template)
        .bind(&composed.title)
        .bind(&composed.body)
        .bind(send.case_no.as_ref().map(CaseNo::as_str))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn list(
    db: &Db,
    readers: &[Recipient],
    unread: bool,
    page: PageQuery,
) -> Result<(Vec<Message>, i64), DbError> {
    let keys = keys(readers);
    let rows = sqlx::query(LIST)
        .bind(&keys)
        .bind(unread)
        .bind(page.limit())
        .bind(page.offset())
        .fetch_all(db.pool())
        .await?;
    let messages = rows
        .iter()
        .map(|row| {
            Ok(Message {
                id: row.try_get("id")?,
                title: row.try_get("title")?,
                body: row.try_get("body")?,
                case_no: row.try_get("case_no")?,
                created_at: row.try_get("created_at")?,
                read_at: row.try_get("read_at")?,
            })
        })
        .collect::<Result<_, sqlx::Error>>()?;
    Ok((messages, count(db, readers, unread).await?))
}

pub(crate) async fn count(db: &Db, readers: &[Recipient], unread: bool) -> Result<i64, DbError> {
    let query = sqlx::query_scalar(COUNT).bind(keys(readers)).bind(unread);
    Ok(query.fetch_one(db.pool()).await?)
}

pub(crate) async fn mark_read(tx: &mut Tx, readers: &[Recipient], id: Uuid) -> Result<(), DbError> {
    let (now, by) = (tx.now(), tx.actor().user.0);
    sqlx::query(READ).bind(keys(readers)).bind(id).bind(now).bind(by).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn exists(tx: &mut Tx, readers: &[Recipient], id: Uuid) -> Result<bool, DbError> {
    let query = sqlx::query_scalar(EXISTS).bind(keys(readers)).bind(id);
    Ok(query.fetch_one(tx.conn()).await?)
}

fn keys(readers: &[Recipient]) -> Vec<String> {
    readers.iter().map(Recipient::key).collect()
}
