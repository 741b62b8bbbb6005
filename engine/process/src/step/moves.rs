//! How tokens move: along flows and through gateways.

use std::collections::VecDeque;

use super::Game;
use crate::definition::NodeKind;
use crate::instance::{Mark, Scope, Token, Wait};
use crate::{Action, CloseReason, Command, NewTask, OpenedBy, State, StepError};

/// A token on its way.
pub(super) struct Moving {
    pub(super) id: u32,
    pub(super) scope: Option<u32>,
    pub(super) trail: Vec<Mark>,
    pub(super) to: String,
}

impl Game<'_> {
    /// Moves the token that rests on a service or timer along its one flow.
    pub(super) fn leave_token(&mut self, id: u32) -> Result<(), StepError> {
        let token = self.take_token(id)?;
        self.leave(token.id, token.scope, token.trail, &token.node, Action::Pass)
    }

    /// Ends a task and moves its token.
    pub(super) fn finish_task(&mut self, open: &crate::OpenTask, action: Action) -> Result<(), StepError> {
        let mut token = self.take_token(open.token)?;
        self.close(open.id, CloseReason::Done);
        token.trail.push(Mark::Task(token.node.clone()));
        self.leave(token.id, token.scope, token.trail, &token.node, action)
    }

    /// Moves a token out of `node` along the flow for `action`.
    pub(super) fn leave(
        &mut self,
        id: u32,
        scope: Option<u32>,
        trail: Vec<Mark>,
        node: &str,
        action: Action,
    ) -> Result<(), StepError> {
        let def = self.def;
        if def.nodes.get(node).is_some_and(|found| found.decides) && !self.at.decided {
            self.at.decided = true;
            self.commands.push(Command::Decided);
        }
        let own = def.leaving(node).find(|flow| flow.on == Some(action));
        // 转报上级 without a flow of its own goes the way of 通过; other actions have theirs (checked at reading).
        let flow = own.or_else(|| def.leaving(node).find(|flow| flow.on.is_none()));
        let flow = flow.ok_or_else(|| StepError::Mismatch(format!("no way out of {node}")))?;
        self.run(Moving { id, scope, trail, to: flow.to.clone() })
    }

    /// Lets tokens move until all of them rest or the instance ends.
    pub(super) fn run(&mut self, first: Moving) -> Result<(), StepError> {
        let mut queue = VecDeque::from([first]);
        while let Some(moving) = queue.pop_front() {
            self.enter(moving, &mut queue)?;
            if matches!(self.at.state, State::Finished { .. }) {
                break;
            }
        }
        self.at.tokens.sort_by_key(|token| token.id);
        Ok(())
    }

    fn enter(&mut self, moving: Moving, queue: &mut VecDeque<Moving>) -> Result<(), StepError> {
        let def = self.def;
        let missing = || StepError::Mismatch(format!("no node {}", moving.to));
        let node = def.nodes.get(&moving.to).ok_or_else(missing)?;
        match &node.kind {
            NodeKind::Start => Err(StepError::Mismatch("a flow enters the start".into())),
            NodeKind::End { outcome, .. } => {
                self.finish(outcome);
                Ok(())
            }
            NodeKind::Exclusive => {
                let stuck = || StepError::Mismatch(format!("no way out of {}", node.id));
                let flow = def.choose(&node.id, &self.at.variables).ok_or_else(stuck)?;
                queue.push_front(Moving { to: flow.to.clone(), ..moving });
                Ok(())
            }
            NodeKind::Parallel if def.joins.contains_key(&node.id) => {
                self.fork(moving, queue);
                Ok(())
            }
            NodeKind::Parallel => self.join(moving, queue),
            NodeKind::Task(_) | NodeKind::Service { .. } | NodeKind::Timer(_) => self.rest(moving),
        }
    }

    /// Splits a token: a scope with one token for each branch.
    fn fork(&mut self, moving: Moving, queue: &mut VecDeque<Moving>) {
        let scope = self.number();
        self.visit(&moving.to);
        let targets: Vec<String> = self.def.leaving(&moving.to).map(|flow| flow.to.clone()).collect();
        self.at.scopes.push(Scope { id: scope, parent: moving.scope, fork: moving.to, before: moving.trail });
        for to in targets {
            let id = self.number();
            queue.push_back(Moving { id, scope: Some(scope), trail: Vec::new(), to });
        }
    }

    /// Waits for the other branches; the last to come closes the scope and goes on alone.
    fn join(&mut self, moving: Moving, queue: &mut VecDeque<Moving>) -> Result<(), StepError> {
        let own = moving.scope.and_then(|id| self.at.scopes.iter().position(|scope| scope.id == id));
        let index = own.ok_or_else(|| StepError::Mismatch(format!("no open block at {}", moving.to)))?;
        let (scope, fork) = (self.at.scopes[index].id, self.at.scopes[index].fork.clone());
        let arrived =
            self.at.tokens.iter().filter(|t| t.scope == Some(scope) && t.waits == Wait::Join).count();
        if arrived + 1 < self.def.leaving(&fork).count() {
            let visit = self.visit(&moving.to);
            self.put(&moving, visit, Wait::Join);
            return Ok(());
        }
        self.at.tokens.retain(|token| token.scope != Some(scope));
        let closed = self.at.scopes.remove(index);
        let mut trail = closed.before;
        cut(&mut trail, &fork);
        trail.push(Mark::Block(fork));
        let next = self.def.leaving(&moving.to).next();
        let to = next.map(|flow| flow.to.clone());
        let to = to.ok_or_else(|| StepError::Mismatch(format!("no way out of {}", moving.to)))?;
        let id = self.number();
        queue.push_front(Moving { id, scope: closed.parent, trail, to });
        Ok(())
    }

    /// Puts a token to rest on a task, service or timer.
    fn rest(&mut self, mut moving: Moving) -> Result<(), StepError> {
        let def = self.def;
        let visit = self.visit(&moving.to);
        let Some(node) = def.nodes.get(&moving.to) else { return Ok(()) };
        match &node.kind {
            NodeKind::Task(work) => {
                cut(&mut moving.trail, &node.id);
                let key = format!("t{}/{}/{visit}", moving.id, node.id);
                let opened_by = if self.sent_back { OpenedBy::SentBack } else { OpenedBy::Flow };
                let task = self.open(
                    NewTask {
                        id: crate::digest::task_id(self.at.id, &key, self.now),
                        key,
                        node: node.id.clone(),
                        name: node.name.clone(),
                        role: work.role.clone(),
                        org_level: work.org_level.clone(),
                        share: work.share(&self.at.variables),
                        actions: work.actions.clone(),
                        four_eyes_with: work.four_eyes_with.clone(),
                        visit,
                        opened_by,
                        assignee: None,
                    },
                    moving.id,
                    None,
                );
                self.put(&moving, visit, Wait::Task { task });
            }
            NodeKind::Timer(span) => {
                self.put(&moving, visit, Wait::Timer { fired: false });
                self.commands.push(Command::StartTimer { node: node.id.clone(), visit, span: span.clone() });
            }
            _ => {
                self.put(&moving, visit, Wait::Service { done: false, failed: false });
                self.run_service(&node.id, visit);
            }
        }
        Ok(())
    }

    pub(super) fn run_service(&mut self, node: &str, visit: u32) {
        if let Some(NodeKind::Service { slot, optional, .. }) = self.def.nodes.get(node).map(|n| &n.kind) {
            let (slot, optional) = (slot.clone(), *optional);
            self.commands.push(Command::RunService { node: node.to_owned(), visit, slot, optional });
        }
    }

    fn visit(&mut self, node: &str) -> u32 {
        let count = self.at.visits.entry(node.to_owned()).or_insert(0);
        *count = count.saturating_add(1);
        *count
    }

    fn put(&mut self, moving: &Moving, visit: u32, waits: Wait) {
        self.at.tokens.push(Token {
            id: moving.id,
            node: moving.to.clone(),
            visit,
            scope: moving.scope,
            waits,
            trail: moving.trail.clone(),
        });
    }

    pub(super) fn take_token(&mut self, id: u32) -> Result<Token, StepError> {
        let found = self.at.tokens.iter().position(|token| token.id == id);
        let index = found.ok_or_else(|| StepError::Mismatch(format!("no token {id}")))?;
        Ok(self.at.tokens.remove(index))
    }
}

/// Forgets what lies behind the first mark of `node`, the mark included.
fn cut(trail: &mut Vec<Mark>, node: &str) {
    if let Some(index) = trail.iter().position(|mark| mark.node() == node) {
        trail.truncate(index);
    }
}
