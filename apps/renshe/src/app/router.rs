//! The HTTP face as a whole: slices under `/api/v1`, operation pages, the web application.

use std::sync::Arc;

use anyhow::Context;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base_db::Db;
use base_slice::Slice;
use base_telemetry::Metrics;
use base_web::{PublicRoute, WebConfig};
use engine_document::AuthoriseFn;
use government_casework::Desk;
use government_identity::Identity;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

use super::super::pages;
use crate::config::Config;

/// Everything that answers without a session. May only shrink.
pub(crate) const PUBLIC: &[PublicRoute] = &[
    PublicRoute::new("GET", "/healthz"),
    PublicRoute::new("GET", "/readyz"),
    PublicRoute::new("GET", "/metrics"),
    PublicRoute::new("GET", "/api/openapi.json"),
    PublicRoute::new("GET", "/api/docs*"),
    PublicRoute::new("POST", "/api/v1/session"),
    PublicRoute::new("GET", "/api/v1/items"),
    PublicRoute::new("GET", "/api/v1/items/{code}"),
    PublicRoute::new("GET", "/api/v1/codes/{set}"),
    PublicRoute::new("GET", "/api/v1/verification/{code}"),
    PublicRoute::new("POST", "/api/v1/policy/retirement"),
    PublicRoute::new("POST", "/api/v1/policy/pension"),
    PublicRoute::new("POST", "/api/v1/policy/contribution"),
    PublicRoute::new("GET", "/desk*"),
    PublicRoute::new("GET", "/{*path}"),
    PublicRoute::new("GET", "/"),
];

pub(crate) fn router(
    config: &Config,
    db: &Db,
    identity: &Identity,
    slices: Vec<Slice>,
    metrics: Option<Metrics>,
) -> anyhow::Result<(Router, OpenApi)> {
    let folded = slices.into_iter().fold(OpenApiRouter::new(), |all, slice| all.merge(slice.routes));
    let info = InfoBuilder::new().title("人社一体化服务平台").version("1").description(Some(
        "事项、办件、参数与业务查询接口。登录后使用会话 Cookie 或 Authorization: Bearer。",
    ));
    let base = OpenApiBuilder::new().info(info.build()).build();
    let (api, openapi) = OpenApiRouter::with_openapi(base).nest("/api/v1", folded).split_for_parts();
    let openapi = base_web::complete(openapi, PUBLIC);
    let document = Arc::new(serde_json::to_value(&openapi).context("API 文档")?);
    let served = Arc::clone(&document);
    let router = api
        .merge(operation(db.clone(), metrics))
        .route("/api/openapi.json", get(move || async move { Json(served.as_ref().clone()) }))
        .merge(swagger(&openapi))
        .merge(pages::router());
    let protected = identity.protect(router, PUBLIC);
    let settings = WebConfig {
        concurrency: config.http.concurrency,
        request_timeout_s: config.http.timeout_seconds,
        hsts_s: if config.http.secure { 31_536_000 } else { 0 },
        ..WebConfig::default()
    };
    Ok((base_web::stack(protected, settings)?, openapi))
}

fn swagger(openapi: &OpenApi) -> Router {
    let config = utoipa_swagger_ui::Config::new(["/api/openapi.json"]);
    let page = utoipa_swagger_ui::SwaggerUi::new("/api/docs").config(config);
    let _ = openapi;
    page.into()
}

#[derive(Clone)]
struct Operation {
    db: Db,
    metrics: Option<Metrics>,
}

fn operation(db: Db, metrics: Option<Metrics>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .with_state(Operation { db, metrics })
}

/// Ready when the database answers.
async fn ready(State(operation): State<Operation>) -> Response {
    match tokio::time::timeout(std::time::Duration::from_secs(2), operation.db.ping()).await {
        Ok(Ok(_)) => (StatusCode::OK, "ready\n").into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n").into_response(),
    }
}

/// Prometheus text.
async fn figures(State(operation): State<Operation>) -> Response {
    let text = operation.metrics.map(|metrics| metrics.render()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// The holder may read a document, and whoever may see its case.
pub(crate) fn may_read_document(desk: Desk) -> AuthoriseFn {
    Arc::new(move |tx, document| {
        let desk = desk.clone();
        Box::pin(async move {
            if engine_document::is_holder(tx, document) {
                return Ok(true);
            }
            Ok(desk.document_visible(tx, document.id).await.is_ok())
        })
    })
}
