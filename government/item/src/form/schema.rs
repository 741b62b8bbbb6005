//! The form as JSON Schema (draft 2020-12), for programs that fill it in.
//!
//! What the vocabulary of the standard says, generic validators check; the rest stands in `x-` keywords: kind, section,
//! condition, bounds relative to today or to another field, secrecy.

use serde_json::{Map, Value, json};

use crate::model::{Field, FieldKind, Item};

/// Schema of an item's form. Conditional fields are optional in it; the server decides when they are required.
#[must_use]
pub fn json_schema(item: &Item) -> Value {
    let mut properties = Map::new();
    for section in &item.form {
        for field in section.fields.iter().filter(|field| field.kind != FieldKind::Note) {
            let mut schema = field_schema(field);
            schema["x-section"] = json!(section.title);
            properties.insert(field.key.clone(), schema);
        }
    }
    let required: Vec<&str> = item
        .fields()
        .filter(|field| field.required && !field.readonly && field.show_when.is_none())
        .map(|field| field.key.as_str())
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:renshe:item:{}:{}", item.code, item.version),
        "title": item.name,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn field_schema(field: &Field) -> Value {
    let mut schema = typed(field);
    schema["title"] = json!(field.label);
    schema["x-kind"] = json!(field.kind);
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            schema[key] = value;
        }
    };
    put("description", field.help.as_ref().map(|help| json!(help)));
    put("readOnly", field.readonly.then(|| json!(true)));
    put("default", field.initial.clone());
    put("maxLength", field.max_length.map(|length| json!(length)));
    put("minLength", field.min_length.map(|length| json!(length)));
    let number = matches!(field.kind, FieldKind::Integer | FieldKind::Money);
    put(if number { "minimum" } else { "x-min" }, field.min.clone());
    put(if number { "maximum" } else { "x-max" }, field.max.clone());
    put("x-sensitive", field.sensitive.then(|| json!(true)));
    put("x-code-set", field.code_set.as_ref().map(|set| json!(set)));
    put("x-show-when", field.show_when.as_ref().map(|condition| json!(condition)));
    put("x-required-when-shown", (field.required && field.show_when.is_some()).then(|| json!(true)));
    schema
}

/// The standard's keywords for a kind of field.
fn typed(field: &Field) -> Value {
    let choices = || {
        let one = |option: &crate::Choice| json!({ "const": option.code, "title": option.name });
        field.options.iter().map(one).collect::<Vec<_>>()
    };
    match field.kind {
        FieldKind::Integer => json!({ "type": "integer" }),
        FieldKind::Money => json!({ "type": "integer", "x-unit": "fen" }),
        FieldKind::Bool if field.must_be_true => json!({ "const": true }),
        FieldKind::Bool => json!({ "type": "boolean" }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" }),
        FieldKind::Choice | FieldKind::Code => json!({ "type": "string", "oneOf": choices() }),
        FieldKind::MultiChoice => {
            json!({ "type": "array", "items": { "oneOf": choices() }, "uniqueItems": true })
        }
        FieldKind::File => json!({ "type": "string", "format": "uuid" }),
        FieldKind::Decimal => json!({ "type": "string", "pattern": "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$" }),
        FieldKind::Text
        | FieldKind::Textarea
        | FieldKind::IdNumber
        | FieldKind::Uscc
        | FieldKind::Mobile
        | FieldKind::BankAccount
        | FieldKind::Note => json!({ "type": "string" }),
    }
}
