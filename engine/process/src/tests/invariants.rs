//! What holds after every step, whatever happened.

use std::collections::BTreeSet;

use base_kernel::TaskId;

use crate::{Command, Definition, Instance, State, Wait};

/// Tokens, scopes and tasks of an instance fit together: no token is lost or doubled.
pub(super) fn hold(definition: &Definition, at: &Instance) {
    if matches!(at.state, State::Finished { .. }) {
        assert!(
            at.tokens.is_empty() && at.tasks.is_empty() && at.scopes.is_empty(),
            "something is left after the end"
        );
        return;
    }
    // The place at the top and every branch of every open block hold exactly one thread: a token or an inner block.
    let threads = |scope: Option<u32>| {
        at.tokens.iter().filter(|token| token.scope == scope).count()
            + at.scopes.iter().filter(|inner| inner.parent == scope).count()
    };
    assert_eq!(threads(None), 1, "one thread at the top: {at:?}");
    for scope in &at.scopes {
        let branches = definition.leaving(&scope.fork).count();
        assert_eq!(threads(Some(scope.id)), branches, "one thread a branch: {at:?}");
    }
    let mut ids = BTreeSet::new();
    for token in &at.tokens {
        assert!(ids.insert(token.id), "two tokens with one number");
        assert!(token.trail.len() <= definition.nodes.len(), "the trail grows");
        if let Wait::Task { task } = token.waits {
            let open = at.task(task).expect("a token waits for a task that is not open");
            assert_eq!((open.token, open.node.as_str()), (token.id, token.node.as_str()));
            assert!(open.signs_for.is_none());
        }
    }
    for task in &at.tasks {
        match task.signs_for {
            Some(base) => assert!(at.task(base).is_some(), "a signature without its task"),
            None => {
                let waiting = at.tokens.iter().filter(|t| t.waits == Wait::Task { task: task.id }).count();
                assert_eq!(waiting, 1, "a task without its token");
            }
        }
    }
}

/// What the commands built up outside: it has to agree with the instance at every moment.
#[derive(Default)]
pub(super) struct Mirror {
    tasks: BTreeSet<TaskId>,
    ever: BTreeSet<TaskId>,
    timers: BTreeSet<(String, u32)>,
    finished: usize,
    clock_stopped: bool,
}

impl Mirror {
    pub(super) fn apply(&mut self, commands: &[Command]) {
        for command in commands {
            assert_eq!(self.finished, 0, "a command after the end");
            match command {
                Command::OpenTask(task) => {
                    assert!(self.ever.insert(task.id), "a task id given twice");
                    self.tasks.insert(task.id);
                }
                Command::CloseTask { task, .. } => assert!(self.tasks.remove(task), "closed but not open"),
                Command::HoldTask { task }
                | Command::WakeTask { task }
                | Command::ReassignTask { task, .. } => {
                    assert!(self.tasks.contains(task));
                }
                Command::StartTimer { node, visit, .. } => {
                    assert!(self.timers.insert((node.clone(), *visit)), "a timer started twice");
                }
                Command::CancelTimer { node, visit } => {
                    assert!(self.timers.remove(&(node.clone(), *visit)), "cancelled but not running");
                }
                Command::StopClock { .. } => {
                    assert!(!self.clock_stopped);
                    self.clock_stopped = true;
                }
                Command::ResumeClock { .. } => {
                    assert!(self.clock_stopped);
                    self.clock_stopped = false;
                }
                Command::RunService { .. } | Command::Decided => {}
                Command::Finished { .. } => self.finished += 1,
            }
        }
    }

    pub(super) fn timer_fired(&mut self, node: &str, visit: u32) {
        assert!(self.timers.remove(&(node.to_owned(), visit)));
    }

    pub(super) fn agrees(&self, at: &Instance) {
        let open: BTreeSet<TaskId> = at.tasks.iter().map(|task| task.id).collect();
        assert_eq!(self.tasks, open);
        let timers = at.tokens.iter().filter(|token| token.waits == Wait::Timer { fired: false });
        let running: BTreeSet<(String, u32)> =
            timers.map(|token| (token.node.clone(), token.visit)).collect();
        assert_eq!(self.timers, running);
        let ended = usize::from(matches!(at.state, State::Finished { .. }));
        assert_eq!(self.finished, ended, "exactly one end");
        if ended == 0 {
            assert_eq!(self.clock_stopped, matches!(at.state, State::Held { .. }));
        }
    }
}
