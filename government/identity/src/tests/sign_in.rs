//! Signing in: what works, what is refused, and that a refusal tells nothing.

use chrono::Duration;

use super::*;

#[tokio::test]
async fn staff_sign_in_and_see_themselves() {
    let home = Home::new().await;
    home.staff("zhoumin", "310104-01", &["R03@310104-01"]).await;
    let response = home.try_sign_in(" ZhouMin ", PASSWORD).await.expect(200);
    let me = response.json();
    assert_eq!(me["kind"], "staff");
    assert_eq!(me["organisation"]["code"], "310104-01");
    assert_eq!(me["roles"], json!([{ "code": "R03", "name": "初审岗" }]));
    assert!(me["permissions"].as_array().unwrap().contains(&json!("casework.task.act")));
    assert_eq!(me["posts"][0]["current"], true);
    assert_eq!(me["must_change_password"], false);
    // 09:00 Shanghai and thirty minutes.
    assert_eq!(me["expires_at"], "2026-07-01T01:30:00Z");
    let again = home.app.bearing(&token(&response)).get("/api/v1/session").await.expect(200).json();
    assert_eq!(again["user_id"], me["user_id"]);
    assert_eq!(again["token"], Value::Null);
    assert_eq!(home.count("SELECT count(*) FROM identity.event WHERE what = 'sign_in'").await, 1);
}

#[tokio::test]
async fn the_cookie_is_for_this_site_alone() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    let response = home.try_sign_in("wangxm", PASSWORD).await.expect(200);
    let cookie = response.headers["set-cookie"].to_str().unwrap().to_owned();
    let parts: Vec<&str> = cookie.split("; ").collect();
    assert!(parts.contains(&"HttpOnly") && parts.contains(&"SameSite=Strict") && parts.contains(&"Path=/"));
    assert!(!cookie.contains("Secure"));
    let by_cookie = home.app.with_header("cookie", parts[0]);
    let me = by_cookie.get("/api/v1/session").await.expect(200).json();
    assert_eq!((me["kind"].clone(), me["person_no"].clone()), (json!("citizen"), json!("0000000001")));
    assert_eq!(me["roles"][0]["code"], "R01");
    let out = by_cookie.delete("/api/v1/session").await.expect(204);
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    by_cookie.get("/api/v1/session").await.expect(401);

    let secure = Home::with(IdentityConfig { secure_cookie: true, ..quick() }).await;
    secure.citizen("wangxm").await;
    let response = secure.try_sign_in("wangxm", PASSWORD).await.expect(200);
    assert!(response.headers["set-cookie"].to_str().unwrap().contains("; Secure"));
}

#[tokio::test]
async fn an_employers_operator() {
    let home = Home::new().await;
    home.enter(NewAccount {
        employer: Some("0000000009".to_owned().into()),
        employer_name: Some("上海测试有限公司".to_owned()),
        ..account(AccountKind::Employer, "hr001")
    })
    .await;
    let me = home.try_sign_in("hr001", PASSWORD).await.expect(200).json();
    assert_eq!(me["employer"], json!({ "employer_no": "0000000009", "name": "上海测试有限公司" }));
}

#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_look_alike() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    for attempt in 1..=6 {
        let known = home.try_sign_in("wangxm", "wrong").await;
        let unknown = home.try_sign_in("nobody", "wrong").await;
        assert_eq!(known.status, unknown.status, "attempt {attempt}");
        assert_eq!(known.code(), unknown.code(), "attempt {attempt}");
        assert_eq!(known.json()["detail"], unknown.json()["detail"], "attempt {attempt}");
        let expected =
            if attempt < 5 { (401, "identity.wrong_credentials") } else { (429, "identity.locked") };
        assert_eq!((known.status.as_u16(), known.code().as_str()), expected, "attempt {attempt}");
    }
    // What was typed as a login may be a password: it stands nowhere.
    let kept = home.count("SELECT count(*) FROM identity.throttle WHERE key LIKE '%nobody%'").await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn five_failures_lock_for_a_quarter_of_an_hour() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    for _ in 0..5 {
        home.try_sign_in("WANGXM", "wrong").await;
    }
    assert_eq!(home.try_sign_in("wangxm", PASSWORD).await.expect(429).code(), "identity.locked");
    home.db.clock().advance(Duration::minutes(14));
    home.try_sign_in("wangxm", PASSWORD).await.expect(429);
    home.db.clock().advance(Duration::minutes(2));
    home.try_sign_in("wangxm", PASSWORD).await.expect(200);
    assert_eq!(home.count("SELECT count(*) FROM identity.throttle WHERE kind = 'login'").await, 0);
}

