//! How tokens go back and out: 退回, and the end.

use base_kernel::TaskId;

use super::Game;
use super::moves::Moving;
use crate::instance::{Mark, Token, Wait};
use crate::{Action, CloseReason, Command, State, StepError};

impl Game<'_> {
    /// 退回: finds the place behind the task, first in its own branch, then before the blocks around it. Going out of
    /// a block takes all its branches along: they are cancelled, and the block is done anew later.
    pub(super) fn send_back(&mut self, task: TaskId, to: Option<&str>) -> Result<(), StepError> {
        self.must_run()?;
        let open = self.open_task(task)?;
        self.allows(&open.node, Action::SendBack)?;
        if open.signs_for.is_some() {
            return Err(StepError::ActionNotAllowed { node: open.node, action: Action::SendBack });
        }
        let token = self.take_token(open.token)?;
        let (mut id, mut scope, mut trail) = (token.id, token.scope, token.trail);
        let behind = |trail: &[Mark]| match to {
            None => trail.len().checked_sub(1),
            Some(node) => trail.iter().position(|mark| mark.node() == node),
        };
        self.close(open.id, CloseReason::SentBack);
        let index = loop {
            if let Some(index) = behind(&trail) {
                break index;
            }
            let around = scope.and_then(|id| self.at.scopes.iter().find(|scope| scope.id == id).cloned());
            let around = around.ok_or(StepError::NothingBehind)?;
            self.cancel_block(around.id);
            id = self.number();
            (scope, trail) = (around.parent, around.before);
        };
        let target = trail[index].node().to_owned();
        trail.truncate(index);
        self.sent_back = true;
        self.run(Moving { id, scope, trail, to: target })
    }

    /// Takes away everything inside a block, blocks within it included.
    fn cancel_block(&mut self, scope: u32) {
        let inner: Vec<u32> =
            self.at.scopes.iter().filter(|s| s.parent == Some(scope)).map(|s| s.id).collect();
        for id in inner {
            self.cancel_block(id);
        }
        let (gone, stay) =
            std::mem::take(&mut self.at.tokens).into_iter().partition(|t: &Token| t.scope == Some(scope));
        self.at.tokens = stay;
        for token in &gone {
            self.cancel(token);
        }
        self.at.scopes.retain(|open| open.id != scope);
    }

    fn cancel(&mut self, token: &Token) {
        match token.waits {
            Wait::Task { task } => self.close(task, CloseReason::Cancelled),
            Wait::Timer { fired: false } => {
                self.commands.push(Command::CancelTimer { node: token.node.clone(), visit: token.visit });
            }
            Wait::Timer { .. } | Wait::Service { .. } | Wait::Join => {}
        }
    }

    /// Ends the instance: nothing stays open, and what this same step had only just begun is not begun.
    pub(super) fn finish(&mut self, outcome: &str) {
        let begun = std::mem::take(&mut self.commands);
        let mut fresh = Vec::new();
        for command in begun {
            match command {
                Command::OpenTask(task) => fresh.push((task.node.clone(), task.visit)),
                Command::StartTimer { node, visit, .. } | Command::RunService { node, visit, .. } => {
                    fresh.push((node, visit));
                }
                other => self.commands.push(other),
            }
        }
        for token in std::mem::take(&mut self.at.tokens) {
            if !fresh.contains(&(token.node.clone(), token.visit)) {
                self.cancel(&token);
            }
        }
        self.at.tasks.clear();
        self.at.scopes.clear();
        self.at.state = State::Finished { outcome: outcome.to_owned() };
        self.commands.push(Command::Finished { outcome: outcome.to_owned() });
    }
}
