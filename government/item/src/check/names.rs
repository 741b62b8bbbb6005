//! Every function and template an item names exists.

use std::collections::BTreeSet;

use base_slice::Registry;

use super::{Findings, Templates};
use crate::model::{Item, Severity};

/// Moments at which a message can be sent.
const MESSAGES: &[&str] = &[
    "submitted",
    "resubmitted",
    "accepted",
    "correction",
    "refused",
    "rejected",
    "suspended",
    "resumed",
    "withdrawn",
    "terminated",
    "abandoned",
    "closed",
    "rating",
];

pub(super) fn check(item: &Item, registry: &Registry, templates: Templates<'_>, findings: &mut Findings) {
    let by = item.code.as_str();
    let lost = |kind: &str, name: &str| format!("{kind}“{name}”没有任何模块提供，请核对名称");
    for effect in item.effects.values() {
        findings.unless(registry.find_effect(effect, by).is_ok(), "N1", lost("业务动作 ", effect));
    }
    let mut codes = BTreeSet::new();
    for rule in &item.rules {
        findings.unless(registry.find_check(&rule.check, by).is_ok(), "N1", lost("校验 ", &rule.check));
        findings.unless(
            codes.insert(&rule.code),
            "N2",
            format!("规则代码“{}”重复，请改用不同的代码", rule.code),
        );
        findings.unless(!rule.when.is_empty(), "N2", format!("规则“{}”没有写明何时校验（when）", rule.code));
        let advised = rule.severity != Severity::Block || rule.advice.is_some();
        findings.unless(advised, "N2", format!("阻断规则“{}”应写明申请人可以怎么办（advice）", rule.code));
    }
    for source in &item.sources {
        findings.unless(
            registry.find_source(&source.name, by).is_ok(),
            "N1",
            lost("数据来源 ", &source.name),
        );
    }
    for (moment, template) in &item.messages {
        findings.unless(
            MESSAGES.contains(&moment.as_str()),
            "N3",
            format!("messages 中的“{moment}”不是消息时点"),
        );
        findings.unless(templates.messages.contains(&template.as_str()), "N3", lost("消息模板 ", template));
    }
    let made = item.materials.iter().filter_map(|material| material.template.as_ref());
    for template in item.result.iter().map(|result| &result.template).chain(made) {
        findings.unless(templates.documents.contains(&template.as_str()), "N3", lost("文书模板 ", template));
    }
}
