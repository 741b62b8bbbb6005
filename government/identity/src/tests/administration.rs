//! What administrators may do to whom.

use super::*;

/// A district with its two administrators, one of the city, and clerks inside and outside the district.
struct District {
    home: Home,
    system: TestApp,
    security: TestApp,
    clerk: UserId,
    foreign: UserId,
}

async fn district() -> District {
    let home = Home::new().await;
    let system = home.staff("xh.system", "310104", &["R27@310104"]).await;
    let security = home.staff("xh.security", "310104", &["R28@310104"]).await;
    let clerk = home.staff("zhoumin", "310104-101", &["R02@310104-101"]).await;
    let foreign = home.staff("lifang", "310101-101", &["R02@310101-101"]).await;
    let (system, security) = (home.session(system).await, home.session(security).await);
    District { home, system, security, clerk, foreign }
}

fn of(user: UserId, what: &str) -> String {
    format!("/api/v1/users/{}{what}", user.0)
}

#[tokio::test]
async fn accounts_of_the_subtree_and_no_others() {
    let d = district().await;
    let page = d.system.get("/api/v1/users").await.expect(200).json();
    let logins: Vec<&str> =
        page["rows"].as_array().unwrap().iter().map(|r| r["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["xh.security", "xh.system", "zhoumin"]);
    assert_eq!(page["total"], 3);
    let narrowed = d.system.get("/api/v1/users?query=ZHOU&kind=staff&size=1").await.expect(200).json();
    assert_eq!(
        (narrowed["total"].clone(), narrowed["rows"][0]["login"].clone()),
        (json!(1), json!("zhoumin"))
    );
    // The name is a text to look for, not a pattern.
    assert_eq!(d.system.get("/api/v1/users?query=%25").await.expect(200).json()["total"], 0);
    assert_eq!(d.system.get("/api/v1/users?page=2").await.expect(200).json()["total"], 3);

    let row = d.security.get(&of(d.clerk, "")).await.expect(200).json();
    assert_eq!(row["roles"][0]["role_name"], "综合柜员（受理岗）");
    d.system.get(&of(d.foreign, "")).await.expect(404);
    // Citizens belong to no district: only the city's administrators see them.
    let citizen = d.home.citizen("wangxm").await;
    d.system.get(&of(citizen, "")).await.expect(404);
    let city = d.home.staff("city.system", "310000", &["R27@310000"]).await;
    d.home.session(city).await.get(&of(citizen, "")).await.expect(200);
}

#[tokio::test]
async fn making_an_account() {
    let d = district().await;
    let body = |login: &str, organisation: &str| json!({ "kind": "staff", "login": login, "name": "新同事", "organisation": organisation });
    let issued = d.system.post("/api/v1/users", body("New.One", "310104-02")).await.expect(201).json();
    assert_eq!(issued["login"], "new.one");
    let first = d.home.try_sign_in("new.one", issued["password"].as_str().unwrap()).await.expect(200);
    assert_eq!(first.json()["must_change_password"], true);
    assert_eq!(first.json()["roles"], json!([]));
    assert_eq!(
        d.system.post("/api/v1/users", body("NEW.one", "310104-02")).await.expect(422).code(),
        "identity.login_taken"
    );
    d.system.post("/api/v1/users", body("other", "310101-01")).await.expect(403);
    d.system.post("/api/v1/users", body("other", "999999")).await.expect(422);
    for login in ["ab", "-ab", "周敏敏", "a b c", "a/../b", &"x".repeat(65)] {
        let refused = d.system.post("/api/v1/users", body(login, "310104-02")).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "login", "{login}");
    }
    let citizen = json!({ "kind": "citizen", "login": "wangxm", "name": "王", "person_no": "0000000001" });
    d.system.post("/api/v1/users", citizen.clone()).await.expect(403);
    let city = d.home.staff("city.system", "310000", &["R27@310000"]).await;
    let city = d.home.session(city).await;
    city.post("/api/v1/users", citizen).await.expect(201);
    for (field, body) in [
        ("person_no", json!({ "kind": "citizen", "login": "c01", "name": "王" })),
        ("person_no", json!({ "kind": "citizen", "login": "c01", "name": "王", "person_no": "12a" })),
        ("employer_no", json!({ "kind": "employer", "login": "c01", "name": "王" })),
        (
            "employer_name",
            json!({ "kind": "employer", "login": "c01", "name": "王", "employer_no": "0000000001" }),
        ),
        ("organisation", json!({ "kind": "staff", "login": "c01", "name": "王" })),
        ("name", json!({ "kind": "staff", "login": "c01", "name": " ", "organisation": "310104" })),
    ] {
        let refused = city.post("/api/v1/users", body).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn unlocking() {
    let d = district().await;
    for _ in 0..5 {
        d.home.try_sign_in("zhoumin", "wrong").await;
    }
    d.home.try_sign_in("zhoumin", PASSWORD).await.expect(429);
    let view = d.system.get(&of(d.clerk, "")).await.expect(200).json();
    assert_eq!(view["locked_until"], "2026-07-01T01:15:00Z");
    d.system.post(&of(d.clerk, "/unlock"), json!({})).await.expect(204);
    assert_eq!(d.system.get(&of(d.clerk, "")).await.expect(200).json()["locked_until"], Value::Null);
    d.home.try_sign_in("zhoumin", PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_forgotten_password() {
    let d = district().await;
    let before = d.home.session(d.clerk).await;
    let issued = d.system.post(&of(d.clerk, "/password"), json!({})).await.expect(200).json();
    before.get("/api/v1/session").await.expect(401);
    d.home.try_sign_in("zhoumin", PASSWORD).await.expect(401);
    let response = d.home.try_sign_in("zhoumin", issued["password"].as_str().unwrap()).await.expect(200);
    assert_eq!(response.json()["must_change_password"], true);
}

#[tokio::test]
async fn nobody_takes_over_a_stronger_account() {
    let d = district().await;
    // Works in the district, holds a role over the city.
    let strong = d.home.staff("qiangren", "310104-01", &["R20@310000"]).await;
    for (method, what) in [("post", "/password"), ("post", "/unlock"), ("delete", "/sessions")] {
        let path = of(strong, what);
        let refused = match method {
            "post" => d.system.post(&path, json!({})).await,
            _ => d.system.delete(&path).await,
        };
        assert_eq!(refused.expect(403).code(), "identity.beyond_reach", "{what}");
    }
    let status = d.system.put(&of(strong, "/status"), json!({ "status": "disabled" })).await;
    assert_eq!(status.expect(403).code(), "identity.beyond_reach");
    // The system administrator can't become the security administrator by resetting their password.
    let me = d.security.get("/api/v1/session").await.json();
    let security: uuid::Uuid = me["user_id"].as_str().unwrap().parse().unwrap();
    let refused = d.system.post(&of(UserId(security), "/password"), json!({})).await.expect(403);
    assert_eq!(refused.code(), "identity.beyond_reach");
    // Nor does anybody lock themselves out.
    let me = d.system.get("/api/v1/session").await.json();
    let own: uuid::Uuid = me["user_id"].as_str().unwrap().parse().unwrap();
    let refused = d.system.put(&of(UserId(own), "/status"), json!({ "status": "disabled" })).await;
    assert_eq!(refused.expect(403).code(), "identity.oneself");
}

#[tokio::test]
async fn granting_through_http() {
    let d = district().await;
    let path = of(d.clerk, "/roles");
    let put = |roles: Value| d.security.put(&path, json!({ "roles": roles }));
    let at = |role: &str, org: &str| json!({ "role": role, "org": org });
    put(json!([at("R02", "310104-101"), at("R03", "310104-01")])).await.expect(204);
    assert_eq!(put(json!([at("R03", "310101-01")])).await.expect(403).code(), "access.outside_subtree");
    assert_eq!(
        put(json!([at("R07", "310104"), at("R08", "310104")])).await.expect(422).code(),
        "access.exclusive_roles"
    );
    assert_eq!(
        put(json!([at("R02", "310104-01"), at("R98", "310104-01")])).await.expect(403).code(),
        "access.role_not_yours"
    );
    assert_eq!(put(json!([at("R17", "310104-01")])).await.expect(422).code(), "access.wrong_level");
    put(json!(vec![at("R02", "310104-101"); 51])).await.expect(422);
    d.security.put(&of(d.foreign, "/roles"), json!({ "roles": [] })).await.expect(404);
    // Accounts without a staff record have no roles.
    let citizen = d.home.citizen("wangxm").await;
    let city = d.home.staff("city.security", "310000", &["R28@310000"]).await;
    let city = d.home.session(city).await;
    city.put(&of(citizen, "/roles"), json!({ "roles": [] })).await.expect(404);
    assert_eq!(d.home.count("SELECT count(*) FROM identity.event WHERE what = 'roles_changed'").await, 1);
}

#[tokio::test]
async fn a_district_administrator_delegates_downwards_only() {
    let d = district().await;
    let hall = d.home.staff("hall.security", "310104-101", &[]).await;
    let body = json!({ "roles": [{ "role": "R28", "org": "310104-101" }] });
    d.security.put(&of(hall, "/roles"), body).await.expect(204);
    let hall = d.home.session(hall).await;
    let grant = |role: &str, org: &str| json!({ "roles": [{ "role": role, "org": org }] });
    hall.put(&of(d.clerk, "/roles"), grant("R17", "310104-101")).await.expect(204);
    hall.put(&of(d.clerk, "/roles"), grant("R03", "310104-01")).await.expect(403);
}
