//! Goal: what was typed is never lost and never overwritten (lessons 10–13).

use serde_json::json;

use super::harness::Platform;

#[tokio::test]
async fn every_field_is_saved_as_typed_and_faults_stand_beside_it() {
    let platform = Platform::new().await;
    let operator = platform.sign_in("qianjingban").await;
    let draft = operator.post("/drafts", &json!({ "item_code": "SI-CB-010" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let saved = operator.patch(&path, &json!({ "fields": { "id_no": "310101199003072531" } })).await.unwrap();
    assert_eq!(saved["faults"][0]["field"], "id_no", "{saved}");
    let later = operator.get(&path).await.unwrap();
    assert_eq!(later["fields"]["id_no"]["value"], "310101199003072531", "kept although it is wrong");
    assert_eq!(later["fields"]["id_no"]["origin"], "typed");
    let list = operator.get("/drafts").await.unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1, "one list of drafts, whatever the channel");
}

#[tokio::test]
async fn prefill_never_overwrites_what_was_typed() {
    let platform = Platform::new().await;
    let person = platform.sign_in("wujianguo").await;
    let draft = person.post("/drafts", &json!({ "item_code": "SI-YL-001" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let known = draft["fields"]["mobile"]["value"].clone();
    person.patch(&path, &json!({ "fields": { "mobile": "13700000000" } })).await.unwrap();
    let filled = person.post(&format!("{path}/prefill"), &json!({})).await.unwrap();
    let mobile = &filled["fields"]["mobile"];
    assert_eq!(mobile["value"], "13700000000", "typed wins");
    assert_eq!(mobile["origin"], "corrected");
    assert_eq!(mobile["prefilled_value"], known, "the difference is shown");
}

#[tokio::test]
async fn a_field_of_the_system_cant_be_typed() {
    let platform = Platform::new().await;
    let person = platform.sign_in("wujianguo").await;
    let draft = person.post("/drafts", &json!({ "item_code": "SI-YL-001" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let refused = person.patch(&path, &json!({ "fields": { "paid_months": 999 } })).await.unwrap_err();
    assert!(refused.to_string().contains("422"), "{refused}");
}
