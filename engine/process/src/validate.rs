//! Whether a definition is sound: what is checked here never has to be handled while a case runs.

use std::collections::HashSet;

use crate::Action;
use crate::definition::{Definition, NodeKind, TaskNode};
use crate::graph;
use crate::parse::Faults;

/// Largest definition accepted.
const MOST_NODES: usize = 500;

pub(crate) fn check(definition: &mut Definition, faults: &mut Faults<'_>) {
    if definition.nodes.len() > MOST_NODES {
        return faults.at("", format!("节点超过 {MOST_NODES} 个，请拆分流程"));
    }
    names(definition, faults);
    ends_of_flows(definition, faults);
    for node in definition.nodes.values() {
        degree(definition, &node.id, &node.kind, faults);
        if let NodeKind::Task(task) = &node.kind {
            check_task(definition, &node.id, task, faults);
        }
    }
    conditions(definition, faults);
    // The graph checks below rely on every flow having two ends.
    if faults.faults.is_empty() {
        graph::reachable(definition, faults);
        graph::no_idle_loop(definition, faults);
        definition.joins = graph::blocks(definition, faults);
    }
}

fn names(definition: &Definition, faults: &mut Faults<'_>) {
    let well_formed = |id: &str| {
        !id.is_empty()
            && id.len() <= 60
            && !id.contains("--")
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    };
    if !well_formed(&definition.id) || definition.version == 0 {
        faults.at("", "流程 id 只能用英文字母、数字、下划线和短横线，version 从 1 开始".into());
    }
    for id in definition.nodes.keys().filter(|id| !well_formed(id)) {
        faults.at(id, format!("节点编号“{id}”只能用英文字母、数字、下划线和短横线，不超过 60 个字符"));
    }
    let mut slots = HashSet::new();
    for slot in definition.slots() {
        if !slots.insert(slot.name) {
            faults.at(slot.node, format!("服务名“{}”被使用两次，请改用不同的名称", slot.name));
        }
    }
    let mut flows = HashSet::new();
    for flow in &definition.flows {
        if !flows.insert(&flow.id) {
            faults.at(&flow.id, format!("连线“{}”重复，请删除一条或给出不同的 id", flow.id));
        }
    }
    for (name, variable) in &definition.variables {
        if !variable.kind.fits(&variable.default) {
            let kind = variable.kind.name();
            faults.at(name, format!("变量“{name}”的默认值不是“{kind}”，请修改"));
        }
    }
    match definition.nodes.values().filter(|node| node.kind == NodeKind::Start).count() {
        1 => {}
        n => faults.at("", format!("流程应有且只有一个 start 节点，现有 {n} 个")),
    }
}

fn ends_of_flows(definition: &Definition, faults: &mut Faults<'_>) {
    for flow in &definition.flows {
        for end in [&flow.from, &flow.to] {
            if !definition.nodes.contains_key(end) {
                faults.at(&flow.id, format!("连线“{}”指向不存在的节点“{end}”，请修改", flow.id));
            }
        }
    }
}

/// How many flows a kind of node may have.
fn degree(definition: &Definition, id: &str, kind: &NodeKind, faults: &mut Faults<'_>) {
    let into = definition.entering(id).count();
    let plain = definition.leaving(id).filter(|flow| flow.on.is_none()).count();
    let out = definition.leaving(id).count();
    let wrong = match kind {
        NodeKind::Start => {
            (into != 0 || out != 1).then_some("start 节点不能有进入的连线，且只能有一条离开的连线")
        }
        NodeKind::End { .. } => (out != 0).then_some("end 节点不能有离开的连线"),
        NodeKind::Task(_) => (plain != 1).then_some("任务节点应有且只有一条不带 on 的离开连线（通过）"),
        NodeKind::Service { .. } | NodeKind::Timer(_) => {
            (out != 1).then_some("服务节点和计时节点应有且只有一条离开的连线")
        }
        NodeKind::Exclusive => (out == 0).then_some("网关应有离开的连线"),
        NodeKind::Parallel => {
            let split = into == 1 && out >= 2;
            let join = into >= 2 && out == 1;
            (!split && !join).then_some("并行网关应为一进多出（分支）或多进一出（汇合）")
        }
    };
    if let Some(message) = wrong {
        faults.at(id, format!("节点“{id}”：{message}"));
    }
}

