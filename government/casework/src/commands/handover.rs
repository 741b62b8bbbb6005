//! People leave: one action moves everything an officer holds, with a preview first.

use base_db::Tx;
use base_kernel::{ActionId, Fault, UserId};
use government_dispatch::Request;
use serde_json::json;

use super::recusal;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::{ActionKind, Task};
use crate::store::{self, Record};

/// Where each task of an officer goes.
#[derive(Debug, Clone)]
pub struct HandoverPlan {
    /// Task and new officer; none: the pool, with an alarm.
    pub moves: Vec<(Task, Option<UserId>)>,
}

impl HandoverPlan {
    /// Tasks nobody else may take.
    #[must_use]
    pub fn undispatchable(&self) -> usize {
        self.moves.iter().filter(|(_, to)| to.is_none()).count()
    }
}

impl Desk {
    /// What a handover would move. Changes nothing.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub async fn handover_preview(&self, tx: &mut Tx, from: UserId) -> Result<HandoverPlan, Error> {
        self.plan(tx, from, None).await
    }

    /// Moves everything `from` holds, to `to` where `to` is entitled, else to the least loaded of the entitled.
    ///
    /// # Errors
    /// [`Error`]; all tasks move or none.
    pub async fn handover(
        &self,
        tx: &mut Tx,
        from: UserId,
        to: Option<UserId>,
    ) -> Result<HandoverPlan, Error> {
        let plan = self.plan(tx, from, to).await?;
        for (task, target) in &plan.moves {
            government_dispatch::release(tx, from).await.map_err(Fault::from)?;
            let request = Request {
                task: task.id,
                case_no: task.case_no.clone(),
                candidates: Vec::new(),
                previous: None,
            };
            if let Some(target) = target {
                government_dispatch::transfer(tx, &request, None, *target).await.map_err(Fault::from)?;
            }
            store::task_reassign(tx, task.id, *target).await?;
            self.record_handover(tx, task, from, *target).await?;
        }
        Ok(plan)
    }

    async fn plan(&self, tx: &mut Tx, from: UserId, to: Option<UserId>) -> Result<HandoverPlan, Error> {
        let mut moves = Vec::new();
        for task in store::task_open_of_officer(tx, from).await? {
            if !tx.actor().covers(&task.org_path) {
                continue;
            }
            let case = store::case_get(tx, &task.case_no).await?.ok_or(Error::CaseNotFound)?;
            let free: Vec<UserId> = recusal::candidates(tx, &case, &task)
                .await?
                .into_iter()
                .filter(|candidate| candidate.recused.is_none() && candidate.user != from)
                .map(|candidate| candidate.user)
                .collect();
            let target = match to {
                Some(to) if free.contains(&to) => Some(to),
                // Spread evenly: a preview must say where each task goes, so it is decided here and not by load.
                _ => free.get(moves.len() % free.len().max(1)).copied(),
            };
            moves.push((task, target));
        }
        Ok(HandoverPlan { moves })
    }

    async fn record_handover(
        &self,
        tx: &mut Tx,
        task: &Task,
        from: UserId,
        to: Option<UserId>,
    ) -> Result<(), Error> {
        let case = store::case_get(tx, &task.case_no).await?.ok_or(Error::CaseNotFound)?;
        let record = Record {
            id: tx.new_id::<ActionId>(),
            case_no: &task.case_no,
            task: Some(task),
            node_name: None,
            action: ActionKind::Transfer,
            opinion: Some("工作交接"),
            detail: json!({ "from_user": from, "to_user": to }),
            state_after: case.state,
        };
        store::action_insert(tx, &record).await
    }
}
