//! Sessions: how long they last, and that every revocation holds at the next request, on every node.

use chrono::Duration;

use super::*;

#[tokio::test]
async fn idle_and_absolute_end() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let idle = home.session(user).await;
    home.db.clock().advance(Duration::minutes(29));
    idle.get("/api/v1/session").await.expect(200);
    home.db.clock().advance(Duration::minutes(29));
    idle.get("/api/v1/session").await.expect(200);
    home.db.clock().advance(Duration::minutes(31));
    idle.get("/api/v1/session").await.expect(401);

    let busy = home.session(user).await;
    for _ in 0..35 {
        home.db.clock().advance(Duration::minutes(20));
        busy.get("/api/v1/session").await.expect(200);
    }
    home.db.clock().advance(Duration::minutes(20));
    busy.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn the_last_use_is_written_once_a_minute() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let app = home.session(user).await;
    let version = "SELECT xmin::text::bigint FROM identity.session";
    let opened = home.count(version).await;
    home.db.clock().advance(Duration::seconds(59));
    app.get("/api/v1/session").await.expect(200);
    assert_eq!(home.count(version).await, opened, "a read does not write");
    home.db.clock().advance(Duration::seconds(1));
    app.get("/api/v1/session").await.expect(200);
    let touched = home.count(version).await;
    assert_ne!(touched, opened);
    app.get("/api/v1/session").await.expect(200);
    assert_eq!(home.count(version).await, touched);
}

#[tokio::test]
async fn only_a_digest_is_stored_and_only_this_key_makes_it() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let token = home.identity.open_session(&mut tx, user, Channel::Web).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(token.as_str().len(), 64);
    assert_eq!(format!("{token:?}"), "Token(…)");
    let mut tx = home.db.begin_as(Actor::system()).await;
    let digest: Vec<u8> =
        sqlx::query_scalar("SELECT digest FROM identity.session").fetch_one(tx.conn()).await.unwrap();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_ne!(hex, token.as_str());
    // A node with another key does not know the session: changing the key signs everybody out.
    let other = Home::node(&home.db, SessionKey::random().unwrap(), quick());
    let app = TestApp::new(router(&other, &home.db)).bearing(token.as_str());
    app.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn tokens_of_the_wrong_shape_are_no_session() {
    let home = Home::new().await;
    for token in ["", "x", &"g".repeat(64), &"A".repeat(64), &"0".repeat(63), &"0".repeat(64)] {
        home.app.bearing(token).get("/api/v1/session").await.expect(401);
    }
    // A dead token is like none: public pages still answer.
    home.citizen("wangxm").await;
    let body = json!({ "login": "wangxm", "password": PASSWORD });
    home.app.bearing(&"0".repeat(64)).post("/api/v1/session", body).await.expect(200);
}

/// Two nodes on one database, and one session used on both.
async fn two_nodes() -> (Home, TestApp, UserId, TestApp, TestApp) {
    let home = Home::new().await;
    let admin = home.staff("sysadmin", "310000", &["R27@310000"]).await;
    let security = home.staff("secadmin", "310000", &["R28@310000"]).await;
    let user = home.staff("zhoumin", "310104-01", &["R03@310104-01", "R05@310104-01"]).await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let token = home.identity.open_session(&mut tx, user, Channel::Window).await.unwrap();
    tx.commit().await.unwrap();
    let second = Home::node(&home.db, home.identity.key().clone(), quick());
    let there = TestApp::new(router(&second, &home.db)).bearing(token.as_str());
    there.get("/api/v1/session").await.expect(200);
    let admin = home.session(admin).await;
    let security = home.session(security).await;
    (home, admin, user, security, there)
}

#[tokio::test]
async fn a_changed_role_holds_at_the_next_request_everywhere() {
    let (_home, _, user, security, there) = two_nodes().await;
    let roles = |app: TestApp| async move {
        let me = app.get("/api/v1/session").await.expect(200).json();
        (me["roles"].as_array().unwrap().len(), me["permissions"].to_string().contains("casework.handover"))
    };
    assert_eq!(roles(there.clone()).await, (2, true));
    let body = json!({ "roles": [{ "role": "R03", "org": "310104-01" }] });
    security.put(&format!("/api/v1/users/{}/roles", user.0), body).await.expect(204);
    assert_eq!(roles(there.clone()).await, (1, false));
    security.put(&format!("/api/v1/users/{}/roles", user.0), json!({ "roles": [] })).await.expect(204);
    assert_eq!(roles(there).await, (0, false));
}

