//! Goal: nobody sees or does what is not theirs. Method: real accounts, real sessions, every answer looked at.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::harness::Platform;
use crate::demo::case::apply;

#[tokio::test]
async fn a_case_is_seen_by_its_own_people_only() {
    let platform = Platform::new().await;
    let case = platform.demo_case().await;
    let path = format!("/cases/{}", case["case_no"].as_str().unwrap());
    for (login, expected) in [
        ("zhouyaqin", StatusCode::OK),         // the person it is about
        ("qianjingban", StatusCode::OK),       // the employer that applied
        ("shouli1", StatusCode::OK),           // an officer of the district
        ("wujianguo", StatusCode::NOT_FOUND),  // another citizen
        ("sunjingban", StatusCode::NOT_FOUND), // another employer
        ("canshu1", StatusCode::NOT_FOUND),    // staff without the permission
    ] {
        let (status, body) =
            platform.sign_in(login).await.answer(Method::GET, &path, &Value::Null).await.unwrap();
        assert_eq!(status, expected, "{login}: {body}");
    }
}

#[tokio::test]
async fn an_employer_applies_for_its_own_staff_only() {
    let platform = Platform::new().await;
    let stranger = platform.person_no("zhengxiaomei").await;
    let operator = platform.sign_in("qianjingban").await;
    let draft = operator.post("/drafts", &json!({ "item_code": "SI-YL-001" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let saved = operator.patch(&path, &json!({ "fields": { "person_no": stranger } })).await.unwrap();
    assert!(saved["fields"].get("id_no").is_none(), "nothing of a stranger is filled in: {saved}");
    let (status, body) =
        operator.answer(Method::POST, &format!("{path}/submission"), &Value::Null).await.unwrap();
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("intake.person_not_found"))
    );
}

#[tokio::test]
async fn a_draft_is_nobody_elses() {
    let platform = Platform::new().await;
    let owner = platform.sign_in("qianjingban").await;
    let draft = owner.post("/drafts", &json!({ "item_code": "SI-CB-010" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let other = platform.sign_in("sunjingban").await;
    let patch = json!({ "fields": { "name": "某某" } });
    for (method, path, body) in [
        (Method::GET, path.clone(), Value::Null),
        (Method::PATCH, path.clone(), patch),
        (Method::DELETE, path.clone(), Value::Null),
        (Method::POST, format!("{path}/submission"), Value::Null),
    ] {
        let (status, body) = other.answer(method.clone(), &path, &body).await.unwrap();
        assert_eq!(status, StatusCode::NOT_FOUND, "{method} {path}: {body}");
    }
}

#[tokio::test]
async fn four_eyes_hold_even_for_somebody_with_both_roles() {
    let platform = Platform::new().await;
    // The same person holds acceptance and second review.
    let security = platform.sign_in("anquan1").await;
    let users = security.get("/users?query=shouli1").await.unwrap();
    let user = users["rows"][0]["id"].as_str().or(users["rows"][0]["user_id"].as_str()).unwrap().to_owned();
    let roles = json!({ "roles": [{ "role": "R02", "org": "310104" }, { "role": "R04", "org": "310104" }] });
    let (status, body) = security.answer(Method::PUT, &format!("/users/{user}/roles"), &roles).await.unwrap();
    assert!(status.is_success(), "{status} {body}");

    let case_no = change_of_name(&platform).await;
    let (first, second) = (platform.sign_in("shouli1").await, platform.sign_in("shouli2").await);
    let accepted_by_first = pass(&first, &case_no).await;
    if !accepted_by_first {
        assert!(pass(&second, &case_no).await);
    }
    for login in ["chushen1", "chushen2"] {
        pass(&platform.sign_in(login).await, &case_no).await;
    }
    if accepted_by_first {
        let case = first.get(&format!("/cases/{case_no}")).await.unwrap();
        let task = case["tasks"][0]["id"].as_str().unwrap();
        let (status, body) =
            first.answer(Method::POST, &format!("/tasks/{task}/claim"), &Value::Null).await.unwrap();
        assert_eq!(
            (status, body["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("casework.recused")),
            "{body}"
        );
    }
    let done = pass(&platform.sign_in("fuhe1").await, &case_no).await
        || pass(&platform.sign_in("fuhe2").await, &case_no).await;
    assert!(done, "an officer who did not act before finishes the case");
}

#[tokio::test]
async fn a_revocation_holds_at_the_next_request() {
    let platform = Platform::new().await;
    let officer = platform.sign_in("shouli1").await;
    officer.get("/tasks").await.unwrap();
    let security = platform.sign_in("anquan1").await;
    let users = security.get("/users?query=shouli1").await.unwrap();
    let user = users["rows"][0]["id"].as_str().or(users["rows"][0]["user_id"].as_str()).unwrap().to_owned();
    let (status, body) =
        security.answer(Method::PUT, &format!("/users/{user}/roles"), &json!({ "roles": [] })).await.unwrap();
    assert!(status.is_success(), "{status} {body}");
    let (status, _) = officer.answer(Method::GET, "/tasks", &Value::Null).await.unwrap();
    assert_ne!(status, StatusCode::OK, "without the role the work list is closed at once");
}

#[tokio::test]
async fn an_action_sent_twice_happens_once() {
    let platform = Platform::new().await;
    let case_no = change_of_name(&platform).await;
    for login in ["shouli1", "shouli2"] {
        let officer = platform.sign_in(login).await;
        let todo = officer.get(&format!("/tasks?view=todo&query={case_no}")).await.unwrap();
        let Some(task) = todo["rows"][0]["id"].as_str() else { continue };
        officer.post(&format!("/tasks/{task}/claim"), &json!({})).await.unwrap();
        let action = json!({ "action_id": Uuid::new_v4(), "action": "pass", "opinion": "同意" });
        let path = format!("/tasks/{task}/actions");
        let (one, two) =
            (officer.post(&path, &action).await.unwrap(), officer.post(&path, &action).await.unwrap());
        assert_eq!(one, two);
        let case = officer.get(&format!("/cases/{case_no}")).await.unwrap();
        let passes =
            case["timeline"].as_array().unwrap().iter().filter(|line| line["action"] == "pass").count();
        assert_eq!(passes, 1);
        return;
    }
    panic!("nobody was offered the case");
}

#[tokio::test]
async fn a_submission_sent_twice_is_one_case() {
    let platform = Platform::new().await;
    let person = platform.sign_in("wujianguo").await;
    let draft = name_draft(&person).await;
    let path = format!("/drafts/{draft}/submission");
    let nothing = json!({});
    let (one, two) = tokio::join!(person.post(&path, &nothing), person.post(&path, &nothing));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one["case_no"], two["case_no"], "the same receipt");
    assert_eq!(person.get("/cases").await.unwrap()["total"], 1);
}

#[tokio::test]
async fn withdrawal_and_correction_are_the_applicants() {
    let platform = Platform::new().await;
    let operator = platform.sign_in("qianjingban").await;
    let person = platform.person_no("wujianguo").await;
    let refused = apply(&operator, &person).await.unwrap_err().to_string();
    assert!(refused.contains("intake.blocked"), "not yet of age: {refused}");
    let case_no = change_of_name(&platform).await;
    let body = json!({ "action_id": Uuid::new_v4(), "reason": "填写有误" });
    let path = format!("/cases/{case_no}/withdrawal");
    let (status, _) =
        platform.sign_in("zhengxiaomei").await.answer(Method::POST, &path, &body).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND);
    let outcome = platform.sign_in("wujianguo").await.post(&path, &body).await.unwrap();
    assert_eq!(outcome["state"], "WITHDRAWN");
}

/// A change of name applied for by 吴建国 himself; its case number.
async fn change_of_name(platform: &Platform) -> String {
    let person = platform.sign_in("wujianguo").await;
    let draft = name_draft(&person).await;
    let receipt = person.post(&format!("/drafts/{draft}/submission"), &json!({})).await.unwrap();
    receipt["case_no"].as_str().unwrap().to_owned()
}

async fn name_draft(person: &crate::demo::client::Client) -> String {
    let draft = person.post("/drafts", &json!({ "item_code": "SI-CB-023" })).await.unwrap();
    let id = draft["id"].as_str().unwrap().to_owned();
    let fields = json!({ "fields": {
        "change_items": ["name"], "new_name": "吴建邦", "basis": "rename",
        "basis_doc_no": "沪公户〔2026〕12号", "basis_date": "2026-06-01",
    } });
    person.patch(&format!("/drafts/{id}"), &fields).await.unwrap();
    person
        .upload(&format!("/drafts/{id}/materials/HUKOU"), "户籍证明.pdf", crate::demo::case::SCAN)
        .await
        .unwrap();
    id
}

/// Claims and passes the case's task when this officer has it on offer.
async fn pass(officer: &crate::demo::client::Client, case_no: &str) -> bool {
    crate::demo::case::work(officer, case_no).await.unwrap()
}
