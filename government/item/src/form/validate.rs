//! Validation of a form against its item. Everything a browser or program can send is met with a typed refusal that
//! names the field and says in Chinese what to do; nothing panics, nothing is guessed.

use base_kernel::FieldFault;
use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::bounds::Context;
use super::shown::shown_fields;
use super::values::normalise;
use crate::model::{Field, FieldKind, Item};

/// Most faults reported for keys the form does not have.
const UNKNOWN_MAX: usize = 20;

/// Validates a whole form: the normalised fields that are asked, or every fault.
///
/// # Errors
/// One [`FieldFault`] a field, in the order of the form; unknown keys come last.
pub fn validate(
    item: &Item,
    form: &Map<String, Value>,
    today: NaiveDate,
) -> Result<Map<String, Value>, Vec<FieldFault>> {
    let (fields, mut faults) = check_fields(item, form, today, true);
    faults.extend(unknown_keys(item, form));
    if faults.is_empty() { Ok(fields) } else { Err(faults) }
}

/// Validates what is there so far; a missing required field is no fault yet.
#[must_use]
pub fn validate_partial(item: &Item, form: &Map<String, Value>, today: NaiveDate) -> Vec<FieldFault> {
    let (_, mut faults) = check_fields(item, form, today, false);
    faults.extend(unknown_keys(item, form));
    faults
}

/// Validates one field of what is there so far.
#[must_use]
pub fn validate_field(
    item: &Item,
    key: &str,
    form: &Map<String, Value>,
    today: NaiveDate,
) -> Option<FieldFault> {
    validate_partial(item, form, today).into_iter().find(|fault| fault.field == key)
}

fn check_fields(
    item: &Item,
    form: &Map<String, Value>,
    today: NaiveDate,
    whole: bool,
) -> (Map<String, Value>, Vec<FieldFault>) {
    let mut fields = Map::new();
    let mut faults = Vec::new();
    let context = Context { item, form, today };
    for field in shown_fields(item, form) {
        let value = form.get(&field.key).filter(|value| !is_empty(value));
        match value.map(|value| normalise(field, value, &context)) {
            None if whole && field.required => {
                faults.push(FieldFault { field: field.key.clone(), message: missing(field) });
            }
            None => {}
            Some(Ok(value)) => {
                fields.insert(field.key.clone(), value);
            }
            Some(Err(message)) => faults.push(FieldFault { field: field.key.clone(), message }),
        }
    }
    (fields, faults)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn missing(field: &Field) -> String {
    let verb = match field.kind {
        FieldKind::Choice | FieldKind::Code | FieldKind::Date | FieldKind::Month | FieldKind::Bool => {
            "请选择"
        }
        FieldKind::MultiChoice => "请至少选择一项",
        FieldKind::File => "请上传",
        _ => "请填写",
    };
    format!("{verb}{}", field.label)
}

fn unknown_keys(item: &Item, form: &Map<String, Value>) -> Vec<FieldFault> {
    form.keys()
        .filter(|key| item.field(key).is_none())
        .take(UNKNOWN_MAX)
        .map(|key| FieldFault {
            field: key.chars().take(60).collect(),
            message: "表单中没有这个字段，请刷新页面后重新填写".to_owned(),
        })
        .collect()
}
