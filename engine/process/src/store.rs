//! The only file that runs SQL.

use base_db::{DbError, Tx};
use base_kernel::InstanceId;
use serde_json::Value;

use crate::{Definition, Event, Instance, ProcessError};

pub(crate) async fn publish(tx: &mut Tx, definition: &Definition) -> Result<(), ProcessError> {
    let now = tx.now();
    let stored: String = sqlx::query_scalar(include_str!("sql/publish.sql"))
        .bind(definition.id())
        .bind(version(definition.version()))
        .bind(definition.content())
        .bind(definition.digest())
        .bind(now)
        .fetch_one(tx.conn())
        .await
        .map_err(DbError::from)?;
    if stored == definition.digest() { Ok(()) } else { Err(changed(definition)) }
}

pub(crate) async fn definition(tx: &mut Tx, id: &str, number: u32) -> Result<Value, ProcessError> {
    let content: Option<Value> = sqlx::query_scalar(include_str!("sql/definition.sql"))
        .bind(id)
        .bind(version(number))
        .fetch_optional(tx.conn())
        .await
        .map_err(DbError::from)?;
    content.ok_or_else(|| ProcessError::NoDefinition { id: id.to_owned(), version: number })
}

pub(crate) async fn lock(tx: &mut Tx, id: InstanceId) -> Result<(Instance, i32), ProcessError> {
    let row: Option<(Value, i32)> = sqlx::query_as(include_str!("sql/lock.sql"))
        .bind(id.0)
        .fetch_optional(tx.conn())
        .await
        .map_err(DbError::from)?;
    let (tokens, row_version) = row.ok_or(ProcessError::NoInstance(id))?;
    Ok((decode(tokens)?, row_version))
}

pub(crate) async fn read(tx: &mut Tx, id: InstanceId) -> Result<Instance, ProcessError> {
    let tokens: Option<Value> = sqlx::query_scalar(include_str!("sql/read.sql"))
        .bind(id.0)
        .fetch_optional(tx.conn())
        .await
        .map_err(DbError::from)?;
    decode(tokens.ok_or(ProcessError::NoInstance(id))?)
}

pub(crate) async fn create(
    tx: &mut Tx,
    definition: &Definition,
    instance: &Instance,
    business_key: &str,
    events: &[Event],
) -> Result<(), ProcessError> {
    let (now, actor) = (tx.now(), tx.actor().user);
    let done = sqlx::query(include_str!("sql/create.sql"))
        .bind(instance.id.0)
        .bind(definition.id())
        .bind(version(definition.version()))
        .bind(definition.digest())
        .bind(business_key)
        .bind(instance.state.as_str())
        .bind(encode(instance)?)
        .bind(encode(&events)?)
        .bind(actor.0)
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(|error| match DbError::from(error) {
            error if error.constraint() == Some("instance_pk") => ProcessError::Duplicate,
            error => error.into(),
        })?;
    if done.rows_affected() > 0 { Ok(()) } else { Err(not_published(tx, definition).await?) }
}

/// Tells a definition that was never published from one that was published with other content.
async fn not_published(tx: &mut Tx, definition: &Definition) -> Result<ProcessError, ProcessError> {
    let digest: Option<String> = sqlx::query_scalar(include_str!("sql/digest.sql"))
        .bind(definition.id())
        .bind(version(definition.version()))
        .fetch_optional(tx.conn())
        .await
        .map_err(DbError::from)?;
    Ok(match digest {
        Some(_) => changed(definition),
        None => ProcessError::NoDefinition { id: definition.id().to_owned(), version: definition.version() },
    })
}

pub(crate) async fn save(
    tx: &mut Tx,
    instance: &Instance,
    row_version: i32,
    events: &[Event],
) -> Result<(), ProcessError> {
    let (now, actor) = (tx.now(), tx.actor().user);
    let done = sqlx::query(include_str!("sql/save.sql"))
        .bind(instance.id.0)
        .bind(row_version)
        .bind(instance.state.as_str())
        .bind(encode(instance)?)
        .bind(encode(&events)?)
        .bind(actor.0)
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(DbError::from)?;
    if done.rows_affected() > 0 { Ok(()) } else { Err(ProcessError::Stale(instance.id)) }
}

fn changed(definition: &Definition) -> ProcessError {
    ProcessError::Changed { id: definition.id().to_owned(), version: definition.version() }
}

fn version(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn encode<T: serde::Serialize>(value: &T) -> Result<Value, DbError> {
    serde_json::to_value(value)
        .map_err(|error| DbError::Inconsistent { table: "process.instance", detail: error.to_string() })
}

fn decode(tokens: Value) -> Result<Instance, ProcessError> {
    serde_json::from_value(tokens).map_err(|error| {
        DbError::Inconsistent { table: "process.instance", detail: error.to_string() }.into()
    })
}