fn check_task(definition: &Definition, id: &str, task: &TaskNode, faults: &mut Faults<'_>) {
    if !task.actions.contains(&Action::Pass) {
        faults.at(id, format!("任务“{id}”的 actions 中应有 pass（通过）"));
    }
    for action in [Action::Refuse, Action::Reject] {
        let flow = definition.leaving(id).any(|flow| flow.on == Some(action));
        if task.actions.contains(&action) && !flow {
            faults
                .at(id, format!("任务“{id}”允许“{}”，但没有 on: {} 的连线", action.name(), action.as_str()));
        }
    }
    let mut seen = HashSet::new();
    for flow in definition.leaving(id) {
        let Some(action) = flow.on else { continue };
        if !action.completes() || action == Action::Pass {
            faults.at(&flow.id, format!("连线“{}”的 on 只能是 refuse、reject 或 escalate", flow.id));
        }
        if !task.actions.contains(&action) || !seen.insert(action) {
            faults.at(
                &flow.id,
                format!("连线“{}”的“{}”不在该任务的 actions 中，或出现两次", flow.id, action.name()),
            );
        }
    }
    for other in &task.four_eyes_with {
        let is_task = matches!(definition.nodes.get(other).map(|n| &n.kind), Some(NodeKind::Task(_)));
        if !is_task || other == id {
            faults.at(id, format!("任务“{id}”的 four_eyes_with 中“{other}”不是另一个任务节点"));
        }
    }
    if task.share > 100 || task.share_if.iter().any(|(_, share)| *share > 100) {
        faults.at(id, format!("任务“{id}”的 share 是百分比，不能超过 100"));
    }
}

fn conditions(definition: &Definition, faults: &mut Faults<'_>) {
    let type_of = |name: &str| definition.variables.get(name).map(|variable| variable.kind.of());
    for flow in &definition.flows {
        let from = definition.nodes.get(&flow.from).map(|node| &node.kind);
        let choice = from == Some(&NodeKind::Exclusive) && definition.leaving(&flow.from).count() > 1;
        if choice != (flow.when.is_some() || flow.otherwise) || (flow.when.is_some() && flow.otherwise) {
            let message = "的 when / otherwise 只用于排他网关的多条离开连线，每条写其中一个";
            faults.at(&flow.id, format!("连线“{}”{message}", flow.id));
        }
        if flow.on.is_some() && !matches!(from, Some(NodeKind::Task(_))) {
            faults.at(&flow.id, format!("连线“{}”的 on 只能用于任务节点", flow.id));
        }
        if let Some(Err(error)) = flow.when.as_ref().map(|when| when.check(type_of)) {
            faults.at(&flow.id, format!("连线“{}”的条件有误：{error}", flow.id));
        }
    }
    for node in definition.nodes.values() {
        match &node.kind {
            NodeKind::Exclusive => {
                let outs = definition.leaving(&node.id).count();
                let otherwise = definition.leaving(&node.id).filter(|flow| flow.otherwise).count();
                if outs > 1 && otherwise != 1 {
                    faults.at(&node.id, format!("网关“{}”应有且只有一条 otherwise: true 的连线", node.id));
                }
            }
            NodeKind::Task(task) => {
                for (when, _) in &task.share_if {
                    if let Err(error) = when.check(type_of) {
                        faults.at(&node.id, format!("任务“{}”的 share_if 有误：{error}", node.id));
                    }
                }
            }
            NodeKind::Service { outputs, .. } => {
                for output in outputs.iter().filter(|name| !definition.variables.contains_key(*name)) {
                    faults.at(&node.id, format!("服务“{}”的输出“{output}”没有在 variables 中声明", node.id));
                }
            }
            _ => {}
        }
    }
}
