//! The history of a case: append-only.

use base_db::Tx;
use base_kernel::{ActionId, CaseNo, OrgCode, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::Row;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{ActionKind, CaseState, Task};

/// One action to record.
#[derive(Debug, Clone)]
pub(crate) struct Record<'a> {
    pub(crate) id: ActionId,
    pub(crate) case_no: &'a CaseNo,
    pub(crate) task: Option<&'a Task>,
    pub(crate) node_name: Option<&'a str>,
    pub(crate) action: ActionKind,
    pub(crate) opinion: Option<&'a str>,
    pub(crate) detail: Value,
    pub(crate) state_after: CaseState,
}

/// Records an action by the acting person.
pub(crate) async fn action_insert(tx: &mut Tx, record: &Record<'_>) -> Result<(), Error> {
    let (actor, now) = (tx.actor().clone(), tx.now());
    let node_name = record.task.map(|task| task.node_name.as_str()).or(record.node_name);
    sqlx::query(include_str!("../sql/action_insert.sql"))
        .bind(record.id.0)
        .bind(record.case_no.as_str())
        .bind(record.task.map(|task| task.id.0))
        .bind(record.task.map(|task| task.node.as_str()))
        .bind(node_name)
        .bind(record.action.word())
        .bind(actor.user.0)
        .bind(&actor.name)
        .bind(actor.organisation.as_ref().map(OrgCode::as_str))
        .bind(record.opinion)
        .bind(&record.detail)
        .bind(record.state_after.word())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What was done under an action id before.
#[derive(Debug, Clone)]
pub(crate) struct Earlier {
    pub(crate) case_no: String,
    pub(crate) task: Option<TaskId>,
    pub(crate) action: String,
    pub(crate) actor: UserId,
    pub(crate) state_after: String,
}

/// Looks an action id up, to recognise a repeated request.
pub(crate) async fn action_get(tx: &mut Tx, id: ActionId) -> Result<Option<Earlier>, Error> {
    let row = sqlx::query(include_str!("../sql/action_get.sql")).bind(id.0).fetch_optional(tx.conn()).await?;
    row.map(|row| {
        Ok(Earlier {
            case_no: row.try_get("case_no")?,
            task: row.try_get::<Option<Uuid>, _>("task_id")?.map(TaskId),
            action: row.try_get("action")?,
            actor: UserId(row.try_get("actor")?),
            state_after: row.try_get("state_after")?,
        })
    })
    .transpose()
}

/// One line of the timeline.
#[derive(Debug, Clone)]
pub(crate) struct ActionLine {
    pub(crate) node: Option<String>,
    pub(crate) node_name: Option<String>,
    pub(crate) action: String,
    pub(crate) actor_name: String,
    pub(crate) organisation: Option<String>,
    pub(crate) opinion: Option<String>,
    pub(crate) at: DateTime<Utc>,
}

/// The history of a case in order.
pub(crate) async fn action_list(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<ActionLine>, Error> {
    let rows = sqlx::query(include_str!("../sql/action_list.sql"))
        .bind(case_no.as_str())
        .fetch_all(tx.conn())
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ActionLine {
                node: row.try_get("node")?,
                node_name: row.try_get("node_name")?,
                action: row.try_get("action")?,
                actor_name: row.try_get("actor_name")?,
                organisation: row.try_get("organisation")?,
                opinion: row.try_get("opinion")?,
                at: row.try_get("at")?,
            })
        })
        .collect()
}

/// Who acted at which node of the case, for four eyes.
pub(crate) async fn actors_at_nodes(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<(UserId, String)>, Error> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(include_str!("../sql/actors_at_nodes.sql"))
        .bind(case_no.as_str())
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(user, node)| (UserId(user), node)).collect())
}
