//! The HTTP face.

use base_slice::Registry;
use base_web::testing::TestApp;

use super::*;

async fn app() -> (TestDb, TestApp) {
    let db = db().await;
    let access = Access::new(roles());
    let app = TestApp::new(slice(db.db(), access).routes);
    (db, app)
}

#[tokio::test]
async fn organisations_are_for_everybody_signed_in() {
    let (_db, app) = app().await;
    app.get("/organisations").await.expect(401);
    let citizen = Actor { kind: ActorKind::Citizen, scope: None, ..actor("", &[]) };
    let rows = app.acting_as(citizen).get("/organisations").await.expect(200).json();
    assert_eq!(rows.as_array().unwrap().len(), 10 + 16 * 7 + 215);
    assert_eq!(rows[0]["code"], "310000");
    assert_eq!(rows[0]["parent"], serde_json::Value::Null);
}

#[tokio::test]
async fn roles_are_for_administrators() {
    let (_db, app) = app().await;
    app.get("/roles").await.expect(401);
    app.acting_as(actor("310000/310104", &["R05"])).get("/roles").await.expect(403);
    let rows = app.acting_as(actor("310000/310104", &["R28"])).get("/roles").await.expect(200).json();
    let find = |code: &str| rows.as_array().unwrap().iter().find(|row| row["code"] == code).unwrap();
    assert_eq!(find("R07")["excludes"], serde_json::json!(["R08"]));
    assert_eq!(
        find("R27")["permissions"][0],
        serde_json::json!({ "code": "access.user.read", "name": "查看用户" })
    );
    assert_eq!(find("R02")["grantable"], true);
    assert_eq!(find("R19")["grantable"], false);
    let rows = app.acting_as(actor("310000/310104", &["R27"])).get("/roles").await.expect(200).json();
    assert!(rows.as_array().unwrap().iter().all(|row| row["grantable"] == false));
}

#[test]
fn attaching_needs_every_permission() {
    let access = Access::new(roles());
    let alone =
        base_slice::Slice { name: "access", permissions: PERMISSIONS, ..base_slice::Slice::default() };
    let Err(Error::Catalogue(findings)) = access.attach(&Registry::fold(&[alone]).unwrap()) else {
        panic!("accepted")
    };
    assert!(findings.contains("casework.task.act"), "{findings}");
}
