//! One text for one JSON value: keys sorted, no white space. Digests of data are taken over it, so that a value that
//! went through a database column still has the digest it had before.

use serde_json::{Map, Value};

pub(crate) fn text(value: &Value) -> String {
    sorted(value).to_string()
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut pairs: Vec<(&String, &Value)> = fields.iter().collect();
            pairs.sort_by_key(|(key, _)| key.as_str());
            Value::Object(
                pairs.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(rows) => Value::Array(rows.iter().map(sorted).collect()),
        other => other.clone(),
    }
}
