//! The stack as a client sees it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod api_document;
mod documents;
mod input;
mod rates;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Router, body};
use base_kernel::{FixedClock, UserId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::testing::TestApp;
use crate::{Caller, Json, Multipart, PageQuery, Path, Problem, PublicRoute, Query, WebConfig, stack};

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    text: String,
    #[serde(default)]
    rows: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    wage_fen: i64,
}

/// A small application with one route of each kind.
fn routes() -> Router {
    async fn echo(Json(note): Json<Note>) -> Json<Note> {
        Json(note)
    }
    async fn page(Query(page): Query<PageQuery>) -> String {
        format!("{} {}", page.limit(), page.offset())
    }
    async fn upload(Multipart(mut form): Multipart) -> Result<String, Problem> {
        let mut bytes = 0;
        while let Ok(Some(field)) = form.next_field().await {
            bytes += field.bytes().await.map_or(0, |part| part.len());
        }
        Ok(bytes.to_string())
    }
    Router::new()
        .route("/api/v1/notes", post(echo))
        .route("/api/v1/notes/{id}", get(|Path(id): Path<uuid::Uuid>| async move { id.to_string() }))
        .route("/api/v1/words/{word}", get(|Path(word): Path<String>| async move { word }))
        .route("/api/v1/anything", post(|Json(any): Json<serde_json::Value>| async { Json(any) }))
        .route("/api/v1/page", get(page))
        .route("/api/v1/session", post(|| async { "signed in" }))
        .route("/api/v1/files", post(upload))
        .route("/api/v1/long", get(|| async { "人社".repeat(2000) }))
        .route("/api/v1/me", get(|caller: Caller| async move { caller.actor.name }))
        .route(
            "/api/v1/panic",
            get(|| async {
                if true {
                    panic!("王小明 310104")
                }
            }),
        )
        .route("/api/v1/forever", get(std::future::pending::<()>))
        .route("/healthz", get(|| async { "ok" }))
}

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::on(NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()))
}

fn app_with(config: WebConfig) -> TestApp {
    TestApp::new(stack(routes(), config).unwrap())
}

fn app() -> TestApp {
    app_with(WebConfig { clock: clock(), ..WebConfig::default() })
}
