//! The item and its process fit together; rule 9 of `items.md` §1.6.

use engine_process::{Action, Definition, NodeKind, Processes, VariableType};
use serde_json::{Map, Value};

use super::Findings;
use crate::model::{FieldKind, Item, Severity};

/// Bindings that are no service slot of the process: the compensating effect of a 业务回退.
const BESIDE: &[&str] = &["reverse"];
const LEVELS: &[&str] = &["city", "district", "community"];

pub(super) fn check(item: &Item, processes: &Processes, findings: &mut Findings) {
    let Some(process) = processes.current(&item.process.id) else {
        return findings.add("P1", format!("流程“{}”不存在，请核对 process.id", item.process.id));
    };
    slots(item, &process, findings);
    variables(item, &process, findings);
    shares(item, &process, findings);
    let corrects = process.tasks().any(|(_, task)| task.actions.contains(&Action::Correct));
    let prepared = item.limits.correction.is_some() && item.messages.contains_key("correction");
    findings.unless(
        !corrects || prepared,
        "P5",
        "流程允许退回补正，应填写补正时限（limits.correction）和补正通知（messages.correction）",
    );
    for (node, task) in process.tasks() {
        let level = LEVELS.contains(&task.org_level.as_str());
        findings.unless(
            level,
            "P4",
            format!("流程节点“{}”的 org_level 应为 city、district 或 community", node.id),
        );
        let role = task.role.len() == 3 && task.role.starts_with('R');
        findings.unless(role, "P4", format!("流程节点“{}”的 role 应为 R01 至 R29", node.id));
    }
}

fn slots(item: &Item, process: &Definition, findings: &mut Findings) {
    for slot in process.slots() {
        let bound = item.effects.contains_key(slot.name);
        findings.unless(
            bound || slot.optional,
            "P2",
            format!("流程需要服务“{}”，请在 effects 中指定业务动作", slot.name),
        );
    }
    let known = |name: &str| BESIDE.contains(&name) || process.slots().any(|slot| slot.name == name);
    for slot in item.effects.keys().filter(|slot| !known(slot)) {
        findings.add("P2", format!("effects 中的“{slot}”不是流程“{}”的服务", process.id()));
    }
    let works = process.slots().any(|slot| item.effects.contains_key(slot.name));
    findings.unless(works, "P2", "事项没有任何业务动作，请在 effects 中指定");
}

fn variables(item: &Item, process: &Definition, findings: &mut Findings) {
    for (name, value) in &item.process.with {
        let fits = process.variables().get(name).is_some_and(|variable| variable.kind.fits(value));
        findings.unless(fits, "P3", format!("流程变量“{name}”没有声明或类型不符，请核对 process.with"));
    }
    for (name, key) in &item.process.from_form {
        let kind = item.field(key).map(|field| match field.kind {
            FieldKind::Bool => VariableType::Bool,
            FieldKind::Integer | FieldKind::Money => VariableType::Number,
            FieldKind::MultiChoice => VariableType::Texts,
            _ => VariableType::Text,
        });
        let declared = process.variables().get(name).map(|variable| variable.kind);
        findings.unless(
            kind.is_some() && kind == declared,
            "P3",
            format!("流程变量“{name}”取自表单字段“{key}”，两者应都存在且类型相同"),
        );
    }
    for (severity, variable) in [(Severity::Escalate, "escalate"), (Severity::Spot, "spot_check")] {
        let asked = item.rules.iter().find(|rule| rule.severity == severity);
        if let Some(rule) = asked.filter(|_| !process.variables().contains_key(variable)) {
            let text =
                format!("规则“{}”的后果需要流程变量“{variable}”，流程“{}”没有声明", rule.code, process.id());
            findings.add("P3", text);
        }
    }
}

/// Rule 9: along every straight way the shares of the nodes add up to no more than the whole.
fn shares(item: &Item, process: &Definition, findings: &mut Findings) {
    let mut values: Map<String, Value> =
        process.variables().iter().map(|(name, variable)| (name.clone(), variable.default.clone())).collect();
    values.extend(item.process.with.clone());
    let flags: Vec<String> = process
        .variables()
        .iter()
        .filter(|(name, variable)| {
            variable.kind == VariableType::Bool && !item.process.with.contains_key(*name)
        })
        .map(|(name, _)| name.clone())
        .take(8)
        .collect();
    for choice in 0..1_usize << flags.len() {
        for (bit, flag) in flags.iter().enumerate() {
            values.insert(flag.clone(), Value::Bool(choice >> bit & 1 == 1));
        }
        let total: u32 = process
            .path(&values)
            .iter()
            .map(|node| match &node.kind {
                NodeKind::Task(task) => u32::from(task.share(&values)),
                _ => 0,
            })
            .sum();
        if total > 100 {
            return findings
                .add("9", format!("流程“{}”各环节时限合计为 {total}%，不能超过 100%", process.id()));
        }
    }
}
