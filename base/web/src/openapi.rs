//! The folded API document: what holds for every operation is written once, here, and judged once.

use std::collections::BTreeSet;

use axum::Router;
use axum::http::Method;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, Content, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::schemas::{mark_components, mark_operation};
use crate::testing::TestApp;
use crate::{ProblemBody, ProblemField, PublicRoute, SESSION_COOKIE};

/// Completes the folded document: the problem document (under its media type) as the answer to everything that goes wrong,
/// the two ways to present a session, which operations need none, and that no text holds U+0000.
#[must_use]
pub fn complete(mut api: OpenApi, public: &[PublicRoute]) -> OpenApi {
    let components = api.components.get_or_insert_with(Components::new);
    components.schemas.insert("ProblemBody".into(), ProblemBody::schema());
    components.schemas.insert("ProblemField".into(), ProblemField::schema());
    let note = "浏览器会话。更改数据的请求须带请求头 X-Requested-With: renshe";
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(SESSION_COOKIE, note)));
    components.security_schemes.insert("session".into(), RefOr::T(cookie));
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.security_schemes.insert("bearer".into(), RefOr::T(bearer));
    components.responses.insert("Problem".into(), RefOr::T(problem()));
    mark_components(components);

    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations_mut(item) {
            // Handlers of different slices share names; the address is unique.
            operation.operation_id = Some(operation_id(&method, path));
            let open = public.iter().any(|entry| entry.covers(&method, path));
            let none: [&str; 0] = [];
            operation.security = Some(if open {
                Vec::new()
            } else {
                vec![SecurityRequirement::new("session", none), SecurityRequirement::new("bearer", none)]
            });
            let problem = RefOr::Ref(Ref::new("#/components/responses/Problem"));
            operation.responses.responses.entry("default".into()).or_insert(problem);
            operation.responses.responses.values_mut().for_each(under_its_media_type);
            mark_operation(operation);
        }
    }
    api
}

/// `PUT /api/v1/users/{id}/roles` is `put_users_id_roles`.
fn operation_id(method: &Method, path: &str) -> String {
    let words = path.trim_start_matches("/api/v1").split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.fold(method.as_str().to_ascii_lowercase(), |id, word| id + "_" + word)
}

/// A response documented with `body = ProblemBody` says `application/json`; it is sent as what it is.
fn under_its_media_type(response: &mut RefOr<Response>) {
    let RefOr::T(response) = response else { return };
    let is_problem = |content: &RefOr<Content>| match content {
        RefOr::T(Content { schema: Some(RefOr::Ref(schema)), .. }) => {
            schema.ref_location.ends_with("/ProblemBody")
        }
        _ => false,
    };
    if response.content.get("application/json").is_some_and(is_problem)
        && let Some(content) = response.content.swap_remove("application/json")
    {
        response.content.insert("application/problem+json".to_owned(), content);
    }
}

fn problem() -> Response {
    let schema = Ref::from_schema_name(ProblemBody::name());
    let content = Content::new(Some(schema));
    ResponseBuilder::new()
        .description("拒绝或失败：RFC 9457 问题文档")
        .content("application/problem+json", content)
        .build()
}

/// Every operation of the document, method and path template.
#[must_use]
pub fn operations(api: &OpenApi) -> Vec<(Method, String)> {
    let mut api = api.clone();
    let mut all = Vec::new();
    for (path, item) in &mut api.paths.paths {
        all.extend(operations_mut(item).into_iter().map(|(method, _)| (method, path.clone())));
    }
    all
}

fn operations_mut(item: &mut PathItem) -> Vec<(Method, &mut Operation)> {
    let slots = [
        (Method::GET, &mut item.get),
        (Method::POST, &mut item.post),
        (Method::PUT, &mut item.put),
        (Method::PATCH, &mut item.patch),
        (Method::DELETE, &mut item.delete),
    ];
    slots
        .into_iter()
        .filter_map(|(method, slot)| slot.as_mut().map(|operation| (method, operation)))
        .collect()
}

/// For a test of the application: asks every operation of `api` without a session and reports each one that answers
/// anything but 401 although `public` does not list it, and each entry of `public` that names no operation (the list may
/// only shrink; `kept` holds entries outside the document, such as probes and pages).
pub async fn open_without_session(
    router: Router,
    api: &OpenApi,
    public: &[PublicRoute],
    kept: &[PublicRoute],
) -> Vec<String> {
    let app = TestApp::new(router);
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    let mut document = api.clone();
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            if let Some(entry) = public.iter().position(|entry| entry.covers(&method, path)) {
                used.insert(entry);
                continue;
            }
            let address = filled(path, operation);
            let body = operation.request_body.is_some().then(|| serde_json::json!({}));
            let answer = app.send(method.clone(), &address, body).await;
            if answer.status.as_u16() != 401 || answer.code().is_empty() {
                findings.push(format!("{method} {path} answers {} without a session", answer.status));
            }
        }
    }
    for (at, entry) in public.iter().enumerate() {
        if !used.contains(&at) && !kept.contains(entry) {
            findings.push(format!("{} {} is listed as public but does not exist", entry.method, entry.path));
        }
    }
    findings
}

/// The template with plausible values, so that it is the session that is missing and nothing else.
fn filled(path: &str, operation: &Operation) -> String {
    let mut address = path.to_owned();
    let parameters = operation.parameters.iter().flatten();
    for parameter in parameters.filter_map(|p| if let RefOr::T(p) = p { Some(p) } else { None }) {
        if matches!(parameter.parameter_in, ParameterIn::Path) {
            address = address.replace(&format!("{{{}}}", parameter.name), &example(parameter));
        }
    }
    // Parameters the document forgot.
    while let (Some(from), Some(to)) = (address.find('{'), address.find('}')) {
        if from >= to {
            break;
        }
        address.replace_range(from..=to, "1");
    }
    address
}

fn example(parameter: &Parameter) -> String {
    let schema = match &parameter.schema {
        Some(RefOr::T(Schema::Object(object))) => serde_json::to_value(object).unwrap_or_default(),
        _ => serde_json::Value::Null,
    };
    match schema["format"].as_str() {
        Some("uuid") => "019a0000-0000-7000-8000-000000000000".to_owned(),
        _ => "1".to_owned(),
    }
}
