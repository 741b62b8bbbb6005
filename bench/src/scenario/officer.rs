//! An officer: looks at the work list, then takes, opens and passes each task on it.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{Actor, Ask, Op, Outcome, Page, read};

/// An officer of one post.
#[derive(Debug, Default)]
pub struct Officer {
    tasks: VecDeque<Task>,
    at: At,
}

#[derive(Debug, Clone, Default, PartialEq)]
enum At {
    #[default]
    List,
    /// Nothing was on the list.
    Summary,
    Claim,
    Open,
    /// The client chooses the id, so that a repeated request is recognised.
    Pass {
        action: Uuid,
    },
}

#[derive(Debug, Clone, Deserialize)]
struct Task {
    id: String,
    case_no: String,
}

impl Officer {
    /// The next task of the list, or the list anew.
    fn go_on(&mut self) -> At {
        if self.tasks.is_empty() { At::List } else { At::Claim }
    }

    /// The task in hand; none between tasks.
    fn task(&self) -> Option<&Task> {
        self.tasks.front()
    }
}

impl Actor for Officer {
    fn next(&self) -> Ask {
        match (&self.at, self.task()) {
            (At::Summary, _) => Ask::get(Op::Summary, "/tasks/summary"),
            (At::Claim, Some(task)) => Ask::post(Op::Claim, format!("/tasks/{}/claim", task.id), json!({})),
            (At::Open, Some(task)) => Ask::get(Op::Case, format!("/cases/{}", task.case_no)),
            (At::Pass { action }, Some(task)) => {
                let body =
                    json!({ "action_id": action, "action": "pass", "opinion": "材料齐全，符合条件，同意。" });
                Ask::post(Op::Pass, format!("/tasks/{}/actions", task.id), body)
            }
            _ => Ask::get(Op::Todo, "/tasks?view=todo&size=20"),
        }
    }

    fn learn(&mut self, answer: &[u8]) -> anyhow::Result<u64> {
        let mut completed = 0;
        self.at = match self.at {
            At::List => {
                self.tasks = read::<Page<Task>>(answer)?.rows.into();
                if self.tasks.is_empty() { At::Summary } else { At::Claim }
            }
            At::Summary => At::List,
            At::Claim => At::Open,
            At::Open => At::Pass { action: Uuid::new_v4() },
            At::Pass { .. } => {
                completed = u64::from(read::<Outcome>(answer)?.state == "CLOSED");
                self.tasks.pop_front();
                self.go_on()
            }
        };
        Ok(completed)
    }

    fn refused(&mut self) {
        self.tasks.pop_front();
        self.at = self.go_on();
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::scenario::Body;

    fn learn(officer: &mut Officer, answer: &serde_json::Value) -> u64 {
        officer.learn(answer.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn every_task_of_the_list_is_taken_opened_and_passed() {
        let mut officer = Officer::default();
        assert_eq!(officer.next().op, Op::Todo);
        let row = |id: &str| json!({ "id": id, "case_no": format!("C-{id}"), "state": "OPEN" });
        learn(&mut officer, &json!({ "rows": [row("a"), row("b")], "total": 2 }));
        for (id, state, completed) in [("a", "IN_REVIEW", 0), ("b", "CLOSED", 1)] {
            assert_eq!(officer.next().path, format!("/tasks/{id}/claim"));
            learn(&mut officer, &json!({ "case_no": "x" }));
            assert_eq!(officer.next().path, format!("/cases/C-{id}"));
            learn(&mut officer, &json!({}));
            let pass = officer.next();
            assert_eq!(pass, officer.next(), "asked again it is the same action");
            assert!(matches!(pass.body, Body::Post(body) if body["action"] == "pass"));
            assert_eq!(learn(&mut officer, &json!({ "case_no": "x", "state": state })), completed);
        }
        assert_eq!(officer.next().op, Op::Todo);
    }

    #[test]
    fn an_empty_list_and_a_refusal() {
        let mut officer = Officer::default();
        learn(&mut officer, &json!({ "rows": [] }));
        assert_eq!(officer.next().op, Op::Summary);
        learn(&mut officer, &json!({}));
        learn(&mut officer, &json!({ "rows": [{ "id": "a", "case_no": "c" }] }));
        officer.refused();
        assert_eq!(officer.next().op, Op::Todo);
    }
}
