//! What every text of the API has in common: it never holds U+0000, which the database can't store. Said in the document,
//! so that clients and test generators know before they try.

use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, Object, SchemaType, Type};
use utoipa::openapi::{Components, Content, RefOr, Schema};

const WITHOUT_NUL: &str = r"^[^\u0000]*$";

/// Marks all texts of the shared schemas.
pub(crate) fn mark_components(components: &mut Components) {
    components.schemas.values_mut().for_each(mark);
    components.parameters.values_mut().for_each(|parameter| mark_parameter(Some(parameter)));
}

/// Marks all texts of one operation.
pub(crate) fn mark_operation(operation: &mut Operation) {
    operation.parameters.iter_mut().flatten().for_each(|parameter| mark_parameter(Some(parameter)));
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.values_mut().for_each(mark_content);
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            response.content.values_mut().for_each(mark_content);
        }
    }
}

fn mark_content(content: &mut RefOr<Content>) {
    if let RefOr::T(content) = content {
        content.schema.iter_mut().for_each(mark);
    }
}

fn mark_parameter(parameter: Option<&mut RefOr<Parameter>>) {
    if let Some(RefOr::T(parameter)) = parameter {
        parameter.schema.iter_mut().for_each(mark);
    }
}

fn mark(schema: &mut RefOr<Schema>) {
    if let RefOr::T(schema) = schema {
        mark_schema(schema);
    }
}

fn mark_schema(schema: &mut Schema) {
    match schema {
        Schema::Object(object) => mark_object(object),
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                mark(items);
            }
            array.prefix_items.iter_mut().for_each(mark_schema);
        }
        Schema::OneOf(any) => any.items.iter_mut().for_each(mark),
        Schema::AllOf(any) => any.items.iter_mut().for_each(mark),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(mark),
        _ => {}
    }
}

fn mark_object(object: &mut Object) {
    let text = match &object.schema_type {
        SchemaType::Type(kind) => *kind == Type::String,
        SchemaType::Array(kinds) => kinds.contains(&Type::String),
        SchemaType::AnyValue => false,
    };
    // A format, a list of values or a pattern of its own says more.
    if text && object.format.is_none() && object.enum_values.is_none() && object.pattern.is_none() {
        object.pattern = Some(WITHOUT_NUL.to_owned());
    }
    object.properties.values_mut().for_each(mark);
    if let Some(AdditionalProperties::RefOr(values)) = object.additional_properties.as_deref_mut() {
        mark(values);
    }
}
