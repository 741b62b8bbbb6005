//! Carrying out what the process asks for, until it waits for people or has ended.

use std::collections::VecDeque;
use std::sync::Arc;

use base_db::Tx;
use base_kernel::{ActionId, Fault, UserId};
use engine_process::{CloseReason, Command, HoldReason, NewTask, OpenedBy, Running, ServiceCall};
use government_dispatch::Request;
use government_item::Entry;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::open::calendar_error;
use super::recusal;
use crate::clock;
use crate::desk::{Desk, input_of};
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, CaseState, Task, TaskState};
use crate::store::{self, Record};

/// One step of one case.
pub(crate) struct Step<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) entry: Arc<Entry>,
    pub(crate) case: CaseFile,
    pub(crate) running: Running,
    /// The action under way, which is recorded only once its outcome is known.
    pub(crate) acting: Option<Acting>,
}

/// The action under way.
pub(crate) struct Acting {
    pub(crate) node_name: String,
    pub(crate) action: ActionKind,
    pub(crate) opinion: Option<String>,
}

impl<'a> Step<'a> {
    pub(crate) fn new(desk: &'a Desk, entry: Arc<Entry>, case: CaseFile, running: Running) -> Self {
        Self { desk, entry, case, running, acting: None }
    }

    /// Takes a case in hand: one step a case at a time.
    pub(crate) async fn load(
        desk: &'a Desk,
        tx: &mut Tx,
        case_no: &base_kernel::CaseNo,
    ) -> Result<Self, Error> {
        let case = store::case_lock(tx, case_no).await?;
        tx.ctx_mut().case = Some(case_no.clone());
        let entry = desk.entry(&case.item, case.item_version)?;
        let running = desk.processes.open(tx, case.instance).await.map_err(Fault::from)?;
        Ok(Self { desk, entry, case, running, acting: None })
    }

    /// Applies an event and carries out what follows.
    pub(crate) async fn apply(&mut self, tx: &mut Tx, event: engine_process::Event) -> Result<(), Error> {
        let commands = self.running.apply(event, tx.now()).map_err(Fault::from)?;
        self.carry_out(tx, commands).await
    }

    /// Carries out commands in order, then services, until nothing is left to do now.
    pub(crate) async fn carry_out(&mut self, tx: &mut Tx, commands: Vec<Command>) -> Result<(), Error> {
        let mut queue = VecDeque::from(commands);
        loop {
            while let Some(command) = queue.pop_front() {
                self.command(tx, command).await?;
            }
            let Some(call) = self.running.next_service() else { return Ok(()) };
            let variables = self.service(tx, &call).await?;
            queue.extend(self.running.apply(call.done(variables), tx.now()).map_err(Fault::from)?);
        }
    }

    /// Saves process and case.
    pub(crate) async fn save(mut self, tx: &mut Tx) -> Result<CaseFile, Error> {
        self.running.save(tx).await.map_err(Fault::from)?;
        store::case_update(tx, &self.case).await?;
        Ok(self.case)
    }

    async fn command(&mut self, tx: &mut Tx, command: Command) -> Result<(), Error> {
        match command {
            Command::OpenTask(new) => self.open_task(tx, &new).await,
            Command::CloseTask { task, reason } => self.close_task(tx, task, reason).await,
            Command::HoldTask { task } => store::task_set_state(tx, task, TaskState::Waiting).await,
            Command::WakeTask { task } => store::task_set_state(tx, task, TaskState::Claimed).await,
            Command::ReassignTask { task, to } => self.reassign(tx, task, &to).await,
            // Services are taken from the instance one by one, after the commands before them.
            Command::RunService { .. } | Command::Decided => Ok(()),
            Command::StartTimer { node, .. } | Command::CancelTimer { node, .. } => {
                Err(Error::Catalogue(format!("timer node {node} has no clock behind it yet")))
            }
            Command::StopClock { reason } => self.stop_clock(tx, reason).await,
            Command::ResumeClock { .. } => self.resume_clock(tx).await,
            Command::Finished { outcome } => self.finish(tx, outcome).await,
        }
    }

    async fn service(&mut self, tx: &mut Tx, call: &ServiceCall) -> Result<Map<String, Value>, Error> {
        let Some(name) = self.entry.item.effects.get(&call.slot).cloned() else {
            if call.optional {
                return Ok(Map::new());
            }
            return Err(Error::Catalogue(format!(
                "item {} binds no effect to {}",
                self.case.item, call.slot
            )));
        };
        let effect = self
            .desk
            .registry()?
            .find_effect(&name, self.case.item.as_str())
            .map_err(|missing| Error::Catalogue(missing.to_string()))?;
        let input = input_of(&self.case, Map::new());
        let computed = effect(tx, &input).await?;
        if !computed.derivation.is_empty() {
            // Computed anew after a correction or a send-back: the newest derivation stands, history keeps the rest.
            self.case.derivation = computed.derivation;
        }
        let values = computed.values;
        self.case.computed.insert(name, Value::Object(values.clone()));
        Ok(values)
    }