#[tokio::test]
async fn a_disabled_account_is_out_at_the_next_request_everywhere() {
    let (_home, admin, user, _, there) = two_nodes().await;
    let status = format!("/api/v1/users/{}/status", user.0);
    admin.put(&status, json!({ "status": "disabled" })).await.expect(204);
    there.get("/api/v1/session").await.expect(401);
    // Enabling does not bring the old session back.
    admin.put(&status, json!({ "status": "active" })).await.expect(204);
    there.get("/api/v1/session").await.expect(401);
}

#[tokio::test]
async fn ended_sessions_are_out_at_the_next_request_everywhere() {
    let (home, admin, user, _, there) = two_nodes().await;
    let path = format!("/api/v1/users/{}/sessions", user.0);
    assert_eq!(admin.get(&path).await.expect(200).json().as_array().unwrap().len(), 1);
    admin.delete(&path).await.expect(204);
    there.get("/api/v1/session").await.expect(401);
    assert_eq!(admin.get(&path).await.expect(200).json(), json!([]));
    assert_eq!(home.count("SELECT count(*) FROM identity.event WHERE what = 'sessions_ended'").await, 1);
}

#[tokio::test]
async fn ones_own_sessions() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let (here, there) = (home.session(user).await, home.session(user).await);
    let stranger = home.session(home.citizen_two().await).await;
    let list = here.get("/api/v1/sessions").await.expect(200).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let other = list.as_array().unwrap().iter().find(|row| row["current"] == false).unwrap();
    let path = format!("/api/v1/sessions/{}", other["id"].as_str().unwrap());
    // Somebody else's session is not there for a stranger.
    stranger.delete(&path).await.expect(404);
    there.get("/api/v1/session").await.expect(200);
    here.delete(&path).await.expect(204);
    there.get("/api/v1/session").await.expect(401);
    here.delete(&path).await.expect(404);
}

impl Home {
    async fn citizen_two(&self) -> UserId {
        let person = Some(PersonNo("0000000002".to_owned()));
        self.enter(NewAccount { person, ..account(AccountKind::Citizen, "lixm") }).await
    }
}

#[tokio::test]
async fn another_post() {
    let home = Home::new().await;
    let user =
        home.staff("zhoumin", "310104-01", &["R03@310104-01", "R04@310104-01", "R02@310101-101"]).await;
    let app = home.session(user).await;
    let me = app.get("/api/v1/session").await.expect(200).json();
    let codes: Vec<&str> =
        me["posts"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["310104-01", "310101-101"]);
    assert_eq!(me["roles"].as_array().unwrap().len(), 2);
    app.put("/api/v1/session/post", json!({ "organisation": "310000" })).await.expect(422);
    app.put("/api/v1/session/post", json!({ "organisation": "310101-101" })).await.expect(204);
    let me = app.get("/api/v1/session").await.expect(200).json();
    assert_eq!(me["roles"], json!([{ "code": "R02", "name": "综合柜员（受理岗）" }]));
    // Taken away, the post falls back to the one that is left.
    home.grant(user, &["R03@310104-01"]).await;
    let me = app.get("/api/v1/session").await.expect(200).json();
    assert_eq!(me["roles"][0]["code"], "R03");
}

#[tokio::test]
async fn old_rows_are_purged() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    home.session(user).await;
    home.try_sign_in("wangxm", "wrong").await;
    home.db.clock().advance(Duration::days(2));
    jobs::purge(&home.db.db()).await.unwrap();
    assert_eq!(home.count("SELECT count(*) FROM identity.throttle").await, 0);
    assert_eq!(home.count("SELECT count(*) FROM identity.session").await, 1);
    home.db.clock().advance(Duration::days(30));
    jobs::purge(&home.db.db()).await.unwrap();
    assert_eq!(home.count("SELECT count(*) FROM identity.session").await, 0);
}
