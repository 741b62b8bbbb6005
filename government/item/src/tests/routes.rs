//! Tests of government-item: routes.

use std::collections::BTreeMap;

use axum::Router;
use axum::http::StatusCode;
use base_kernel::{Actor, ActorKind};
use base_testdb::TestDb;
use base_web::testing::TestApp;
use serde_json::{Value, json};

use crate::{Catalogue, MIGRATIONS, shipped_processes, slice};

async fn app() -> (TestDb, TestApp) {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let roles = BTreeMap::from([("R02".to_owned(), "综合柜员（受理岗）".to_owned())]);
    let slice = slice(db.db(), Catalogue::shipped().unwrap(), shipped_processes().unwrap(), roles);
    let router: Router = slice.routes.into();
    (db, TestApp::new(router))
}

fn administrator(permissions: &[&str]) -> Actor {
    let permissions = permissions.iter().map(|code| (*code).to_owned()).collect();
    Actor { kind: ActorKind::Staff, name: "王管理".into(), permissions, ..Actor::system() }
}

fn body(response: &base_web::testing::TestResponse) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[tokio::test]
async fn the_guide_is_public() {
    let (_db, app) = app().await;
    let all = app.get("/items").await;
    assert_eq!(all.status, StatusCode::OK);
    let page = body(&all);
    let total_all = page["total"].as_u64().unwrap();
    let row = page["rows"].as_array().unwrap().iter().find(|row| row["code"] == "SI-YL-001").unwrap();
    assert_eq!(
        (row["promised_text"].as_str(), row["status"].as_str()),
        (Some("10个工作日"), Some("published"))
    );
    let total = |page: Value| page["total"].clone();
    let persons = body(&app.get("/items?audience=person&size=100").await);
    let row_for =
        |row: &Value, audience: &str| row["audience"].as_array().unwrap().contains(&json!(audience));
    assert!(persons["rows"].as_array().unwrap().iter().all(|row| row_for(row, "person")));
    assert_eq!(total(body(&app.get("/items?query=%E6%AD%A3%E5%B8%B8%E9%80%80%E4%BC%91").await)), 1);
    assert_eq!(total(body(&app.get("/items?query=si-yl-001").await)), 1);
    assert_eq!(total(body(&app.get("/items?domain=nowhere").await)), 0);
    let second = body(&app.get("/items?page=2&size=2").await);
    assert_eq!((second["total"].clone(), second["rows"].as_array().unwrap().len()), (json!(total_all), 2));
    let far = body(&app.get("/items?page=4000000000&size=4000000000").await);
    assert_eq!(far["rows"], json!([]));
    assert_eq!(app.get("/items?audience=nobody").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_item_tells_everything_an_applicant_needs() {
    let (_db, app) = app().await;
    let item = body(&app.get("/items/SI-YL-001").await);
    assert_eq!(item["name"], "职工正常退休申请");
    assert_eq!(item["version"], 1);
    let nodes: Vec<String> = item["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| format!("{} {}", node["name"].as_str().unwrap(), node["share_text"].as_str().unwrap()))
        .collect();
    assert_eq!(nodes, ["受理 1个工作日", "初审 5个工作日", "复核 4个工作日"]);
    assert_eq!(item["nodes"][0]["role_name"], "综合柜员（受理岗）");
    let field = |item: &Value, key: &str| {
        let sections = item["form"].as_array().unwrap();
        let fields = sections.iter().flat_map(|section| section["fields"].as_array().unwrap());
        fields.clone().find(|field| field["key"] == key).unwrap().clone()
    };
    assert_eq!(field(&item, "birth_archive")["max"], "2026-07-01", "bounds are as of today");
    assert_eq!(field(&item, "birth_archive")["hint"], item["form"][0]["fields"][5]["hint"]);
    let enrol = body(&app.get("/items/SI-CB-010").await);
    assert_eq!(field(&enrol, "start_month")["max"], "2026-08");
    assert_eq!(field(&enrol, "contract_end")["min"], Value::Null, "bounds of other fields stay here");
    assert_eq!(field(&enrol, "nation")["options"].as_array().unwrap().len(), 57);
    assert_eq!(app.get("/items/SI-XX-1").await.status, StatusCode::NOT_FOUND);
    let schema = body(&app.get("/items/SI-YL-001/schema").await);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[tokio::test]
async fn only_an_administrator_suspends() {
    let (_db, app) = app().await;
    let change = json!({ "status": "suspended", "reason": "系统升级，7月5日恢复" });
    let path = "/items/SI-YL-001/status";
    assert_eq!(app.put(path, change.clone()).await.status, StatusCode::UNAUTHORIZED);
    let reader = app.acting_as(administrator(&["item.read"]));
    assert_eq!(reader.put(path, change.clone()).await.status, StatusCode::FORBIDDEN);
    let manager = app.acting_as(administrator(&["item.manage"]));
    assert_eq!(manager.put(path, change.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(manager.put(path, change).await.status, StatusCode::NO_CONTENT);
    let item = body(&app.get("/items/SI-YL-001").await);
    assert_eq!((item["status"].clone(), item["online"].clone()), (json!("suspended"), json!(false)));
    assert_eq!(item["suspended_reason"], "系统升级，7月5日恢复");
    let empty = manager.put(path, json!({ "status": "published", "reason": " " })).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body(&empty)["errors"][0]["field"], "reason");
    let odd = manager.put(path, json!({ "status": "deleted", "reason": "x" })).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let lost = manager.put("/items/SI-XX-1/status", json!({ "status": "published", "reason": "x" })).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn code_tables_are_public_with_their_marks() {
    let (_db, app) = app().await;
    let set = body(&app.get("/codes/insurance").await);
    assert_eq!(
        set["codes"][0],
        json!({ "code": "110", "name": "企业职工基本养老保险", "mark": "S26/S27/S27b" })
    );
    assert!(body(&app.get("/codes").await).as_array().unwrap().len() >= 29);
    assert_eq!(app.get("/codes/nowhere").await.status, StatusCode::NOT_FOUND);
}
