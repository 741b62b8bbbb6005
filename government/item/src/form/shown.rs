//! Which fields and materials apply, given what is filled in.

use serde_json::{Map, Value};

use crate::model::{Field, FieldKind, Item, ShowWhen};

/// Whether something conditional applies. A multi-choice matches when it contains one of the values.
#[must_use]
pub fn is_shown(condition: Option<&ShowWhen>, form: &Map<String, Value>) -> bool {
    let Some(condition) = condition else { return true };
    match form.get(&condition.field) {
        None | Some(Value::Null) => false,
        Some(Value::Array(chosen)) => chosen.iter().any(|value| condition.values.contains(value)),
        Some(value) => condition.values.contains(value),
    }
}

/// The fields that are asked, in the order of the form. A field that depends on one that is not asked is not asked
/// either, whatever a program sent for it.
#[must_use]
pub fn shown_fields<'a>(item: &'a Item, form: &Map<String, Value>) -> Vec<&'a Field> {
    let mut shown: Vec<&Field> = Vec::new();
    for field in item.fields() {
        let parent_shown = field
            .show_when
            .as_ref()
            .is_none_or(|condition| shown.iter().any(|parent| parent.key == condition.field));
        if parent_shown && field.kind != FieldKind::Note && is_shown(field.show_when.as_ref(), form) {
            shown.push(field);
        }
    }
    shown
}
