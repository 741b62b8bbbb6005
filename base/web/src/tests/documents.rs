//! Every refusal is a Chinese problem document with the request id.

use axum::body::Body;
use axum::http::Request;
use base_kernel::{Actor, ActorKind};

use super::*;
use crate::testing::TestResponse;

fn is_document(response: &TestResponse, status: u16, code: &str) {
    let document = response.json();
    assert_eq!(response.status.as_u16(), status, "{document}");
    assert_eq!(response.headers["content-type"], "application/problem+json");
    assert_eq!(document["code"], code);
    assert_eq!(document["status"], status);
    assert_eq!(document["request_id"].as_str().unwrap(), response.headers["x-request-id"]);
    assert!(!document["detail"].as_str().unwrap().is_ascii(), "{document}");
}

#[tokio::test]
async fn unknown_address_and_wrong_method() {
    is_document(&app().get("/api/v1/nothing").await, 404, "request.not_found");
    let wrong = app().delete("/api/v1/notes").await;
    is_document(&wrong, 405, "request.method");
    assert_eq!(wrong.headers["allow"], "POST");
    // Even where a session is missing: such methods exist nowhere.
    let router = crate::require_session(routes(), &[]);
    let closed = TestApp::new(stack(router, WebConfig::default()).unwrap());
    is_document(&closed.send(axum::http::Method::TRACE, "/api/v1/notes", None).await, 405, "request.method");
}

#[tokio::test]
async fn a_panic_is_recorded_and_says_nothing() {
    let response = app().get("/api/v1/panic").await;
    is_document(&response, 500, "internal");
    assert!(!response.text().contains("王小明"));
}

#[tokio::test]
async fn what_takes_too_long_is_given_up() {
    let impatient = app_with(WebConfig { request_timeout_s: 0, ..WebConfig::default() });
    is_document(&impatient.get("/api/v1/forever").await, 503, "web.timeout");
}

#[tokio::test]
async fn a_full_house_refuses_at_once_but_answers_probes() {
    let app = app_with(WebConfig { concurrency: 1, ..WebConfig::default() });
    let busy = app.clone();
    let held = tokio::spawn(async move { busy.get("/api/v1/forever").await });
    tokio::task::yield_now().await;
    is_document(&app.get("/api/v1/page").await, 503, "web.overloaded");
    assert_eq!(app.get("/healthz").await.text(), "ok");
    held.abort();
    let _ = held.await;
    assert_eq!(app.get("/api/v1/page").await.status, 200);
}

#[tokio::test]
async fn an_incoming_id_is_kept_when_it_is_one() {
    let id = "0190a000-0000-7000-8000-000000000001";
    let kept = app().with_header("x-request-id", id).get("/api/v1/page").await;
    assert_eq!(kept.headers["x-request-id"], id);
    let forged = app().with_header("x-request-id", "x\" level=error").get("/api/v1/page").await;
    assert!(forged.headers["x-request-id"].to_str().unwrap().parse::<uuid::Uuid>().is_ok());
}

#[tokio::test]
async fn headers_of_every_answer() {
    let response = app().get("/api/v1/page").await;
    let policy = response.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe-inline'"));
    assert_eq!(response.headers["x-content-type-options"], "nosniff");
    assert_eq!(response.headers["cross-origin-opener-policy"], "same-origin");
    assert_eq!(response.headers["cache-control"], "no-store");
    assert!(!response.headers.contains_key("strict-transport-security"));
    let strict = app_with(WebConfig { hsts_s: 31_536_000, ..WebConfig::default() });
    let hsts = strict.get("/api/v1/nothing").await.headers["strict-transport-security"].clone();
    assert_eq!(hsts, "max-age=31536000; includeSubDomains");
}

#[tokio::test]
async fn long_answers_travel_compressed() {
    let response = app().with_header("accept-encoding", "gzip").get("/api/v1/long").await;
    assert_eq!(response.headers["content-encoding"], "gzip");
    assert!(response.body.len() < 1000);
}

#[tokio::test]
async fn routes_are_closed_unless_listed() {
    static PUBLIC: [PublicRoute; 2] =
        [PublicRoute::new("GET", "/api/v1/words/*"), PublicRoute::new("GET", "/healthz")];
    let router = crate::require_session(routes(), &PUBLIC);
    let app = TestApp::new(stack(router, WebConfig::default()).unwrap());
    is_document(&app.get("/api/v1/page").await, 401, "identity.not_signed_in");
    is_document(&app.post("/api/v1/notes", serde_json::json!({})).await, 401, "identity.not_signed_in");
    is_document(&app.get("/api/v1/nothing").await, 404, "request.not_found");
    assert_eq!(app.get("/api/v1/words/x").await.text(), "x");
    let head = Request::head("/healthz").body(Body::empty()).unwrap();
    assert_eq!(app.raw(head).await.status, 200);
    let staff = Actor {
        kind: ActorKind::Staff,
        name: "李".into(),
        user: UserId(uuid::Uuid::max()),
        ..Actor::system()
    };
    assert_eq!(app.acting_as(staff).get("/api/v1/me").await.text(), "李");
}
