//! Goal: the instant items and the batch import end to end.

use serde_json::json;

use super::harness::Platform;

#[tokio::test]
async fn a_contribution_certificate_is_issued_at_once() {
    let platform = Platform::new().await;
    let person = platform.sign_in("wujianguo").await;
    let form = json!({ "item_code": "SI-CB-028", "form": {
        "insurance_types": ["110"], "from_month": "2024-01", "to_month": "2026-10",
        "detail_level": "summary", "purpose": "loan",
    } });
    let draft = person.post("/drafts", &json!({ "item_code": "SI-CB-028" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    person.patch(&path, &json!({ "fields": form["form"] })).await.unwrap();
    let receipt = person.post(&format!("{path}/submission"), &json!({})).await.unwrap();
    assert_eq!(receipt["state"], "CLOSED", "{receipt}");
    let case = person.get(&format!("/cases/{}", receipt["case_no"].as_str().unwrap())).await.unwrap();
    let document = case["documents"][0]["id"].as_str().unwrap();
    let pdf = person.download(&format!("/documents/{document}")).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn an_employee_is_enrolled_at_once_and_only_once() {
    let platform = Platform::new().await;
    let operator = platform.sign_in("qianjingban").await;
    let fields = json!({ "fields": {
        "name": "沈新", "id_type": "01", "id_no": "310101199003072532", "hukou": "11", "hire_date": "2026-11-20",
        "contract_type": "2", "start_month": "2026-11", "wage": 1_000_000, "add_reason": "01",
        "ins_types": ["110", "210", "310", "410"],
    } });
    let mut states = Vec::new();
    for _ in 0..2 {
        let draft = operator.post("/drafts", &json!({ "item_code": "SI-CB-010" })).await.unwrap();
        let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
        operator.patch(&path, &fields).await.unwrap();
        states.push(operator.post(&format!("{path}/submission"), &json!({})).await);
    }
    assert_eq!(states[0].as_ref().unwrap()["state"], "CLOSED");
    assert!(states[1].as_ref().unwrap_err().to_string().contains("422"), "insured already");
    let staff = operator.get("/employer/staff?query=沈新").await;
    let staff = match staff {
        Ok(staff) => staff,
        Err(_) => operator.get("/employer/staff?query=%E6%B2%88%E6%96%B0").await.unwrap(),
    };
    assert_eq!(staff["total"], 1, "{staff}");
}

#[tokio::test]
async fn good_rows_go_in_and_bad_rows_come_back() {
    let platform = Platform::new().await;
    let operator = platform.sign_in("qianjingban").await;
    let draft = operator.post("/drafts", &json!({ "item_code": "SI-CB-011" })).await.unwrap();
    let path = format!("/drafts/{}", draft["id"].as_str().unwrap());
    let template = operator.download("/employer/batches/template").await.unwrap();
    assert!(template.starts_with(b"PK"), "a workbook comes back");
    let file = operator.upload(&format!("{path}/materials/ROSTER"), "花名册.xlsx", &template).await.unwrap();
    let fields =
        json!({ "fields": { "file_id": file["id"], "contact": "钱经办", "contact_mobile": "13800000001" } });
    operator.patch(&path, &fields).await.unwrap();
    let answer = operator.post(&format!("{path}/submission"), &json!({})).await;
    // The template holds no person: it is refused with a sentence, or closed with every row accounted for.
    match answer {
        Ok(receipt) => assert_eq!(receipt["state"], "CLOSED", "{receipt}"),
        Err(error) => assert!(error.to_string().contains("422"), "{error}"),
    }
}
