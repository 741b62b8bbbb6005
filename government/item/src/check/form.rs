//! The form: keys, conditions, options, bounds, examples.

use std::collections::BTreeSet;

use base_kernel::Month;
use chrono::NaiveDate;
use serde_json::Value;

use super::Findings;
use crate::form::fixed_bound;
use crate::model::{Field, FieldKind, Item};

pub(super) fn check(item: &Item, findings: &mut Findings) {
    let mut before: Vec<&Field> = Vec::new();
    for field in item.fields() {
        let key = &field.key;
        findings.unless(
            !before.iter().any(|other| other.key == *key),
            "F1",
            format!("字段“{key}”出现两次，请改用不同的 key"),
        );
        let snake = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.len() <= 60
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        findings.unless(snake, "F1", format!("字段“{key}”只能用小写字母、数字和下划线"));
        findings.unless(!field.label.trim().is_empty(), "F1", format!("字段“{key}”缺少 label"));
        condition(field, &before, findings);
        options(field, findings);
        for bound in [&field.min, &field.max].into_iter().flatten() {
            let known = usable_bound(item, field, bound);
            findings.unless(known, "F4", format!("字段“{key}”的 min 或 max“{bound}”无法识别，请修改"));
        }
        if let Some(initial) = &field.initial {
            let form = serde_json::Map::from_iter([(key.clone(), initial.clone())]);
            let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
            let fault = crate::form::validate_field(item, key, &form, today);
            findings.unless(fault.is_none(), "F5", format!("字段“{key}”的默认值不符合该字段的要求"));
        }
        before.push(field);
    }
    let keys: BTreeSet<&str> = before.iter().map(|field| field.key.as_str()).collect();
    for example in &item.examples {
        for key in example.form.keys().filter(|key| !keys.contains(key.as_str())) {
            findings.add("F6", format!("示例“{}”中的“{key}”不是表单字段", example.name));
        }
    }
    findings.unless(!item.examples.is_empty(), "F6", "每个事项至少要有一个示例（examples）");
}

/// A condition looks at a field before this one, and at values that it can have.
fn condition(field: &Field, before: &[&Field], findings: &mut Findings) {
    let Some(condition) = &field.show_when else { return };
    let Some(parent) = before.iter().find(|other| other.key == condition.field) else {
        let text = format!("字段“{}”的 show_when 指向“{}”，应指向它前面的字段", field.key, condition.field);
        return findings.add("F2", text);
    };
    for value in &condition.values {
        let possible = match parent.kind {
            FieldKind::Bool => value.is_boolean(),
            FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Code => {
                parent.options.iter().any(|option| *value == option.code)
            }
            _ => value.is_string() || value.is_number(),
        };
        let text = format!("字段“{}”的 show_when 中“{value}”不是“{}”的选项", field.key, parent.key);
        findings.unless(possible, "F2", text);
    }
}

fn options(field: &Field, findings: &mut Findings) {
    let key = &field.key;
    let chooses = matches!(field.kind, FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Code);
    findings.unless(
        chooses != field.options.is_empty(),
        "F3",
        format!("字段“{key}”：选择类字段应有 options 或 code_set，其他字段不应有"),
    );
    findings.unless(
        field.kind != FieldKind::Code || field.code_set.is_some(),
        "F3",
        format!("字段“{key}”为 code 类型，应写明 code_set"),
    );
    let codes: BTreeSet<&str> = field.options.iter().map(|option| option.code.as_str()).collect();
    findings.unless(codes.len() == field.options.len(), "F3", format!("字段“{key}”的选项代码重复"));
    findings.unless(
        field.kind != FieldKind::Note || field.text.is_some(),
        "F3",
        format!("字段“{key}”为说明文字，应写明 text"),
    );
}

fn usable_bound(item: &Item, field: &Field, bound: &Value) -> bool {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
    let of_field = |text: &str| {
        let other = text.strip_prefix("field:").and_then(|key| item.field(key));
        other.is_some_and(|other| other.kind == field.kind)
    };
    match (field.kind, bound) {
        (FieldKind::Integer | FieldKind::Money, bound) => bound.is_i64(),
        (FieldKind::Decimal, bound) => bound.is_number() || bound.is_string(),
        (FieldKind::Date, Value::String(text)) => {
            of_field(text) || fixed_bound::<NaiveDate>(text, today).is_some()
        }
        (FieldKind::Month, Value::String(text)) => {
            of_field(text) || fixed_bound::<Month>(text, today).is_some()
        }
        _ => false,
    }
}
