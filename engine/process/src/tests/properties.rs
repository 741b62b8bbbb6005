//! The token game is closed under everything that can happen: random definitions, random events, valid and not.

use base_kernel::{InstanceId, TaskId};
use proptest::prelude::*;
use serde_json::{Map, json};
use uuid::Uuid;

use super::generate::{tree, write};
use super::invariants::{Mirror, hold};
use super::{noon, variables};
use crate::{Action, Definition, Event, Instance, State, StepError, Wait, step};

/// An event chosen by two numbers, mostly one that fits the state.
fn choose(at: &Instance, what: u32, which: u32) -> Event {
    let pick = |len: usize| if len == 0 { 0 } else { which as usize % len };
    let nowhere = TaskId(Uuid::from_u128(u128::from(which)));
    let task = at.tasks.get(pick(at.tasks.len())).map_or(nowhere, |task| task.id);
    let flags = json!({ "left": which.is_multiple_of(2), "again": which.is_multiple_of(7), "unknown": [1] });
    let variables = variables(flags);
    let place = |wanted: fn(&Wait) -> bool| {
        let found: Vec<_> = at.tokens.iter().filter(|token| wanted(&token.waits)).collect();
        found.get(pick(found.len())).map_or(("nowhere".to_owned(), 1), |t| (t.node.clone(), t.visit))
    };
    let service = place(|waits| matches!(waits, Wait::Service { .. }));
    let timer = place(|waits| matches!(waits, Wait::Timer { .. }));
    let reason = "原因".to_owned();
    match what % 40 {
        0..=9 => Event::TaskCompleted { task, action: Action::Pass, variables },
        10 => Event::TaskCompleted { task, action: Action::Reject, variables },
        11 => Event::TaskCompleted { task, action: Action::Escalate, variables },
        12..=16 => Event::SendBack { task, to: None },
        17 => {
            let to = at.tokens.first().and_then(|t| t.trail.first()).map(|mark| mark.node().to_owned());
            Event::SendBack { task, to }
        }
        18 => Event::Correct { task },
        19 => Event::Resubmitted { variables },
        20 => Event::Suspend { task: Some(task), reason },
        21 => Event::Suspend { task: None, reason },
        22 | 23 => Event::Resume { task: None },
        24 => Event::Escalate { reason },
        25 => Event::Transfer { task, to: "李四".into() },
        26 | 27 => Event::AddSign { task, to: format!("人{}", which % 3) },
        28 => Event::CancelSign { task },
        29..=32 => Event::ServiceDone { node: service.0, visit: service.1, variables },
        33 => Event::ServiceFailed { node: service.0, visit: service.1, reason },
        34 => Event::RetryService { node: service.0 },
        35..=37 => Event::TimerFired { node: timer.0, visit: timer.1 },
        38 if which.is_multiple_of(5) => match which % 3 {
            0 => Event::Withdraw,
            1 => Event::Terminate { task: None, reason },
            _ => Event::CorrectionLapsed,
        },
        _ => Event::Start { variables },
    }
}

struct Run<'a> {
    def: &'a Definition,
    at: Instance,
    mirror: Mirror,
}

impl Run<'_> {
    /// Applies an event and checks everything that must hold; whether it was accepted.
    fn apply(&mut self, event: &Event) -> bool {
        let before = self.at.clone();
        let done = step(self.def, &self.at, event.clone(), noon());
        assert_eq!(done, step(self.def, &before, event.clone(), noon()), "the same step twice differs");
        let Ok(done) = done else { return false };
        hold(self.def, &done.instance);
        if let Event::TimerFired { node, visit } = event {
            self.mirror.timer_fired(node, *visit);
        }
        self.mirror.apply(&done.commands);
        self.mirror.agrees(&done.instance);
        self.at = done.instance;
        // Delivered a second time it is refused; only 转办 to the same person may be said twice.
        let again = step(self.def, &self.at, event.clone(), noon());
        assert!(again.is_err() || matches!(event, Event::Transfer { .. }), "{event:?} was accepted twice");
        let stored = serde_json::to_value(&self.at).unwrap();
        assert_eq!(serde_json::from_value::<Instance>(stored).unwrap(), self.at, "storing changes it");
        true
    }

    /// Takes the straight way to the end.
    fn finish(&mut self) {
        for _ in 0..10_000 {
            let none = Map::new();
            let event = match (&self.at.state, self.at.tokens.iter().find(|token| token.waits != Wait::Join))
            {
                (State::Finished { .. }, _) => return,
                (State::Held { reason: crate::HoldReason::Correction }, _) => {
                    Event::Resubmitted { variables: none }
                }
                (State::Held { .. }, _) => Event::Resume { task: None },
                (_, Some(token)) => match &token.waits {
                    Wait::Task { task } => {
                        let sign = self.at.tasks.iter().find(|open| open.signs_for == Some(*task));
                        let variables = variables(json!({ "again": false }));
                        let task = sign.map_or(*task, |open| open.id);
                        Event::TaskCompleted { task, action: Action::Pass, variables }
                    }
                    Wait::Service { failed: true, .. } => Event::RetryService { node: token.node.clone() },
                    Wait::Service { .. } => {
                        Event::ServiceDone { node: token.node.clone(), visit: token.visit, variables: none }
                    }
                    _ => Event::TimerFired { node: token.node.clone(), visit: token.visit },
                },
                _ => panic!("stuck: {:?}", self.at),
            };
            assert!(self.apply(&event), "the way to the end is closed: {event:?} at {:?}", self.at);
        }
        panic!("no end: {:?}", self.at);
    }
}

proptest! {

    #[test]
    fn no_token_is_lost_or_doubled(
        tree in tree(),
        events in prop::collection::vec((any::<u32>(), any::<u32>()), 0..120),
    ) {
        let def = write(&tree);
        let at = Instance::new(InstanceId(Uuid::from_u128(1)), &def);
        let mut run = Run { def: &def, at, mirror: Mirror::default() };
        let started = run.apply(&Event::Start { variables: Map::new() });
        prop_assert!(started);
        for (what, which) in events {
            let event = choose(&run.at, what, which);
            run.apply(&event);
        }
        run.finish();
        let late = step(&def, &run.at, Event::Withdraw, noon());
        let refused = matches!(late, Err(StepError::Finished { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn expressions_never_panic(text in "\\PC{0,60}") {
        let _ = crate::Expression::parse(&text);
    }

    #[test]
    fn files_never_panic(text in "(\\PC|\\n){0,300}") {
        let _ = Definition::parse("x.yaml", &text);
    }
}
