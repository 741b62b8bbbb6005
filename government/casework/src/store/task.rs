//! Tasks and work lists. A list is read from the records themselves, so it is never older than they are.

use base_db::{DbError, Tx};
use base_kernel::{CaseNo, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{CaseState, Task, TaskState};

/// Opens a task.
pub(crate) async fn task_insert(tx: &mut Tx, task: &Task) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/task_insert.sql"))
        .bind(task.id.0)
        .bind(task.case_no.as_str())
        .bind(&task.node)
        .bind(&task.node_name)
        .bind(&task.role)
        .bind(&task.org_path)
        .bind(&task.actions)
        .bind(&task.four_eyes)
        .bind(task.offered_to.map(|user| user.0))
        .bind(task.opened_at)
        .bind(task.due)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Reads a task.
pub(crate) async fn task_get(tx: &mut Tx, id: TaskId) -> Result<Option<Task>, Error> {
    let row = sqlx::query(include_str!("../sql/task_get.sql")).bind(id.0).fetch_optional(tx.conn()).await?;
    row.as_ref().map(task_from).transpose()
}

/// Reads a task and holds it until the step ends.
pub(crate) async fn task_lock(tx: &mut Tx, id: TaskId) -> Result<Task, Error> {
    let row = sqlx::query(include_str!("../sql/task_lock.sql")).bind(id.0).fetch_optional(tx.conn()).await?;
    task_from(&row.ok_or(Error::TaskNotFound)?)
}

/// Tasks of a case that are not ended, to look at: nobody waits for a reader.
pub(crate) async fn task_open_of_case(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<Task>, Error> {
    let rows = sqlx::query(include_str!("../sql/task_open_of_case.sql"))
        .bind(case_no.as_str())
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(task_from).collect()
}

/// Everything an officer has in hand or on offer.
pub(crate) async fn task_open_of_officer(tx: &mut Tx, user: UserId) -> Result<Vec<Task>, Error> {
    let rows = sqlx::query(include_str!("../sql/task_open_of_officer.sql"))
        .bind(user.0)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(task_from).collect()
}

/// How many open tasks each of `officers` holds or is offered; those with none are left out.
pub(crate) async fn task_count_of_officers(
    tx: &mut Tx,
    officers: &[UserId],
) -> Result<Vec<(UserId, i64)>, Error> {
    let ids: Vec<uuid::Uuid> = officers.iter().map(|user| user.0).collect();
    let rows: Vec<(uuid::Uuid, i64)> = sqlx::query_as(include_str!("../sql/task_count_of_officers.sql"))
        .bind(ids)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(user, held)| (UserId(user), held)).collect())
}

/// Takes an open task; false when somebody else was faster.
pub(crate) async fn task_claim(tx: &mut Tx, id: TaskId, user: UserId) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query(include_str!("../sql/task_claim.sql"))
        .bind(id.0)
        .bind(user.0)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a claimed task back; false when it is not this officer's.
