//! The shipped processes do what `items.md` §1.7 draws.

use base_kernel::InstanceId;
use chrono::{DateTime, Utc};
use engine_process::{Action, Event, Instance, NodeKind, Running, StepError};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::map;
use crate::shipped_processes;

fn now() -> DateTime<Utc> {
    "2026-07-01T04:00:00Z".parse().unwrap()
}

struct Play(Running);

impl Play {
    fn start(process: &str, variables: Value) -> Self {
        let definition = shipped_processes().unwrap().current(process).unwrap();
        let id = InstanceId(Uuid::from_u128(1));
        let mut play = Self(Running::start(definition, id, "K", map(variables), now()).unwrap().0);
        play.serve(json!({}));
        play
    }

    /// Runs the services up to the next wait, all with the same results.
    fn serve(&mut self, values: Value) -> &mut Self {
        while let Some(call) = self.0.next_service() {
            self.0.apply(call.done(map(values.clone())), now()).unwrap();
        }
        self
    }

    fn act(&mut self, action: Action) -> &mut Self {
        let task = self.at().tasks[0].id;
        self.0.apply(Event::TaskCompleted { task, action, variables: Map::new() }, now()).unwrap();
        self.serve(json!({}))
    }

    fn back(&mut self) -> &mut Self {
        let task = self.at().tasks[0].id;
        self.0.apply(Event::SendBack { task, to: None }, now()).unwrap();
        self
    }

    fn at(&self) -> &Instance {
        self.0.instance()
    }

    fn node(&self) -> &str {
        &self.at().tasks[0].node
    }

    fn way(&mut self) -> String {
        let mut nodes = Vec::new();
        while self.at().outcome().is_none() {
            nodes.push(self.node().to_owned());
            self.act(Action::Pass);
        }
        format!("{} → {}", nodes.join(" "), self.at().outcome().unwrap())
    }
}

#[test]
fn two_level_review() {
    let way = |variables: Value| Play::start("two-level-review", variables).way();
    assert_eq!(way(json!({})), "accept review recheck → approved");
    assert_eq!(way(json!({ "pre_acceptance": true })), "precheck accept review recheck → approved");
    assert_eq!(way(json!({ "escalate": true })), "accept review recheck approve → approved");
    let never = json!({ "escalate": true, "escalation": false });
    assert_eq!(way(never), "accept review recheck → approved");
}

#[test]
fn refusals_take_two_people_except_at_the_counter() {
    let mut play = Play::start("two-level-review", json!({}));
    assert_eq!(play.act(Action::Refuse).at().outcome(), Some("refused"));
    let mut play = Play::start("two-level-review", json!({}));
    play.act(Action::Pass).act(Action::Reject);
    assert_eq!(play.node(), "confirm_rejection");
    play.back();
    assert_eq!(play.node(), "review");
    play.act(Action::Reject).act(Action::Pass);
    assert_eq!(play.at().outcome(), Some("rejected"));
    let mut play = Play::start("two-level-review", json!({}));
    play.act(Action::Pass).act(Action::Pass).act(Action::Reject);
    assert_eq!(play.at().outcome(), Some("rejected"));
}

#[test]
fn send_back_correction_and_escalation() {
    let mut play = Play::start("two-level-review", json!({}));
    play.act(Action::Pass).act(Action::Pass).back();
    assert_eq!(play.node(), "review");
    let task = play.at().tasks[0].id;
    play.0.apply(Event::Correct { task }, now()).unwrap();
    play.0.apply(Event::Resubmitted { variables: Map::new() }, now()).unwrap();
    play.act(Action::Escalate).act(Action::Pass);
    assert_eq!(play.node(), "approve");
    let task = play.at().tasks[0].id;
    let refused = play.0.apply(Event::Correct { task }, now());
    assert!(
        matches!(refused, Err(StepError::ActionNotAllowed { .. })),
        "corrections only from nodes 1 and 2"
    );
    play.act(Action::Pass);
    assert_eq!(play.at().outcome(), Some("approved"));
}

#[test]
fn the_applicant_can_withdraw_until_the_decision() {
    let mut play = Play::start("two-level-review", json!({}));
    play.act(Action::Pass).act(Action::Pass);
    play.0.apply(Event::Withdraw, now()).unwrap();
    assert_eq!(play.at().outcome(), Some("withdrawn"));
}

#[test]
fn four_eyes_as_in_the_roles() {
    let review = shipped_processes().unwrap().current("two-level-review").unwrap();
    let apart = |node: &str| match &review.node(node).unwrap().kind {
        NodeKind::Task(task) => task.four_eyes_with.clone(),
        _ => Vec::new(),
    };
    assert_eq!(apart("recheck"), ["precheck", "accept", "review"]);
    assert_eq!(apart("approve"), ["precheck", "accept", "review", "recheck"]);
    assert_eq!(apart("confirm_rejection"), ["precheck", "accept", "review"]);
}

#[test]
fn instant_and_batch() {
    let play = Play::start("instant", json!({}));
    assert_eq!(play.at().outcome(), Some("approved"));
    assert!(play.at().visits.contains_key("compute"));
    let batch = |values: Value| {
        let definition = shipped_processes().unwrap().current("batch-import").unwrap();
        let id = InstanceId(Uuid::from_u128(1));
        let mut play = Play(Running::start(definition, id, "K", Map::new(), now()).unwrap().0);
        play.serve(values);
        play
    };
    assert_eq!(batch(json!({ "spot_check": false })).at().outcome(), Some("approved"));
    let mut sampled = batch(json!({ "spot_check": true, "rows": 600 }));
    assert_eq!(sampled.node(), "sample");
    assert_eq!(sampled.act(Action::Pass).at().outcome(), Some("approved"));
}