#[tokio::test]
async fn success_forgets_earlier_failures() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    for _ in 0..3 {
        for _ in 0..4 {
            home.try_sign_in("wangxm", "wrong").await.expect(401);
        }
        home.try_sign_in("wangxm", PASSWORD).await.expect(200);
    }
}

#[tokio::test]
async fn parallel_guesses_gain_nothing() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    let guesses = (0..40).map(|n| {
        let app = home.app.clone();
        async move {
            let body = json!({ "login": "wangxm", "password": format!("guess{n}") });
            app.post("/api/v1/session", body).await.status.as_u16()
        }
    });
    let answers: Vec<u16> = futures_join(guesses).await;
    // Four are told "wrong", the fifth and all later ones "locked", however they were interleaved.
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 4);
    home.try_sign_in("wangxm", PASSWORD).await.expect(429);
}

async fn futures_join<T: Send + 'static>(
    work: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut set: tokio::task::JoinSet<T> = work.collect();
    let mut done = Vec::new();
    while let Some(one) = set.join_next().await {
        done.push(one.unwrap());
    }
    done
}

#[tokio::test]
async fn a_disabled_account_learns_it_only_with_the_right_password() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    home.identity.act(&mut tx, user, users::Act::Disable).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(home.try_sign_in("wangxm", "wrong").await.expect(401).code(), "identity.wrong_credentials");
    assert_eq!(home.try_sign_in("wangxm", PASSWORD).await.expect(403).code(), "identity.disabled");
}

#[tokio::test]
async fn the_channel_must_fit_the_account() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    let at = |channel: &str| json!({ "login": "wangxm", "password": PASSWORD, "channel": channel });
    home.app.post("/api/v1/session", at("window")).await.expect(422);
    home.app.post("/api/v1/session", at("system")).await.expect(422);
    home.app.post("/api/v1/session", at("kiosk")).await.expect(200);
}

#[tokio::test]
async fn signing_in_anew_leaves_the_old_session() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    let first = token(&home.try_sign_in("wangxm", PASSWORD).await);
    let body = json!({ "login": "wangxm", "password": PASSWORD });
    let second = token(&home.app.bearing(&first).post("/api/v1/session", body).await.expect(200));
    assert_ne!(first, second);
    home.app.bearing(&first).get("/api/v1/session").await.expect(401);
    home.app.bearing(&second).get("/api/v1/session").await.expect(200);
}

#[tokio::test]
async fn hashes_under_weaker_parameters_are_renewed() {
    let home = Home::new().await;
    home.citizen("wangxm").await;
    let stronger = IdentityConfig { argon2_kib: 128, argon2_passes: 2, ..quick() };
    let node = Home::node(&home.db, SessionKey::random().unwrap(), stronger);
    let app = TestApp::new(router(&node, &home.db));
    let body = json!({ "login": "wangxm", "password": PASSWORD });
    app.post("/api/v1/session", body).await.expect(200);
    let renewed =
        "SELECT count(*) FROM identity.account WHERE password LIKE '$argon2id$v=19$m=128,t=2,p=1$%'";
    assert_eq!(home.count(renewed).await, 1);
    home.try_sign_in("wangxm", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_source_with_many_failures_waits() {
    let home = Home::with(IdentityConfig { source_after: 3, ..quick() }).await;
    home.citizen("wangxm").await;
    let from = |n: usize| {
        let (app, login) = (router(&home.identity, &home.db), format!("login{n}"));
        async move { from_address(app, &login, "wrong").await }
    };
    for n in 0..4 {
        assert_eq!(from(n).await.0, 401, "attempt {n}");
    }
    let (status, code) = from(4).await;
    assert_eq!((status, code.as_str()), (429, "identity.source_blocked"));
    // Even the right password waits, at this address; elsewhere it works.
    let app = router(&home.identity, &home.db);
    assert_eq!(from_address(app, "wangxm", PASSWORD).await.0, 429);
    home.try_sign_in("wangxm", PASSWORD).await.expect(200);
    home.db.clock().advance(Duration::seconds(2));
    let app = router(&home.identity, &home.db);
    assert_eq!(from_address(app, "wangxm", PASSWORD).await.0, 200);
}

/// A sign-in from one and the same address.
async fn from_address(app: Router, login: &str, password: &str) -> (u16, String) {
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;
    let body = json!({ "login": login, "password": password }).to_string();
    let mut request = axum::http::Request::post("/api/v1/session")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body))
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 9))));
    let response = TestApp::new(app).raw(request).await;
    (response.status.as_u16(), response.code())
}
