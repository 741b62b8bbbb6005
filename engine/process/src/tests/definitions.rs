//! Tests of engine-process: definitions.

use serde_json::json;

use super::{PARALLEL, REVIEW, definition, variables};
use crate::Definition;

fn faults(yaml: &str) -> Vec<(usize, String)> {
    let error = Definition::parse("test.yaml", yaml).unwrap_err();
    error.0.into_iter().map(|fault| (fault.line, fault.message)).collect()
}

/// The review process with one text replaced.
fn broken(from: &str, to: &str) -> Vec<(usize, String)> {
    assert!(REVIEW.contains(from), "{from}");
    faults(&REVIEW.replace(from, to))
}

/// The line of the review process that holds a text.
fn line_of(text: &str) -> usize {
    REVIEW.lines().position(|line| line.contains(text)).unwrap() + 1
}

#[test]
fn reads_nodes_flows_and_slots() {
    let def = definition(REVIEW);
    let slots: Vec<_> = def.slots().map(|slot| slot.name).collect();
    assert_eq!(slots, ["compute", "decide"]);
    let (_, review) = def.tasks().nth(1).unwrap();
    assert_eq!(review.share(&variables(json!({ "escalate": true }))), 40);
    assert_eq!(review.share(&variables(json!({ "escalate": false }))), 50);
}

#[test]
fn content_survives_storing() {
    for yaml in [REVIEW, PARALLEL] {
        let def = definition(yaml);
        let again = Definition::from_content(def.content()).unwrap();
        assert_eq!(again.digest(), def.digest());
        assert_eq!(again.content(), def.content());
        assert_eq!(again.nodes, def.nodes);
    }
}

#[test]
fn a_comment_does_not_change_the_digest_but_a_word_does() {
    let digest = |yaml: &str| definition(yaml).digest().to_owned();
    assert_eq!(digest(REVIEW), digest(&format!("# 注\n{REVIEW}")));
    assert_ne!(digest(REVIEW), digest(&REVIEW.replace("share: 10", "share: 20")));
}

#[test]
fn every_fault_names_its_line() {
    let shape = broken("share: 10,", "share: 10, colour: red,");
    assert_eq!(shape.len(), 1);
    assert_eq!(shape[0].0, line_of("id: accept, kind"));
    let condition = broken("escalate or level > 2", "escalate or levle > 2");
    let line = line_of("from: gate, to: approve");
    assert_eq!(
        condition,
        [(line, "连线“gate--approve”的条件有误：变量“levle”没有在 variables 中声明".into())]
    );
    let several = broken("slot: decide, decides: true", "decides: true, role: A");
    assert_eq!(several.len(), 2, "{several:?}");
    assert!(several.iter().all(|(line, _)| *line == line_of("id: decide, kind")), "{several:?}");
}

#[test]
fn unsound_definitions_are_refused() {
    let refused = |from: &str, to: &str, part: &str| {
        let found = broken(from, to);
        assert!(found.iter().any(|(_, message)| message.contains(part)), "{to}: {found:?}");
    };
    refused("  - { from: accept, to: refused, on: refuse }\n", "", "没有 on: refuse 的连线");
    refused("to: gate }", "to: nowhere }", "不存在的节点");
    refused("  - { from: wait, to: approved }\n", "", "只能有一条离开的连线".trim_start_matches("只能"));
    refused("  - { from: wait, to: approved }\n", "  - { from: wait, to: decide }\n", "从开始节点无法到达");
    refused(", otherwise: true", ", when: level < 1", "otherwise: true");
    refused("id: approve,", "id: accept,", "重复");
    refused("outputs: [level]", "outputs: [height]", "没有在 variables 中声明");
    refused("four_eyes_with: [accept, review]", "four_eyes_with: [gate]", "不是另一个任务节点");
    refused("slot: decide", "slot: compute", "被使用两次");
    refused("default: 0 }", "default: low }", "默认值不是");
    refused("after: { unit: working_days, days: 5 }", "name: x", "");
    refused("version: 1", "version: 0", "version 从 1 开始");
    refused("  - { id: start, kind: start }\n", "", "start 节点");
    refused("actions: [pass, send_back] }", "actions: [send_back] }", "应有 pass");
    refused("share: 10", "share: 200", "不能超过 100");
}

#[test]
fn parallel_blocks_must_close() {
    let refused = |from: &str, to: &str, part: &str| {
        assert!(PARALLEL.contains(from), "{from}");
        let found = faults(&PARALLEL.replace(from, to));
        assert!(found.iter().any(|(_, message)| message.contains(part)), "{to}: {found:?}");
    };
    refused("  - { from: right, to: join }\n", "  - { from: right, to: decide }\n", "并行");
    refused("  - { from: right, to: join }\n", "  - { from: right, to: left2 }\n", "");
    refused("outcome: rejected, terminate: true", "outcome: rejected", "terminate: true");
    refused("  - { from: fork, to: fetch }\n", "  - { from: accept, to: fetch, on: reject }\n", "");
}

#[test]
fn a_loop_needs_something_to_wait_for() {
    let yaml = "
id: spin
version: 1
name: 空转
variables: { again: { type: bool, default: true } }
nodes:
  - { id: start, kind: start }
  - { id: a, kind: exclusive }
  - { id: s, kind: service, slot: s }
  - { id: b, kind: exclusive }
  - { id: done, kind: end, outcome: ok }
flows:
  - { from: start, to: a }
  - { from: a, to: s }
  - { from: s, to: b }
  - { from: b, to: a, when: again }
  - { from: b, to: done, otherwise: true }
";
    assert!(faults(yaml).iter().all(|(_, message)| message.contains("无限循环")));
}

#[test]
fn hostile_files_are_refused_in_order() {
    for yaml in ["", "[]", "id: x", "nodes: 3", "{", "id: [1]\nversion: -1", "\u{0}"] {
        assert!(Definition::parse("x.yaml", yaml).is_err(), "{yaml:?}");
    }
    let deep = format!("id: x\nversion: 1\nname: {}", "[".repeat(5000));
    assert!(Definition::parse("x.yaml", &deep).is_err());
}

#[test]
fn the_straight_way_follows_conditions_and_branches() {
    let way = |yaml: &str, values: serde_json::Value| {
        let def = definition(yaml);
        let nodes: Vec<String> = def.path(&variables(values)).iter().map(|node| node.id.clone()).collect();
        nodes.join(" ")
    };
    let plain = way(REVIEW, json!({ "escalate": false, "level": 0 }));
    assert_eq!(plain, "start accept compute review recheck gate decide wait approved");
    assert!(way(REVIEW, json!({ "escalate": true, "level": 0 })).contains("gate approve decide"));
    assert_eq!(way(PARALLEL, json!({})), "start accept fork left1 left2 fetch right join decide done");
}
