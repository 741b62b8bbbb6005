//! The form as JSON Schema (draft 2020-12), for programs that fill it in.

use serde_json::{Map, Value, json};

use crate::model::{Field, FieldKind, Item};

/// Schema of an item's form. Conditional fields are optional in it; the server decides when they are required.
#[must_use]
pub fn json_schema(item: &Item) -> Value {
    let properties: Map<String, Value> = item
        .fields()
        .filter(|field| field.kind != FieldKind::Note)
        .map(|field| (field.key.clone(), field_schema(field)))
        .collect();
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
    let codes = || field.options.iter().map(|option| option.code.as_str()).collect::<Vec<_>>();
    let mut schema = match field.kind {
        FieldKind::Integer | FieldKind::Money => json!({"type": "integer"}),
        FieldKind::Bool => json!({"type": "boolean"}),
        FieldKind::Date => json!({"type": "string", "format": "date"}),
        FieldKind::Month => json!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
        FieldKind::Choice => json!({"type": "string", "enum": codes()}),
        FieldKind::MultiChoice => json!({"type": "array", "items": {"enum": codes()}, "uniqueItems": true}),
        FieldKind::File => json!({"type": "string", "format": "uuid"}),
        _ => json!({"type": "string"}),
    };
    schema["title"] = json!(field.label);
    schema["readOnly"] = json!(field.readonly);
    schema["x-kind"] = json!(field.kind);
    if let Some(length) = field.max_length {
        schema["maxLength"] = json!(length);
    }
    if field.sensitive {
        schema["x-sensitive"] = json!(true);
    }
    schema
}
