//! What each event does.

use base_kernel::TaskId;
use serde_json::{Map, Value};

use super::Game;
use crate::definition::NodeKind;
use crate::event::outcome;
use crate::instance::Wait;
use crate::{Action, Command, Event, HoldReason, State, StepError};

/// The variable that raises the authority needed.
const ESCALATE: &str = "escalate";

impl Game<'_> {
    pub(super) fn handle(&mut self, event: Event) -> Result<(), StepError> {
        match event {
            Event::Start { variables } => self.start(variables),
            Event::TaskCompleted { task, action, variables } => self.complete(task, action, variables),
            Event::SendBack { task, to } => self.send_back(task, to.as_deref()),
            Event::Correct { task } => self.correct(task),
            Event::Resubmitted { variables } => {
                self.must_hold(HoldReason::Correction)?;
                self.assign(variables)?;
                self.release(HoldReason::Correction)
            }
            Event::CorrectionLapsed => {
                self.must_hold(HoldReason::Correction)?;
                self.finish(outcome::ABANDONED);
                Ok(())
            }
            Event::Suspend { task, .. } => {
                self.must_run()?;
                self.may_order(task, Action::Suspend)?;
                self.hold(HoldReason::Suspension);
                Ok(())
            }
            Event::Resume { task } => {
                self.must_hold(HoldReason::Suspension)?;
                self.may_order(task, Action::Resume)?;
                self.release(HoldReason::Suspension)
            }
            Event::Withdraw => self.withdraw(),
            Event::Terminate { task, .. } => {
                self.must_live()?;
                self.may_order(task, Action::Terminate)?;
                self.finish(outcome::TERMINATED);
                Ok(())
            }
            Event::Escalate { .. } => {
                self.must_live()?;
                self.escalate()
            }
            Event::Transfer { task, to } => self.transfer(task, to),
            Event::AddSign { task, to } => self.add_sign(task, to),
            Event::CancelSign { task } => self.cancel_sign(task),
            Event::ServiceDone { node, visit, variables } => self.service_done(&node, visit, variables),
            Event::ServiceFailed { node, visit, .. } => self.service_failed(&node, visit),
            Event::RetryService { node } => self.retry_service(&node),
            Event::TimerFired { node, visit } => self.timer_fired(&node, visit),
        }
    }

    fn start(&mut self, variables: Map<String, Value>) -> Result<(), StepError> {
        if self.at.state != State::New {
            return Err(StepError::AlreadyStarted);
        }
        self.at.state = State::Running;
        for (name, variable) in &self.def.variables {
            self.at.variables.insert(name.clone(), variable.default.clone());
        }
        self.assign(variables)?;
        let id = self.number();
        self.leave(id, None, Vec::new(), &self.def.start, Action::Pass)
    }

    fn complete(
        &mut self,
        task: TaskId,
        action: Action,
        variables: Map<String, Value>,
    ) -> Result<(), StepError> {
        self.must_run()?;
        let open = self.open_task(task)?;
        if open.signs_for.is_some() {
            if action != Action::Pass {
                return Err(StepError::ActionNotAllowed { node: open.node, action });
            }
            return self.sign(&open);
        }
        self.allows(&open.node, action)?;
        if !action.completes() {
            return Err(StepError::ActionNotAllowed { node: open.node, action });
        }
        if self.at.awaits_signature(task) {
            return Err(StepError::AwaitsSignature { task });
        }
        self.assign(variables)?;
        if action == Action::Escalate && self.def.variables.contains_key(ESCALATE) {
            self.at.variables.insert(ESCALATE.into(), Value::Bool(true));
        }
        self.finish_task(&open, action)
    }

    fn correct(&mut self, task: TaskId) -> Result<(), StepError> {
        self.must_run()?;
        let open = self.open_task(task)?;
        self.allows(&open.node, Action::Correct)?;
        if open.signs_for.is_some() {
            return Err(StepError::ActionNotAllowed { node: open.node, action: Action::Correct });
        }
        self.at.corrections = self.at.corrections.saturating_add(1);
        self.hold(HoldReason::Correction);
        Ok(())
    }

    fn withdraw(&mut self) -> Result<(), StepError> {
        self.must_live()?;
        if self.at.decided {
            return Err(StepError::AlreadyDecided);
        }
        self.finish(outcome::WITHDRAWN);
        Ok(())
    }

    fn escalate(&mut self) -> Result<(), StepError> {
        match self.at.variables.get_mut(ESCALATE) {
            Some(Value::Bool(true)) => Err(StepError::AlreadyEscalated),
            Some(value @ Value::Bool(false)) => {
                *value = Value::Bool(true);
                Ok(())
            }
            _ => Err(StepError::Mismatch("the definition declares no yes-or-no variable escalate".into())),
        }
    }

    fn hold(&mut self, reason: HoldReason) {
        self.at.state = State::Held { reason };
        self.commands.push(Command::StopClock { reason });
    }

    fn must_hold(&self, reason: HoldReason) -> Result<(), StepError> {
        self.must_live()?;
        if self.at.state == (State::Held { reason }) { Ok(()) } else { Err(StepError::NotOnHold) }
    }

    /// Ends a hold; tokens whose service or timer answered meanwhile move on now.
    fn release(&mut self, reason: HoldReason) -> Result<(), StepError> {
        self.at.state = State::Running;
        self.commands.push(Command::ResumeClock { reason });
        let ready: Vec<u32> = self
            .at
            .tokens
            .iter()
            .filter(|t| matches!(t.waits, Wait::Service { done: true, .. } | Wait::Timer { fired: true }))
            .map(|token| token.id)
            .collect();
        for id in ready {
            // An earlier one may have ended the instance.
            if self.running() && self.at.tokens.iter().any(|token| token.id == id) {
                self.leave_token(id)?;
            }
        }
        Ok(())
    }

    fn service_done(
        &mut self,
        node: &str,
        visit: u32,
        variables: Map<String, Value>,
    ) -> Result<(), StepError> {
        self.must_live()?;
        let token = self.service_token(node, visit, false)?;
        let outputs = match self.def.nodes.get(node).map(|found| &found.kind) {
            Some(NodeKind::Service { outputs, .. }) => outputs.as_slice(),
            _ => &[],
        };
        self.assign(variables.into_iter().filter(|(name, _)| outputs.contains(name)).collect())?;
        if self.running() {
            return self.leave_token(token);
        }
        self.set_wait(token, Wait::Service { done: true, failed: false });
        Ok(())
    }

    fn service_failed(&mut self, node: &str, visit: u32) -> Result<(), StepError> {
        self.must_live()?;
        let token = self.service_token(node, visit, false)?;
        self.set_wait(token, Wait::Service { done: false, failed: true });
        Ok(())
    }

    fn retry_service(&mut self, node: &str) -> Result<(), StepError> {
        self.must_live()?;
        let visit = self.at.visits.get(node).copied().unwrap_or(0);
        let token = self.service_token(node, visit, true)?;
        self.set_wait(token, Wait::Service { done: false, failed: false });
        self.run_service(node, visit);
        Ok(())
    }

    fn service_token(&self, node: &str, visit: u32, failed: bool) -> Result<u32, StepError> {
        let waits = Wait::Service { done: false, failed };
        let found = self.at.tokens.iter().find(|t| t.node == node && t.visit == visit && t.waits == waits);
        let missing = || StepError::ServiceNotWaiting { node: node.to_owned(), visit };
        found.map(|token| token.id).ok_or_else(missing)
    }

    fn timer_fired(&mut self, node: &str, visit: u32) -> Result<(), StepError> {
        self.must_live()?;
        let waits = Wait::Timer { fired: false };
        let found = self.at.tokens.iter().find(|t| t.node == node && t.visit == visit && t.waits == waits);
        let missing = || StepError::TimerNotRunning { node: node.to_owned(), visit };
        let token = found.map(|token| token.id).ok_or_else(missing)?;
        if self.running() {
            return self.leave_token(token);
        }
        self.set_wait(token, Wait::Timer { fired: true });
        Ok(())
    }

    fn set_wait(&mut self, id: u32, waits: Wait) {
        if let Some(token) = self.at.tokens.iter_mut().find(|token| token.id == id) {
            token.waits = waits;
        }
    }
}
