//! Every route without session, with the wrong role, and with somebody outside the subtree.

use axum::http::Method;
use base_web::{complete, open_without_session, operations};

use super::*;

/// Routes that administrators alone may use, each with a body that would be accepted.
fn administrative(user: &str) -> Vec<(Method, String, Option<Value>, &'static str)> {
    let of = |what: &str| format!("/api/v1/users/{user}{what}");
    vec![
        (Method::GET, "/api/v1/users".to_owned(), None, "R27"),
        (Method::GET, of(""), None, "R27"),
        (Method::GET, of("/sessions"), None, "R27"),
        (
            Method::POST,
            "/api/v1/users".to_owned(),
            Some(json!({ "kind": "staff", "login": "new.one", "name": "新", "organisation": "310104-01" })),
            "R27",
        ),
        (Method::PUT, of("/status"), Some(json!({ "status": "active" })), "R27"),
        (Method::POST, of("/unlock"), Some(json!({})), "R27"),
        (Method::POST, of("/password"), Some(json!({})), "R27"),
        (Method::DELETE, of("/sessions"), None, "R27"),
        (Method::PUT, of("/roles"), Some(json!({ "roles": [] })), "R28"),
    ]
}

fn document(home: &Home) -> (Router, utoipa::openapi::OpenApi) {
    let access = home.identity.access().clone();
    let routes =
        slice(home.identity.clone()).routes.merge(government_access::slice(home.db.db(), access).routes);
    let (router, api) = OpenApiRouter::new().nest("/api/v1", routes).split_for_parts();
    (home.identity.protect(router, &PUBLIC), complete(api, &PUBLIC))
}

#[tokio::test]
async fn nothing_answers_without_a_session() {
    let home = Home::new().await;
    let (router, api) = document(&home);
    assert_eq!(operations(&api).len(), 18);
    let findings = open_without_session(router, &api, &PUBLIC, &[]).await;
    assert!(findings.is_empty(), "{findings:#?}");
    // Handlers refuse by themselves too, should the guard ever be missing.
    let access = home.identity.access().clone();
    let routes =
        slice(home.identity.clone()).routes.merge(government_access::slice(home.db.db(), access).routes);
    let (bare, _) = OpenApiRouter::new().nest("/api/v1", routes).split_for_parts();
    let findings = open_without_session(bare, &api, &PUBLIC, &[]).await;
    assert!(findings.is_empty(), "{findings:#?}");
}

#[tokio::test]
async fn a_list_of_public_routes_can_only_shrink() {
    static STALE: [PublicRoute; 2] =
        [PublicRoute::new("POST", "/api/v1/session"), PublicRoute::new("GET", "/api/v1/gone")];
    let home = Home::new().await;
    let (router, api) = document(&home);
    let findings = open_without_session(router, &api, &STALE, &[]).await;
    assert_eq!(findings, ["GET /api/v1/gone is listed as public but does not exist"]);
}

#[tokio::test]
async fn administrative_routes_need_their_role() {
    let home = Home::new().await;
    let clerk = home.staff("zhoumin", "310104-101", &["R02@310104-101"]).await;
    // Every role but the administrators', at the city, and a citizen: 403 throughout.
    let officer =
        home.staff("officer", "310000", &["R05@310000", "R06@310000", "R20@310000", "R21@310000"]).await;
    let citizen = home.citizen("wangxm").await;
    for wrong in [home.session(officer).await, home.session(citizen).await] {
        for (method, path, body, _) in administrative(&clerk.0.to_string()) {
            let answer = wrong.send(method.clone(), &path, body).await;
            assert_eq!(answer.status, 403, "{method} {path}");
            assert_eq!(answer.code(), "access.forbidden", "{method} {path}");
        }
    }
    // Each administrator holds the one half and not the other.
    for role in ["R27", "R28"] {
        let admin = home.staff(&format!("admin.{role}"), "310000", &[&format!("{role}@310000")]).await;
        let admin = home.session(admin).await;
        for (method, path, body, needed) in administrative(&clerk.0.to_string()) {
            let answer = admin.send(method.clone(), &path, body).await;
            let read = method == Method::GET;
            let allowed = read || needed == role;
            assert_eq!(answer.status.as_u16() == 403, !allowed, "{role} {method} {path}: {}", answer.text());
            assert!(answer.status.is_success() || !allowed, "{role} {method} {path}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn outside_the_subtree_there_is_nobody() {
    let home = Home::new().await;
    let foreign = home.staff("lifang", "310101-101", &["R02@310101-101"]).await;
    let nobody = uuid::Uuid::nil();
    for role in ["R27", "R28"] {
        let admin = home.staff(&format!("admin.{role}"), "310104", &[&format!("{role}@310104")]).await;
        let admin = home.session(admin).await;
        for user in [foreign.0, nobody] {
            for (method, path, body, needed) in administrative(&user.to_string()) {
                if !path.contains(&user.to_string()) || (needed != role && method != Method::GET) {
                    continue;
                }
                let answer = admin.send(method.clone(), &path, body).await;
                assert_eq!(answer.status, 404, "{role} {method} {path}");
                assert_eq!(answer.code(), "access.no_user", "not told apart from one that does not exist");
            }
        }
    }
}

#[tokio::test]
async fn an_administrator_without_a_post_sees_nothing() {
    let home = Home::new().await;
    let admin = home.staff("admin", "310000", &["R27@310000"]).await;
    let app = home.session(admin).await;
    home.grant(admin, &[]).await;
    app.get("/api/v1/users").await.expect(403);
}

#[tokio::test]
async fn unusual_input_is_refused_not_failed() {
    let home = Home::new().await;
    let admin = home.session(home.staff("admin", "310000", &["R27@310000"]).await).await;
    for path in [
        "/api/v1/users/not-a-uuid",
        "/api/v1/users?page=0",
        "/api/v1/users?page=99999999999",
        "/api/v1/users?kind=king",
        "/api/v1/users?query=%00",
        "/api/v1/users/%ff",
    ] {
        let answer = admin.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{path}");
    }
    let nul = json!({ "login": "a\u{0}b", "password": "x" });
    home.app.post("/api/v1/session", nul).await.expect(422);
    home.app
        .post("/api/v1/session", json!({ "login": "x".repeat(100_000), "password": "y" }))
        .await
        .expect(401);
    home.app.post("/api/v1/session", json!([])).await.expect(422);
}
