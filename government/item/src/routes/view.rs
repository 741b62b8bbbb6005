//! Items as the API shows them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use engine_process::{Definition, TaskNode};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::form::shown_bound;
use crate::model::{
    Audience, Basis, Choice, Field, FieldKind, Item, ItemKind, LimitSpec, Limits, Material, Rule, ShowWhen,
};
use crate::status::{ItemStatus, StatusChange};

/// An item in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ItemRow {
    /// Code.
    #[schema(example = "SI-YL-001")]
    code: String,
    /// Official name.
    name: String,
    /// Name on buttons.
    short_name: String,
    /// Domain.
    domain: String,
    /// Module.
    module: String,
    /// Kind of case.
    kind: ItemKind,
    /// Who may apply.
    audience: Vec<Audience>,
    /// The promise in words.
    #[schema(example = "10个工作日")]
    promised_text: String,
    /// The statutory limit in words.
    statutory_text: String,
    /// Visits to the office.
    visits: u8,
    /// One or two sentences.
    summary: String,
    /// Whether it can be applied for on line now.
    online: bool,
    /// Status.
    status: ItemStatus,
    /// Why it is suspended.
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_reason: Option<String>,
}

impl ItemRow {
    pub(super) fn of(item: &Item, change: Option<&StatusChange>) -> Self {
        let status = change.map_or(ItemStatus::Published, |change| change.status);
        let suspended = change.filter(|change| change.status == ItemStatus::Suspended);
        Self {
            code: item.code.0.clone(),
            name: item.name.clone(),
            short_name: item.short_name.clone(),
            domain: item.domain.clone(),
            module: item.module.clone(),
            kind: item.kind,
            audience: item.audience.clone(),
            promised_text: item.promised_text(),
            statutory_text: item.statutory_text(),
            visits: item.visits,
            summary: item.summary.clone(),
            online: item.online() && status == ItemStatus::Published,
            status,
            suspended_reason: suspended.map(|change| change.reason.clone()),
        }
    }
}

/// An item with everything an applicant needs to know.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ItemDetail {
    #[serde(flatten)]
    row: ItemRow,
    /// Version that a new application begins with.
    version: u32,
    /// Conditions of acceptance.
    conditions: Vec<String>,
    /// Legal basis.
    basis: Vec<Basis>,
    /// Limits.
    limits: Limits,
    /// Channels.
    channels: Vec<String>,
    /// Form.
    form: Vec<SectionView>,
    /// Materials.
    materials: Vec<Material>,
    /// Steps an application goes through.
    nodes: Vec<NodeView>,
    /// What is checked.
    rules: Vec<RuleView>,
    /// Result document.
    result_name: Option<String>,
    /// Process.
    process_id: String,
}

/// A section of the form.
#[derive(Debug, Serialize, ToSchema)]
struct SectionView {
    /// Title.
    title: String,
    /// Fields in order.
    fields: Vec<FieldView>,
}

/// A field as a browser uses it: options filled in, bounds as of today.
#[derive(Debug, Serialize, ToSchema)]
struct FieldView {
    key: String,
    label: String,
    #[serde(rename = "type")]
    kind: FieldKind,
    required: bool,
    readonly: bool,
    sensitive: bool,
    /// Help under the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// Text of a note.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_set: Option<String>,
    /// Value a new draft begins with.
    #[serde(rename = "default", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    initial: Option<Value>,
    /// Has to be ticked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    must_be_true: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    min: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    max: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_when: Option<ShowWhen>,
}

impl FieldView {
    fn of(field: &Field, today: NaiveDate) -> Self {
        Self {
            key: field.key.clone(),
            label: field.label.clone(),
            kind: field.kind,
            required: field.required,
            readonly: field.readonly,
            sensitive: field.sensitive,
            hint: field.help.clone(),
            text: field.text.clone(),
            options: field.options.clone(),
            code_set: field.code_set.clone(),
            initial: field.initial.clone(),
            must_be_true: field.must_be_true,
            min: shown_bound(field, field.min.as_ref(), today),
            max: shown_bound(field, field.max.as_ref(), today),
            max_length: field.max_length,
            min_length: field.min_length,
            show_when: field.show_when.clone(),
        }
    }
}

