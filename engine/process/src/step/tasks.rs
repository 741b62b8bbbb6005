//! Tasks: opening, closing, what is allowed, 转办, 加签.

use base_kernel::TaskId;

use super::Game;
use crate::definition::NodeKind;
use crate::instance::OpenTask;
use crate::{Action, CloseReason, Command, NewTask, OpenedBy, StepError};

impl Game<'_> {
    pub(super) fn open_task(&self, task: TaskId) -> Result<OpenTask, StepError> {
        self.at.task(task).cloned().ok_or(StepError::TaskNotOpen { task })
    }

    /// Refuses unless the node lists the action.
    pub(super) fn allows(&self, node: &str, action: Action) -> Result<(), StepError> {
        match self.def.nodes.get(node).map(|found| &found.kind) {
            Some(NodeKind::Task(work)) if work.actions.contains(&action) => Ok(()),
            _ => Err(StepError::ActionNotAllowed { node: node.to_owned(), action }),
        }
    }

    /// For orders about the whole instance: at a task its node has to allow it; without one it comes from above.
    pub(super) fn may_order(&self, task: Option<TaskId>, action: Action) -> Result<(), StepError> {
        match task {
            None => Ok(()),
            Some(task) => self.allows(&self.open_task(task)?.node, action),
        }
    }

    pub(super) fn open(&mut self, task: NewTask, token: u32, signs_for: Option<TaskId>) -> TaskId {
        let id = task.id;
        self.at.tasks.push(OpenTask {
            id,
            key: task.key.clone(),
            token,
            node: task.node.clone(),
            signs_for,
            asked: Vec::new(),
            opened_at: self.now,
        });
        self.commands.push(Command::OpenTask(Box::new(task)));
        id
    }

    /// Closes a task and the signatures asked for it.
    pub(super) fn close(&mut self, task: TaskId, reason: CloseReason) {
        let signs: Vec<TaskId> =
            self.at.tasks.iter().filter(|open| open.signs_for == Some(task)).map(|open| open.id).collect();
        for sign in signs {
            self.commands.push(Command::CloseTask { task: sign, reason: CloseReason::Cancelled });
        }
        self.at.tasks.retain(|open| open.id != task && open.signs_for != Some(task));
        self.commands.push(Command::CloseTask { task, reason });
    }

    pub(super) fn transfer(&mut self, task: TaskId, to: String) -> Result<(), StepError> {
        self.must_live()?;
        let open = self.open_task(task)?;
        self.allows(&open.node, Action::Transfer)?;
        self.commands.push(Command::ReassignTask { task, to });
        Ok(())
    }

    pub(super) fn add_sign(&mut self, task: TaskId, to: String) -> Result<(), StepError> {
        self.must_run()?;
        let open = self.open_task(task)?;
        self.allows(&open.node, Action::AddSign)?;
        if open.signs_for.is_some() {
            return Err(StepError::ActionNotAllowed { node: open.node, action: Action::AddSign });
        }
        if open.asked.contains(&to) {
            return Err(StepError::AlreadyAsked);
        }
        let waits_already = self.at.awaits_signature(task);
        let number = open.asked.len() + 1;
        let key = format!("{}+{number}", open.key);
        let Some(NodeKind::Task(work)) = self.def.nodes.get(&open.node).map(|found| &found.kind) else {
            return Err(StepError::Mismatch(format!("no task node {}", open.node)));
        };
        let name = self.def.nodes.get(&open.node).map(|found| found.name.clone()).unwrap_or_default();
        let visit = self.at.visits.get(&open.node).copied().unwrap_or(1);
        let new = NewTask {
            id: crate::digest::task_id(self.at.id, &key, self.now),
            key,
            node: open.node.clone(),
            name: format!("{name}（加签）"),
            role: work.role.clone(),
            org_level: work.org_level.clone(),
            share: work.share(&self.at.variables),
            actions: vec![Action::Pass],
            four_eyes_with: Vec::new(),
            visit,
            opened_by: OpenedBy::Sign,
            assignee: Some(to.clone()),
        };
        if let Some(base) = self.at.tasks.iter_mut().find(|open| open.id == task) {
            base.asked.push(to);
        }
        if !waits_already {
            self.commands.push(Command::HoldTask { task });
        }
        self.open(new, open.token, Some(task));
        Ok(())
    }

    /// A signature was given.
    pub(super) fn sign(&mut self, sign: &OpenTask) -> Result<(), StepError> {
        self.end_sign(sign, CloseReason::Done)
    }

    pub(super) fn cancel_sign(&mut self, task: TaskId) -> Result<(), StepError> {
        self.must_live()?;
        let open = self.open_task(task)?;
        if open.signs_for.is_none() {
            return Err(StepError::ActionNotAllowed { node: open.node, action: Action::AddSign });
        }
        self.end_sign(&open, CloseReason::Cancelled)
    }

    fn end_sign(&mut self, sign: &OpenTask, reason: CloseReason) -> Result<(), StepError> {
        let base = sign.signs_for.ok_or(StepError::TaskNotOpen { task: sign.id })?;
        self.close(sign.id, reason);
        if !self.at.awaits_signature(base) {
            self.commands.push(Command::WakeTask { task: base });
        }
        Ok(())
    }
}
