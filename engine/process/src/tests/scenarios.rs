//! Tests of engine-process: scenarios.

use serde_json::{Map, json};

use super::{PARALLEL, Play, REVIEW, nothing};
use crate::event::outcome;
use crate::{Action, CloseReason, Command, Event, HoldReason, Instance, OpenedBy, State, StepError};

#[test]
fn straight_way_through_a_review() {
    let mut play = Play::start(REVIEW, nothing());
    assert_eq!(play.opened()[0].key, "t1/accept/1");
    play.pass("accept");
    assert!(matches!(&play.last[1], Command::RunService { slot, visit: 1, .. } if slot == "compute"));
    play.serve("compute", json!({ "level": 1, "secret": "x" }));
    assert!(!play.at.variables.contains_key("secret"), "only declared outputs are kept");
    play.pass("review").pass("recheck");
    play.serve("decide", nothing());
    assert!(play.last.contains(&Command::Decided));
    assert_eq!(play.try_event(Event::Withdraw), Err(StepError::AlreadyDecided));
    play.ok(Event::TimerFired { node: "wait".into(), visit: 1 });
    assert_eq!(play.last, [Command::Finished { outcome: "approved".into() }]);
    assert_eq!(play.at.outcome(), Some("approved"));
}

#[test]
fn a_condition_raises_the_authority() {
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", json!({ "level": 3 })).pass("review").pass("recheck");
    assert_eq!(play.nodes(), ["approve"]);
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing());
    play.ok(Event::Escalate { reason: "风险".into() });
    assert_eq!(play.try_event(Event::Escalate { reason: "风险".into() }), Err(StepError::AlreadyEscalated));
    play.pass("review").pass("recheck");
    assert_eq!(play.nodes(), ["approve"]);
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing()).act("review", Action::Escalate).pass("recheck");
    assert_eq!(play.nodes(), ["approve"], "转报上级 goes the way of 通过 and raises");
}

#[test]
fn send_back_walks_the_tasks_backwards() {
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing()).pass("review").back("recheck");
    assert_eq!(play.nodes(), ["review"]);
    assert_eq!((play.opened()[0].visit, play.opened()[0].opened_by), (2, OpenedBy::SentBack));
    assert!(matches!(play.last[0], Command::CloseTask { reason: CloseReason::SentBack, .. }));
    play.back("review");
    assert_eq!(play.nodes(), ["accept"]);
    play.pass("accept").serve("compute", nothing()).pass("review");
    let task = play.task("recheck");
    play.ok(Event::SendBack { task, to: Some("accept".into()) });
    assert_eq!(play.nodes(), ["accept"]);
    let again = Event::SendBack { task, to: None };
    assert_eq!(play.try_event(again), Err(StepError::TaskNotOpen { task }));
}

#[test]
fn nothing_lies_behind_the_first_task() {
    let play = Play::start(PARALLEL, nothing());
    let task = play.task("accept");
    assert_eq!(play.try_event(Event::SendBack { task, to: None }), Err(StepError::NothingBehind));
    let to = Some("decide".to_owned());
    assert_eq!(play.try_event(Event::SendBack { task, to }), Err(StepError::NothingBehind));
}

#[test]
fn send_back_inside_a_branch_leaves_the_other_alone() {
    let mut play = Play::start(PARALLEL, nothing());
    play.pass("accept").serve("fetch", nothing()).pass("left1");
    let right = play.task("right");
    play.back("left2");
    assert_eq!(play.nodes(), ["left1", "right"]);
    assert_eq!(play.task("right"), right);
}

#[test]
fn send_back_out_of_a_branch_takes_the_block_along() {
    let mut play = Play::start(PARALLEL, nothing());
    play.pass("accept").serve("fetch", nothing()).pass("left1").pass("left2");
    assert_eq!(play.nodes(), ["join", "right"]);
    play.back("right");
    assert_eq!(play.nodes(), ["accept"]);
    play.pass("accept").serve("fetch", nothing());
    assert_eq!(play.nodes(), ["left1", "right"]);
    play.pass("right").back("left1");
    assert_eq!(play.nodes(), ["accept"], "the branch that had arrived at the join is undone too");
}

#[test]
fn send_back_from_behind_a_join_does_the_whole_block_anew() {
    let mut play = Play::start(PARALLEL, nothing());
    play.pass("accept").serve("fetch", nothing()).pass("left1").pass("left2").pass("right");
    assert_eq!(play.nodes(), ["decide"]);
    play.back("decide");
    assert_eq!(play.nodes(), ["fetch", "left1"]);
    play.serve("fetch", nothing()).pass("left1").pass("left2").pass("right").pass("decide");
    assert_eq!(play.at.outcome(), Some("approved"));
}

#[test]
fn a_terminating_end_closes_the_other_branches() {
    let mut play = Play::start(PARALLEL, nothing());
    play.pass("accept").serve("fetch", nothing()).pass("left1");
    let right = play.task("right");
    play.act("left2", Action::Reject);
    assert!(play.last.contains(&Command::CloseTask { task: right, reason: CloseReason::Cancelled }));
    assert_eq!(play.last.last(), Some(&Command::Finished { outcome: "rejected".into() }));
}

