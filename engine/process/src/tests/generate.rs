//! Random sound definitions: nested sequences, choices, parallel blocks and loops of tasks, services and timers.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::Definition;

#[derive(Debug, Clone)]
pub(super) enum Tree {
    Task { stops: bool, escalates: bool },
    Service,
    Timer,
    Sequence(Vec<Tree>),
    Choice(Box<Tree>, Box<Tree>),
    Parallel(Vec<Tree>),
    Loop(Box<Tree>),
}

pub(super) fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        6 => (any::<bool>(), any::<bool>()).prop_map(|(stops, escalates)| Tree::Task { stops, escalates }),
        2 => Just(Tree::Service),
        1 => Just(Tree::Timer),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::Sequence),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::Parallel),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| Tree::Choice(Box::new(a), Box::new(b))),
            1 => inner.prop_map(|body| Tree::Loop(Box::new(body))),
        ]
    })
}

/// Writes a tree down as a definition.
pub(super) fn write(tree: &Tree) -> Definition {
    let mut writer = Writer { nodes: Vec::new(), flows: Vec::new(), next: 0 };
    writer.nodes.push(json!({ "id": "start", "kind": "start" }));
    let last = writer.tree(tree, "start");
    writer.nodes.push(json!({ "id": "done", "kind": "end", "outcome": "approved" }));
    writer.nodes.push(json!({ "id": "stopped", "kind": "end", "outcome": "rejected", "terminate": true }));
    writer.flow(&last, "done");
    if !writer.flows.iter().any(|flow| flow["to"] == "stopped") {
        writer.nodes.pop();
    }
    let bool_false = json!({ "type": "bool", "default": false });
    let content = json!({
        "id": "random", "version": 1, "name": "随机",
        "variables": { "left": bool_false, "again": bool_false, "escalate": bool_false },
        "nodes": writer.nodes, "flows": writer.flows,
    });
    Definition::from_content(&content).unwrap_or_else(|error| panic!("{error}\n{content:#}"))
}

struct Writer {
    nodes: Vec<Value>,
    flows: Vec<Value>,
    next: usize,
}

impl Writer {
    fn name(&mut self, kind: &str) -> String {
        self.next += 1;
        format!("{kind}{}", self.next)
    }

    fn flow(&mut self, from: &str, to: &str) {
        self.flows.push(json!({ "from": from, "to": to }));
    }

    fn node(&mut self, mut node: Value, id: &str, from: &str) -> String {
        node["id"] = json!(id);
        self.nodes.push(node);
        self.flow(from, id);
        id.to_owned()
    }

    /// Adds a tree behind `from` and gives the node that its end leaves from.
    fn tree(&mut self, tree: &Tree, from: &str) -> String {
        match tree {
            Tree::Task { stops, escalates } => self.task(from, *stops, *escalates),
            Tree::Service => {
                let id = self.name("service");
                self.node(json!({ "kind": "service", "slot": id, "outputs": ["left"] }), &id, from)
            }
            Tree::Timer => {
                let id = self.name("timer");
                let after = json!({ "unit": "minutes", "minutes": 5 });
                self.node(json!({ "kind": "timer", "after": after }), &id, from)
            }
            Tree::Sequence(parts) => parts.iter().fold(from.to_owned(), |last, part| self.tree(part, &last)),
            Tree::Choice(one, other) => {
                let split = self.name("split");
                let merge = self.name("merge");
                self.node(json!({ "kind": "exclusive" }), &split, from);
                self.nodes.push(json!({ "id": merge, "kind": "exclusive" }));
                let mark = self.flows.len();
                let first = self.tree(one, &split);
                self.flows[mark]["when"] = json!("left");
                let mark = self.flows.len();
                let second = self.tree(other, &split);
                self.flows[mark]["otherwise"] = json!(true);
                self.flow(&first, &merge);
                self.flow(&second, &merge);
                merge
            }
            Tree::Parallel(branches) => {
                let fork = self.name("fork");
                let join = self.name("join");
                self.node(json!({ "kind": "parallel" }), &fork, from);
                self.nodes.push(json!({ "id": join, "kind": "parallel" }));
                for branch in branches {
                    let last = self.tree(branch, &fork);
                    self.flow(&last, &join);
                }
                join
            }
            Tree::Loop(body) => {
                let merge = self.name("again");
                self.node(json!({ "kind": "exclusive" }), &merge, from);
                let inside = self.tree(body, &merge);
                // A loop needs something to wait for.
                let task = self.task(&inside, false, false);
                let split = self.name("split");
                self.node(json!({ "kind": "exclusive" }), &split, &task);
                self.flows.push(json!({ "from": split, "to": merge, "when": "again" }));
                let out = self.name("out");
                self.nodes.push(json!({ "id": out, "kind": "exclusive" }));
                self.flows.push(json!({ "from": split, "to": out, "otherwise": true }));
                out
            }
        }
    }

    fn task(&mut self, from: &str, stops: bool, escalates: bool) -> String {
        let id = self.name("task");
        let mut actions = vec!["pass", "send_back", "correct", "suspend", "resume", "transfer", "add_sign"];
        if stops {
            actions.push("reject");
        }
        if escalates {
            actions.push("escalate");
        }
        let node = json!({ "kind": "task", "role": "R", "org_level": "any", "actions": actions });
        let id = self.node(node, &id, from);
        if stops {
            self.flows.push(json!({ "from": id, "to": "stopped", "on": "reject" }));
        }
        id
    }
}
