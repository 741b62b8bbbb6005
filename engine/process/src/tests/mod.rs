//! Tests of engine-process.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod definitions;
mod expressions;
mod generate;
mod invariants;
mod properties;
mod scenarios;
mod store;

use std::sync::Arc;

use base_kernel::{InstanceId, TaskId};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{Action, Command, Definition, Event, Instance, NewTask, Step, step};

const REVIEW: &str = include_str!("cases/review.yaml");
const PARALLEL: &str = include_str!("cases/parallel.yaml");

fn definition(yaml: &str) -> Arc<Definition> {
    Arc::new(Definition::parse("test.yaml", yaml).unwrap_or_else(|error| panic!("{error}")))
}

fn noon() -> DateTime<Utc> {
    "2026-07-01T04:00:00Z".parse().unwrap()
}

fn variables(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

/// An instance driven by hand.
struct Play {
    def: Arc<Definition>,
    at: Instance,
    last: Vec<Command>,
}

impl Play {
    fn start(yaml: &str, values: Value) -> Self {
        let def = definition(yaml);
        let at = Instance::new(InstanceId(Uuid::from_u128(7)), &def);
        let mut play = Self { def, at, last: Vec::new() };
        play.ok(Event::Start { variables: variables(values) });
        play
    }

    fn try_event(&self, event: Event) -> Result<Step, crate::StepError> {
        step(&self.def, &self.at, event, noon())
    }

    fn ok(&mut self, event: Event) -> &mut Self {
        let done = self.try_event(event).unwrap();
        invariants::hold(&self.def, &done.instance);
        self.at = done.instance;
        self.last = done.commands;
        self
    }

    /// The open task at a node.
    fn task(&self, node: &str) -> TaskId {
        self.at.tasks.iter().find(|task| task.node == node && task.signs_for.is_none()).expect(node).id
    }

    fn act(&mut self, node: &str, action: Action) -> &mut Self {
        let task = self.task(node);
        self.ok(Event::TaskCompleted { task, action, variables: Map::new() })
    }

    fn pass(&mut self, node: &str) -> &mut Self {
        self.act(node, Action::Pass)
    }

    fn back(&mut self, node: &str) -> &mut Self {
        let task = self.task(node);
        self.ok(Event::SendBack { task, to: None })
    }

    fn serve(&mut self, node: &str, values: Value) -> &mut Self {
        let visit = self.at.visits[node];
        self.ok(Event::ServiceDone { node: node.into(), visit, variables: variables(values) })
    }

    fn opened(&self) -> Vec<&NewTask> {
        let mut opened = Vec::new();
        for command in &self.last {
            if let Command::OpenTask(task) = command {
                opened.push(task.as_ref());
            }
        }
        opened
    }

    fn nodes(&self) -> Vec<&str> {
        let mut nodes: Vec<&str> = self.at.tokens.iter().map(|token| token.node.as_str()).collect();
        nodes.sort_unstable();
        nodes
    }
}

fn nothing() -> Value {
    json!({})
}