pub(crate) async fn task_release(tx: &mut Tx, id: TaskId, user: UserId) -> Result<bool, Error> {
    let done = sqlx::query(include_str!("../sql/task_release.sql"))
        .bind(id.0)
        .bind(user.0)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves an unfinished task between CLAIMED and WAITING.
pub(crate) async fn task_set_state(tx: &mut Tx, id: TaskId, state: TaskState) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/task_set_state.sql"))
        .bind(id.0)
        .bind(state.word())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// All unfinished tasks of a case wait.
pub(crate) async fn task_hold_of_case(tx: &mut Tx, case_no: &CaseNo) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/task_hold_of_case.sql"))
        .bind(case_no.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// They can be worked on again.
pub(crate) async fn task_wake_of_case(tx: &mut Tx, case_no: &CaseNo) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/task_wake_of_case.sql"))
        .bind(case_no.as_str())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Offers an unfinished task to another officer, or to the pool.
pub(crate) async fn task_reassign(tx: &mut Tx, id: TaskId, to: Option<UserId>) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/task_reassign.sql"))
        .bind(id.0)
        .bind(to.map(|user| user.0))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Ends a task; `how` is the action or the reason.
pub(crate) async fn task_end(tx: &mut Tx, id: TaskId, state: TaskState, how: &str) -> Result<(), Error> {
    let (now, user) = (tx.now(), tx.actor().user);
    sqlx::query(include_str!("../sql/task_end.sql"))
        .bind(id.0)
        .bind(state.word())
        .bind(now)
        .bind(user.0)
        .bind(how)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// One line of a work list.
#[derive(Debug, Clone)]
pub(crate) struct TaskLine {
    pub(crate) id: Uuid,
    pub(crate) case_no: String,
    pub(crate) node_name: String,
    pub(crate) org_path: String,
    pub(crate) state: String,
    pub(crate) offered_to: Option<Uuid>,
    pub(crate) claimed_by: Option<Uuid>,
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) due: Option<NaiveDate>,
    pub(crate) item_code: String,
    pub(crate) item_name: String,
    pub(crate) applicant_name: String,
    pub(crate) submitted_at: DateTime<Utc>,
    pub(crate) accepted_at: Option<DateTime<Utc>>,
    pub(crate) promised_due: Option<NaiveDate>,
    pub(crate) clock_stopped_at: Option<DateTime<Utc>>,
    pub(crate) case_state: CaseState,
}

/// Which part of an officer's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// On offer or in the pool.
    Todo,
    /// In hand.
    Claimed,
    /// Finished.
    Done,
}

/// What narrows a work list.
#[derive(Debug, Clone, Default)]
pub(crate) struct TaskFilter {
    pub(crate) query: Option<String>,
    pub(crate) item: Option<String>,
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

/// A page of the acting officer's work list with the total.
pub(crate) async fn task_list(
    tx: &mut Tx,
    view: View,
    filter: &TaskFilter,
) -> Result<(Vec<TaskLine>, i64), Error> {
    let actor = tx.actor().clone();
    let query = match view {
        View::Todo => sqlx::query(include_str!("../sql/task_list_todo.sql"))
            .bind(actor.user.0)
            .bind(actor.roles)
            .bind(actor.scope),
        View::Claimed => sqlx::query(include_str!("../sql/task_list_claimed.sql")).bind(actor.user.0),
        View::Done => sqlx::query(include_str!("../sql/task_list_done.sql")).bind(actor.user.0),
    };
    let rows = query
        .bind(&filter.query)
        .bind(&filter.item)
        .bind(filter.limit)
        .bind(filter.offset)
        .fetch_all(tx.conn())
        .await?;
    let total = rows.first().map_or(Ok(0), |row| row.try_get("total"))?;
    Ok((rows.iter().map(line_from).collect::<Result<_, _>>()?, total))
}

/// Figures on top of the work list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) todo: i64,
    pub(crate) claimed: i64,
    pub(crate) done_today: i64,
    pub(crate) due_today: i64,
    pub(crate) overdue: i64,
}

/// Counts the acting officer's work; `midnight` is the start of today in Shanghai.
pub(crate) async fn task_summary(tx: &mut Tx, midnight: DateTime<Utc>) -> Result<Summary, Error> {
    let (actor, today) = (tx.actor().clone(), tx.today());
    let row = sqlx::query(include_str!("../sql/task_summary.sql"))
        .bind(actor.user.0)
        .bind(actor.roles)
        .bind(actor.scope)
        .bind(midnight)
        .bind(today)
        .fetch_one(tx.conn())
        .await?;
    Ok(Summary {
        todo: row.try_get("todo")?,
        claimed: row.try_get("claimed")?,
        done_today: row.try_get("done_today")?,
        due_today: row.try_get("due_today")?,
        overdue: row.try_get("overdue")?,
    })
}

/// Open tasks that nobody was found for; a gauge and an alarm.
pub(crate) async fn task_undispatchable(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/task_undispatchable.sql")).fetch_one(tx.conn()).await?)
}

fn line_from(row: &PgRow) -> Result<TaskLine, Error> {
    let state: String = row.try_get("case_state")?;
    Ok(TaskLine {
        id: row.try_get("task_id")?,
        case_no: row.try_get("case_no")?,
        node_name: row.try_get("node_name")?,
        org_path: row.try_get("org_path")?,
        state: row.try_get("state")?,
        offered_to: row.try_get("offered_to")?,
        claimed_by: row.try_get("claimed_by")?,
        opened_at: row.try_get("opened_at")?,
        due: row.try_get("due")?,
        item_code: row.try_get("item_code")?,
        item_name: row.try_get("item_name")?,
        applicant_name: row.try_get("applicant_name")?,
        submitted_at: row.try_get("submitted_at")?,
        accepted_at: row.try_get("accepted_at")?,
        promised_due: row.try_get("promised_due")?,
        clock_stopped_at: row.try_get("clock_stopped_at")?,
        case_state: CaseState::from_word(&state).ok_or_else(|| broken(format!("state {state}")))?,
    })
}

fn task_from(row: &PgRow) -> Result<Task, Error> {
    let state: String = row.try_get("state")?;
    let state = match state.as_str() {
        "OPEN" => TaskState::Open,
        "CLAIMED" => TaskState::Claimed,
        "WAITING" => TaskState::Waiting,
        "DONE" => TaskState::Done,
        "CANCELLED" => TaskState::Cancelled,
        other => return Err(broken(format!("state {other}")).into()),
    };
    Ok(Task {
        id: TaskId(row.try_get("task_id")?),
        case_no: CaseNo(row.try_get("case_no")?),
        node: row.try_get("node")?,
        node_name: row.try_get("node_name")?,
        role: row.try_get("role")?,
        org_path: row.try_get("org_path")?,
        actions: row.try_get("actions")?,
        four_eyes: row.try_get("four_eyes")?,
        state,
        offered_to: row.try_get::<Option<Uuid>, _>("offered_to")?.map(UserId),
        claimed_by: row.try_get::<Option<Uuid>, _>("claimed_by")?.map(UserId),
        opened_at: row.try_get("opened_at")?,
        due: row.try_get("due")?,
    })
}

fn broken(detail: String) -> DbError {
    DbError::Inconsistent { table: "casework.task", detail }
}
