//! Whether the graph of a definition is sound: reachable, free of idle loops, parallel blocks properly nested.

use std::collections::{HashMap, HashSet};

use crate::definition::{Definition, NodeKind};
use crate::parse::Faults;

/// Every node lies on a way from the start to an end.
pub(crate) fn reachable(definition: &Definition, faults: &mut Faults<'_>) {
    let from_start = spread(vec![&definition.start], |node| {
        definition.leaving(node).map(|flow| flow.to.as_str()).collect()
    });
    let ends: Vec<&str> = definition
        .nodes
        .values()
        .filter(|node| matches!(node.kind, NodeKind::End { .. }))
        .map(|node| node.id.as_str())
        .collect();
    let to_end = spread(ends, |node| definition.entering(node).map(|flow| flow.from.as_str()).collect());
    for id in definition.nodes.keys() {
        if !from_start.contains(id.as_str()) {
            faults.at(id, format!("节点“{id}”从开始节点无法到达，请连线或删除"));
        } else if !to_end.contains(id.as_str()) {
            faults.at(id, format!("节点“{id}”之后无法到达结束节点，请补充连线"));
        }
    }
}

fn spread<'a>(from: Vec<&'a str>, next: impl Fn(&'a str) -> Vec<&'a str>) -> HashSet<&'a str> {
    let mut seen: HashSet<&str> = from.iter().copied().collect();
    let mut queue = from;
    while let Some(node) = queue.pop() {
        for other in next(node) {
            if seen.insert(other) {
                queue.push(other);
            }
        }
    }
    seen
}

/// A loop that no task and no timer interrupts would spin for ever.
pub(crate) fn no_idle_loop(definition: &Definition, faults: &mut Faults<'_>) {
    let waits = |id: &str| {
        matches!(definition.nodes.get(id).map(|n| &n.kind), Some(NodeKind::Task(_) | NodeKind::Timer(_)))
    };
    for id in definition.nodes.keys().filter(|id| !waits(id)) {
        let next = |node: &str| {
            definition.leaving(node).map(|flow| flow.to.as_str()).filter(|to| !waits(to)).collect()
        };
        let first = next(id);
        if spread(first, next).contains(id.as_str()) {
            faults.at(
                id,
                format!("节点“{id}”处在没有任务或计时的循环中，流程会无限循环，请在循环中加入任务或计时节点"),
            );
        }
    }
}

/// The parallel branches a node lies in, outermost first: fork and number of the branch.
type Nesting = Vec<(String, usize)>;

/// Follows every way and checks that parallel blocks are properly nested: each fork has one join that takes all its
/// branches, and no flow jumps into or out of a branch (but an end that terminates everything is allowed).
pub(crate) fn blocks(definition: &Definition, faults: &mut Faults<'_>) -> HashMap<String, String> {
    let mut nesting: HashMap<&str, Nesting> = HashMap::new();
    let mut joins: HashMap<String, String> = HashMap::new();
    let mut queue: Vec<(&str, Nesting)> = vec![(&definition.start, Vec::new())];
    while let Some((id, mut here)) = queue.pop() {
        let Some(node) = definition.nodes.get(id) else { continue };
        // An end of everything can be reached from anywhere.
        if matches!(node.kind, NodeKind::End { terminate: true, .. }) {
            continue;
        }
        if node.kind == NodeKind::Parallel && definition.entering(id).count() > 1 {
            let Some((fork, _)) = here.pop() else {
                faults.at(id, format!("汇合“{id}”没有对应的并行分支"));
                continue;
            };
            let known = joins.entry(fork.clone()).or_insert_with(|| id.to_owned());
            if known != id {
                faults.at(id, format!("分支“{fork}”有两个汇合“{known}”和“{id}”，应只有一个"));
                continue;
            }
        }
        match nesting.get(id) {
            Some(known) if *known == here => continue,
            Some(_) => {
                faults.at(id, format!("节点“{id}”有连线跳入或跳出并行分支，请让分支在同一个汇合节点结束"));
                continue;
            }
            None => nesting.insert(id, here.clone()),
        };
        if matches!(node.kind, NodeKind::End { .. }) && !here.is_empty() {
            faults.at(
                id,
                format!("结束节点“{id}”在并行分支内，应先汇合，或写 terminate: true 表示整个流程结束"),
            );
        }
        let fork = node.kind == NodeKind::Parallel && definition.leaving(id).count() > 1;
        for (branch, flow) in definition.leaving(id).enumerate() {
            let mut inside = here.clone();
            if fork {
                inside.push((id.to_owned(), branch));
            }
            queue.push((&flow.to, inside));
        }
    }
    for node in definition.nodes.values() {
        let fork = node.kind == NodeKind::Parallel && definition.leaving(&node.id).count() > 1;
        if fork && !joins.contains_key(&node.id) {
            faults.at(&node.id, format!("并行分支“{}”没有汇合节点", node.id));
        }
    }
    joins
}
