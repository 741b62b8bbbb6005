//! Taking a task and giving it back.

use base_db::Tx;
use base_kernel::{ActionId, CaseNo, TaskId};
use serde_json::json;

use super::recusal;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, Task, TaskState};
use crate::store::{self, Record};

impl Desk {
    /// The acting officer takes an open task. Taking it again when it is already theirs changes nothing.
    ///
    /// # Errors
    /// [`Error::TaskNotFound`] outside role or place, [`Error::Recused`], [`Error::NotNow`] when somebody was faster.
    pub async fn task_claim(&self, tx: &mut Tx, id: TaskId) -> Result<CaseNo, Error> {
        let task = store::task_lock(tx, id).await?;
        let case = store::case_get(tx, &task.case_no).await?.ok_or(Error::CaseNotFound)?;
        tx.ctx_mut().case = Some(task.case_no.clone());
        recusal::entitled(tx, &case, &task).await?;
        let user = tx.actor().user;
        if task.state == TaskState::Claimed && task.claimed_by == Some(user) {
            return Ok(task.case_no);
        }
        if !store::task_claim(tx, id, user).await? {
            return Err(Error::NotNow("该任务已由他人领办或已结束，请刷新待办列表".into()));
        }
        if task.offered_to.is_none() {
            // From the pool: nobody's workload counted it yet.
            government_dispatch::taken(tx, user).await.map_err(base_kernel::Fault::from)?;
        }
        record(tx, &case, &task, ActionKind::Claim).await?;
        Ok(task.case_no)
    }

    /// The acting officer gives a claimed task back; it stays on offer to them.
    ///
    /// # Errors
    /// [`Error::NotYours`] when it is not theirs.
    pub async fn task_release(&self, tx: &mut Tx, id: TaskId) -> Result<CaseNo, Error> {
        let task = store::task_lock(tx, id).await?;
        let case = store::case_get(tx, &task.case_no).await?.ok_or(Error::CaseNotFound)?;
        tx.ctx_mut().case = Some(task.case_no.clone());
        let user = tx.actor().user;
        if !store::task_release(tx, id, user).await? {
            return Err(Error::NotYours);
        }
        if task.offered_to.is_none() {
            government_dispatch::release(tx, user).await.map_err(base_kernel::Fault::from)?;
        }
        record(tx, &case, &task, ActionKind::Release).await?;
        Ok(task.case_no)
    }
}

async fn record(tx: &mut Tx, case: &CaseFile, task: &Task, action: ActionKind) -> Result<(), Error> {
    let record = Record {
        id: tx.new_id::<ActionId>(),
        case_no: &case.case_no,
        task: Some(task),
        node_name: None,
        action,
        opinion: None,
        detail: json!({}),
        state_after: case.state,
    };
    store::action_insert(tx, &record).await
}