    async fn open_task(&mut self, tx: &mut Tx, new: &NewTask) -> Result<(), Error> {
        let org_path = place(&self.case.org_path, &new.org_level);
        let limit = self.entry.item.limits.promised.as_ref().map(|limit| limit.days);
        let due = match limit {
            Some(days) => {
                clock::node_due(&self.desk.calendar, tx.now(), days, new.share).map_err(calendar_error)?
            }
            None => None,
        };
        let mut task = Task {
            id: new.id,
            case_no: self.case.case_no.clone(),
            node: new.node.clone(),
            node_name: new.name.clone(),
            role: new.role.clone(),
            org_path,
            actions: new.actions.iter().map(|action| action.as_str().to_owned()).collect(),
            four_eyes: new.four_eyes_with.clone(),
            state: TaskState::Open,
            offered_to: None,
            claimed_by: None,
            opened_at: tx.now(),
            due,
        };
        let candidates = recusal::candidates(tx, &self.case, &task).await?;
        let request = Request { task: task.id, case_no: task.case_no.clone(), candidates, previous: None };
        task.offered_to = match new.assignee.as_deref().map(parse_user).transpose()? {
            Some(user) => {
                government_dispatch::transfer(tx, &request, None, user).await.map_err(Fault::from)?;
                Some(user)
            }
            None => {
                let previous = match new.opened_by {
                    OpenedBy::SentBack => recusal::last_at_node(tx, &task).await?,
                    OpenedBy::Flow | OpenedBy::Sign => None,
                };
                let request = Request { previous, ..request };
                government_dispatch::allot(tx, &request).await.map_err(Fault::from)?.chosen
            }
        };
        if task.offered_to.is_none() {
            metrics::counter!("casework_undispatchable_total").increment(1);
            tracing::warn!(
                node = task.node,
                role = task.role,
                place = task.org_path,
                "nobody is entitled to a task"
            );
        }
        store::task_insert(tx, &task).await?;
        if self.case.state == CaseState::Accepted {
            self.case.state = CaseState::InReview;
        }
        Ok(())
    }

    async fn close_task(
        &mut self,
        tx: &mut Tx,
        id: base_kernel::TaskId,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let task = store::task_lock(tx, id).await?;
        if let Some(holder) = task.claimed_by.or(task.offered_to) {
            government_dispatch::release(tx, holder).await.map_err(Fault::from)?;
        }
        let (state, how) = match reason {
            CloseReason::Done => (TaskState::Done, "done"),
            CloseReason::SentBack => (TaskState::Done, "sent_back"),
            CloseReason::Cancelled => (TaskState::Cancelled, "cancelled"),
        };
        store::task_end(tx, id, state, how).await
    }

    async fn reassign(&mut self, tx: &mut Tx, id: base_kernel::TaskId, to: &str) -> Result<(), Error> {
        let user = parse_user(to)?;
        let task = store::task_lock(tx, id).await?;
        let candidates = recusal::candidates(tx, &self.case, &task).await?;
        let from = task.claimed_by.or(task.offered_to);
        let request = Request { task: id, case_no: task.case_no, candidates, previous: None };
        government_dispatch::transfer(tx, &request, from, user).await.map_err(Fault::from)?;
        store::task_reassign(tx, id, Some(user)).await
    }

    async fn stop_clock(&mut self, tx: &mut Tx, reason: HoldReason) -> Result<(), Error> {
        let (state, words) = match reason {
            HoldReason::Correction => (CaseState::Correction, "待申请人补正"),
            HoldReason::Suspension => (CaseState::Suspended, "特别程序"),
        };
        self.case.state = state;
        self.case.clock_stopped = Some((tx.now(), words.to_owned()));
        store::task_hold_of_case(tx, &self.case.case_no).await
    }

    async fn resume_clock(&mut self, tx: &mut Tx) -> Result<(), Error> {
        if let (Some((stopped_at, _)), Some(due)) = (self.case.clock_stopped.take(), self.case.promised_due) {
            self.case.promised_due = clock::due_after_stop(&self.desk.calendar, due, stopped_at, tx.now())
                .map_err(calendar_error)?;
        }
        self.case.clock_stopped = None;
        self.case.state =
            if self.case.accepted_at.is_some() { CaseState::InReview } else { CaseState::Submitted };
        store::task_wake_of_case(tx, &self.case.case_no).await
    }

    /// Records what the system itself did.
    pub(crate) async fn record_system(
        &self,
        tx: &mut Tx,
        node_name: &str,
        detail: Value,
    ) -> Result<(), Error> {
        let record = Record {
            id: tx.new_id::<ActionId>(),
            case_no: &self.case.case_no,
            task: None,
            node_name: Some(node_name),
            action: ActionKind::System,
            opinion: None,
            detail: json!({ "by": "system", "facts": detail }),
            state_after: self.case.state,
        };
        store::action_insert(tx, &record).await
    }
}

/// The part of a case's place that a level of the organisation tree handles.
fn place(org_path: &str, level: &str) -> String {
    let depth = match level {
        "city" => 1,
        "district" => 2,
        _ => return org_path.to_owned(),
    };
    org_path.split('/').take(depth).collect::<Vec<_>>().join("/")
}

fn parse_user(text: &str) -> Result<UserId, Error> {
    let refuse = || Error::Catalogue(format!("{text} is not a user id"));
    Uuid::parse_str(text).map(UserId).map_err(|_| refuse())
}
