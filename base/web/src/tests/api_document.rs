//! What is completed in the folded API document.

use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::*;
use crate::{ProblemBody, complete, open_without_session, operations};

#[derive(Serialize, Deserialize, ToSchema)]
struct Entry {
    name: String,
    #[schema(pattern = "^[0-9]{10}$")]
    number: Option<String>,
    tags: Vec<String>,
}

#[utoipa::path(put, path = "/entries/{id}", params(("id" = uuid::Uuid, Path)), request_body = Entry, responses(
    (status = 200, body = Entry),
    (status = 404, body = ProblemBody),
))]
async fn list(Path(_id): Path<uuid::Uuid>, _caller: Caller, Json(entry): Json<Entry>) -> Json<Entry> {
    Json(entry)
}

#[utoipa::path(get, path = "/open", responses((status = 200, body = Entry)))]
async fn open() -> &'static str {
    "{}"
}

static PUBLIC: [PublicRoute; 1] = [PublicRoute::new("GET", "/api/v1/open")];

fn document() -> (Router, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::new().routes(routes!(list)).routes(routes!(open));
    let (router, api) = OpenApiRouter::new().nest("/api/v1", routes).split_for_parts();
    (router, complete(api, &PUBLIC))
}

#[test]
fn every_operation_says_what_holds_for_all() {
    let (_, api) = document();
    let json = serde_json::to_value(&api).unwrap();
    let put = &json["paths"]["/api/v1/entries/{id}"]["put"];
    assert_eq!(put["operationId"], "put_entries_id");
    assert_eq!(put["security"], serde_json::json!([{ "session": [] }, { "bearer": [] }]));
    assert_eq!(put["responses"]["default"]["$ref"], "#/components/responses/Problem");
    assert!(put["responses"]["404"]["content"]["application/problem+json"].is_object());
    assert!(put["responses"]["200"]["content"]["application/json"].is_object());
    assert_eq!(json["paths"]["/api/v1/open"]["get"]["security"], serde_json::json!([]));
    let entry = &json["components"]["schemas"]["Entry"]["properties"];
    assert_eq!(entry["name"]["pattern"], r"^[^\u0000]*$");
    assert_eq!(entry["tags"]["items"]["pattern"], r"^[^\u0000]*$");
    assert_eq!(entry["number"]["pattern"], "^[0-9]{10}$");
    assert!(json["components"]["schemas"]["ProblemBody"].is_object());
    assert_eq!(operations(&api).len(), 2);
}

#[tokio::test]
async fn what_answers_without_a_session_is_found() {
    let (router, api) = document();
    // The path is looked at before the caller here, and the probe fills it in: 401, not 404.
    assert!(open_without_session(router.clone(), &api, &PUBLIC, &[]).await.is_empty());
    let findings = open_without_session(router, &api, &[], &[]).await;
    assert_eq!(findings, ["GET /api/v1/open answers 200 OK without a session"]);
}
