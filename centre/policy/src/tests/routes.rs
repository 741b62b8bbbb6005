//! The HTTP face.

use base_testdb::TestDb;
use base_web::testing::TestApp;
use serde_json::json;

use super::desk::{db, staff};
use crate::*;

async fn app() -> (TestDb, TestApp) {
    let db = db().await;
    let policy = PolicyStore::open(Catalogue::shipped().unwrap(), &db.db()).await.unwrap();
    let app = TestApp::new(slice(db.db(), policy).routes);
    (db, app)
}

#[tokio::test]
async fn parameters_are_listed_for_those_who_may_read() {
    let (_db, app) = app().await;
    app.get("/parameters").await.expect(401);
    app.acting_as(staff("无权", &[])).get("/parameters").await.expect(403);
    let reader = app.acting_as(staff("阅览", &[READ]));
    let all = reader.get("/parameters?size=5").await.expect(200).json();
    assert_eq!(all["rows"].as_array().unwrap().len(), 5);
    assert!(all["total"].as_i64().unwrap() > 200);
    let found = reader.get("/parameters?query=pension.base&on=2026-05-01").await.expect(200).json();
    assert_eq!(found["total"], 1);
    let row = &found["rows"][0];
    assert_eq!(
        (&row["key"], &row["value"], &row["unit"]),
        (&json!("pension.base"), &json!("12577.00"), &json!("元/月"))
    );
    assert_eq!((&row["from"], &row["status"]), (&json!("2026-01-01"), &json!("confirmed")));
    let open = reader.get("/parameters?status=unconfirmed&size=100").await.expect(200).json();
    assert!(open["rows"].as_array().unwrap().iter().all(|row| row["note"].is_string()));
    reader.get("/parameters?on=tomorrow").await.expect(400);
}

#[tokio::test]
async fn the_history_of_a_parameter() {
    let (_db, app) = app().await;
    app.get("/parameters/pension.base").await.expect(401);
    app.acting_as(staff("无权", &[])).get("/parameters/pension.base").await.expect(403);
    let reader = app.acting_as(staff("阅览", &[READ]));
    let history = reader.get("/parameters/pension.base").await.expect(200).json();
    assert_eq!(history["name"], "养老金计发基数");
    assert_eq!(history["rows"].as_array().unwrap().len(), 12);
    reader.get("/parameters/no.such").await.expect(404);
}

#[tokio::test]
async fn documents_about_to_lapse_are_shown() {
    let (db, app) = app().await;
    app.get("/parameters/expiring").await.expect(401);
    app.acting_as(staff("无权", &[])).get("/parameters/expiring").await.expect(403);
    let _db = db.at("2026-12-31".parse().unwrap());
    let rows = app.acting_as(staff("阅览", &[READ])).get("/parameters/expiring").await.expect(200).json();
    let medical = |row: &serde_json::Value| row["key"] == "contribution.medical.employer_rate";
    assert!(rows.as_array().unwrap().iter().any(medical));
}

#[tokio::test]
async fn a_value_is_proposed_released_and_seen() {
    let (_db, app) = app().await;
    let body = json!({
        "key": "contribution.medical.employer_rate", "region": "310000", "from": "2027-03-01", "value": "0.085",
        "doc_no": "沪医保规〔2027〕1号", "basis": "文件原文"
    });
    app.post("/parameters", body.clone()).await.expect(401);
    let author = app.acting_as(staff("张录入", &[READ, MANAGE, APPROVE]));
    let second = app.acting_as(staff("李审定", &[READ, APPROVE]));
    second.post("/parameters", body.clone()).await.expect(403);
    let made = author.post("/parameters", body.clone()).await.expect(201).json();
    let id = made["id"].as_str().unwrap();
    assert_eq!(author.post("/parameters", body.clone()).await.expect(409).code(), "policy.exists");
    let waiting = second.get("/parameters/proposals").await.expect(200).json();
    assert_eq!((&waiting[0]["proposed_by"], &waiting[0]["value"]), (&json!("张录入"), &json!("0.085")));
    app.get("/parameters/proposals").await.expect(401);
    app.acting_as(staff("无权", &[])).get("/parameters/proposals").await.expect(403);

    let release = format!("/parameters/proposals/{id}/release");
    app.post(&release, json!({})).await.expect(401);
    assert_eq!(author.post(&release, json!({})).await.expect(403).code(), "policy.same_person");
    second.post(&release, json!({ "opinion": "同意" })).await.expect(204);
    assert_eq!(second.post(&release, json!({})).await.expect(409).code(), "policy.decided");
    let found = second.get("/parameters?query=medical.employer_rate&on=2027-03-01").await.expect(200).json();
    assert_eq!((&found["rows"][0]["value"], &found["rows"][0]["origin"]), (&json!("0.085"), &json!("desk")));
    let nobody = format!("/parameters/proposals/{}/release", uuid::Uuid::nil());
    second.post(&nobody, json!({})).await.expect(404);
}

#[tokio::test]
async fn a_value_is_rejected_with_a_reason() {
    let (_db, app) = app().await;
    let author = app.acting_as(staff("张录入", &[MANAGE]));
    let second = app.acting_as(staff("李审定", &[APPROVE]));
    let mut body = json!({
        "key": "contribution.medical.employer_rate", "region": "310000", "from": "2027-03-01", "value": 0.085,
        "doc_no": "沪医保规〔2027〕1号", "basis": "文件原文"
    });
    author.post("/parameters", body.clone()).await.expect(422);
    body["value"] = json!("0.085");
    let id =
        author.post("/parameters", body.clone()).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let rejection = format!("/parameters/proposals/{id}/rejection");
    app.post(&rejection, json!({})).await.expect(401);
    author.post(&rejection, json!({ "opinion": "撤" })).await.expect(403);
    second.post(&rejection, json!({})).await.expect(422);
    second.post(&rejection, json!({ "opinion": "与文件不符" })).await.expect(204);
    second.post(&rejection, json!({ "opinion": "与文件不符" })).await.expect(409);
    body["from"] = json!("2026-12-01");
    assert_eq!(author.post("/parameters", body.clone()).await.expect(409).code(), "parameter.contradiction");
    body["key"] = json!("no.such");
    author.post("/parameters", body).await.expect(404);
}