#[test]
fn correction_holds_everything_and_keeps_the_task() {
    let mut play = Play::start(REVIEW, nothing());
    let task = play.task("accept");
    play.ok(Event::Correct { task });
    assert_eq!(play.last, [Command::StopClock { reason: HoldReason::Correction }]);
    let pass = Event::TaskCompleted { task, action: Action::Pass, variables: Map::new() };
    assert_eq!(play.try_event(pass.clone()), Err(StepError::OnHold(HoldReason::Correction)));
    assert_eq!(play.try_event(Event::Resume { task: None }), Err(StepError::NotOnHold));
    play.ok(Event::Resubmitted { variables: Map::new() });
    assert_eq!(play.at.corrections, 1);
    play.ok(pass);
    let mut play = Play::start(REVIEW, nothing());
    let task = play.task("accept");
    play.ok(Event::Correct { task }).ok(Event::CorrectionLapsed);
    assert_eq!(play.at.outcome(), Some(outcome::ABANDONED));
}

#[test]
fn a_service_or_timer_that_answers_during_a_hold_moves_on_after_it() {
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept");
    play.ok(Event::Suspend { task: None, reason: "外调".into() });
    play.serve("compute", nothing());
    assert_eq!(play.nodes(), ["compute"]);
    assert!(play.last.is_empty());
    play.ok(Event::Resume { task: None });
    assert_eq!(play.nodes(), ["review"]);
    play.pass("review").pass("recheck").serve("decide", nothing());
    play.ok(Event::Suspend { task: None, reason: "外调".into() });
    let fired = Event::TimerFired { node: "wait".into(), visit: 1 };
    play.ok(fired.clone());
    assert!(matches!(play.try_event(fired), Err(StepError::TimerNotRunning { .. })));
    play.ok(Event::Resume { task: None });
    assert_eq!(play.at.outcome(), Some("approved"));
}

#[test]
fn signatures_are_waited_for() {
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing());
    let task = play.task("review");
    let ask = |to: &str| Event::AddSign { task, to: to.into() };
    play.ok(ask("甲"));
    assert_eq!(play.last[0], Command::HoldTask { task });
    assert_eq!(play.opened()[0].assignee.as_deref(), Some("甲"));
    assert_eq!(play.try_event(ask("甲")), Err(StepError::AlreadyAsked));
    play.ok(ask("乙"));
    let signs: Vec<_> =
        play.at.tasks.iter().filter(|open| open.signs_for.is_some()).map(|open| open.id).collect();
    let pass = |task| Event::TaskCompleted { task, action: Action::Pass, variables: Map::new() };
    assert_eq!(play.try_event(pass(task)), Err(StepError::AwaitsSignature { task }));
    play.ok(pass(signs[0]));
    assert!(!play.last.contains(&Command::WakeTask { task }));
    play.ok(Event::CancelSign { task: signs[1] });
    assert!(play.last.contains(&Command::WakeTask { task }));
    assert_eq!(play.try_event(ask("甲")), Err(StepError::AlreadyAsked), "once a visit");
    play.ok(pass(task));
    assert_eq!(play.nodes(), ["recheck"]);
}

#[test]
fn only_listed_actions_are_allowed() {
    let mut play = Play::start(REVIEW, nothing());
    let task = play.task("accept");
    let refused = |event| matches!(event, Err(StepError::ActionNotAllowed { .. }));
    assert!(refused(play.try_event(Event::SendBack { task, to: None })));
    assert!(refused(play.try_event(Event::AddSign { task, to: "甲".into() })));
    let act = |action| Event::TaskCompleted { task, action, variables: Map::new() };
    assert!(refused(play.try_event(act(Action::Reject))));
    assert!(refused(play.try_event(act(Action::Correct))), "does not complete a task");
    play.ok(Event::Terminate { task: Some(task), reason: "申请人死亡".into() });
    assert_eq!(play.at.outcome(), Some(outcome::TERMINATED));
}

#[test]
fn wrong_types_are_refused() {
    let play = Play::start(REVIEW, nothing());
    let task = play.task("accept");
    let variables = super::variables(json!({ "level": "high" }));
    let event = Event::TaskCompleted { task, action: Action::Pass, variables };
    assert!(matches!(play.try_event(event), Err(StepError::VariableType { .. })));
}

#[test]
fn an_instance_keeps_to_its_definition() {
    let play = Play::start(REVIEW, nothing());
    let other = super::definition(PARALLEL);
    let result = crate::step(&other, &play.at, Event::Withdraw, super::noon());
    assert!(matches!(result, Err(StepError::Mismatch(_))));
}

/// A case of ten thousand events is as small, and so as quick to step, as one of ten.
#[test]
fn size_does_not_grow_with_age() {
    let size = |at: &Instance| serde_json::to_string(at).unwrap().len();
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing());
    let mut young = 0;
    for round in 0..2_500 {
        play.pass("review").back("recheck").back("review").pass("accept").serve("compute", nothing());
        if round == 2 {
            young = size(&play.at);
        }
    }
    // Only the digits of the visit counters grow.
    assert!(size(&play.at) <= young + 40, "{} against {young}", size(&play.at));
    assert_eq!(play.at.state, State::Running);
}

/// The quickest of many steps, which the load of the machine does not blur.
#[test]
fn time_does_not_grow_with_age() {
    fn quickest(play: &mut Play) -> std::time::Duration {
        let mut best = std::time::Duration::MAX;
        for _ in 0..200 {
            let task = play.task("review");
            let event = Event::TaskCompleted { task, action: Action::Pass, variables: Map::new() };
            let started = std::time::Instant::now();
            let done = play.try_event(event).unwrap();
            best = best.min(started.elapsed());
            play.at = done.instance;
            play.back("recheck");
        }
        best
    }
    let mut play = Play::start(REVIEW, nothing());
    play.pass("accept").serve("compute", nothing());
    let young = quickest(&mut play);
    for _ in 0..5_000 {
        play.pass("review").back("recheck");
    }
    let old = quickest(&mut play);
    assert!(old < young * 2, "{old:?} after ten thousand events, {young:?} at first");
}