/// A step of the process.
#[derive(Debug, Serialize, ToSchema)]
struct NodeView {
    /// Node.
    id: String,
    /// Name.
    name: String,
    /// Role that does it.
    #[schema(example = "R02")]
    role: String,
    /// Its Chinese name.
    role_name: String,
    /// Its part of the promised time, in words.
    #[schema(example = "1个工作日")]
    share_text: String,
}

/// A rule, for the applicant to know beforehand.
#[derive(Debug, Serialize, ToSchema)]
struct RuleView {
    /// Code within the item.
    code: String,
    /// Name.
    name: String,
    /// block, warn, escalate or spot.
    severity: String,
    /// What can be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

impl From<&Rule> for RuleView {
    fn from(rule: &Rule) -> Self {
        let severity = rule.severity.word().to_owned();
        Self { code: rule.code.clone(), name: rule.name.clone(), severity, advice: rule.advice.clone() }
    }
}

impl ItemDetail {
    pub(super) fn of(
        item: &Item,
        change: Option<&StatusChange>,
        process: Option<&Definition>,
        role_names: &BTreeMap<String, String>,
        today: NaiveDate,
    ) -> Self {
        let fields = |fields: &[Field]| fields.iter().map(|field| FieldView::of(field, today)).collect();
        let form = item.form.iter();
        let form = form.map(|part| SectionView { title: part.title.clone(), fields: fields(&part.fields) });
        Self {
            row: ItemRow::of(item, change),
            version: item.version,
            conditions: item.conditions.clone(),
            basis: item.basis.clone(),
            limits: item.limits.clone(),
            channels: item.channels.clone(),
            form: form.collect(),
            materials: item.materials.clone(),
            nodes: process.map(|process| nodes(item, process, role_names)).unwrap_or_default(),
            rules: item.rules.iter().map(RuleView::from).collect(),
            result_name: item.result.as_ref().map(|result| result.name.clone()),
            process_id: item.process.id.clone(),
        }
    }
}

/// The steps of the straight way under the item's own variables.
fn nodes(item: &Item, process: &Definition, role_names: &BTreeMap<String, String>) -> Vec<NodeView> {
    let mut variables: Map<String, Value> =
        process.variables().iter().map(|(name, variable)| (name.clone(), variable.default.clone())).collect();
    variables.extend(item.process.with.clone());
    let way: Vec<&str> = process.path(&variables).iter().map(|node| node.id.as_str()).collect();
    process
        .tasks()
        .filter(|(node, _)| way.contains(&node.id.as_str()))
        .map(|(node, task)| NodeView {
            id: node.id.clone(),
            name: node.name.clone(),
            role: task.role.clone(),
            role_name: role_names.get(&task.role).cloned().unwrap_or_else(|| task.role.clone()),
            share_text: share_text(item.limits.promised.as_ref(), task, &variables),
        })
        .collect()
}

fn share_text(promised: Option<&LimitSpec>, task: &TaskNode, variables: &Map<String, Value>) -> String {
    let share = u32::from(task.share(variables));
    let Some(limit) = promised.filter(|limit| limit.days > 0) else { return "即时".to_owned() };
    if share == 0 {
        return "不计入承诺时限".to_owned();
    }
    let tenths = limit.days * share / 10;
    let unit = match limit.unit {
        base_kernel::LimitUnit::Working => "个工作日",
        base_kernel::LimitUnit::Calendar => "日",
        base_kernel::LimitUnit::Month => "个月",
        base_kernel::LimitUnit::Hour => "小时",
    };
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}{unit}"),
        (whole, tenth) => format!("{whole}.{tenth}{unit}"),
    }
}
