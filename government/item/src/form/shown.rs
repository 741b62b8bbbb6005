//! Which fields and materials apply, given what is filled in.

use serde_json::{Map, Value};

use crate::model::ShowWhen;

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
