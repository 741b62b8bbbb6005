//! Goal: a retirement from application to first payment, with every promise along the way. Method: the demonstration
//! carries the case through the HTTP face; the test looks at what is left everywhere.

use serde_json::json;

use super::harness::Platform;

#[tokio::test]
async fn a_retirement_is_carried_to_its_first_payment() {
    let platform = Platform::new().await;
    assert!(platform.story.contains("养老金计算过程"), "{}", platform.story);
    let case = platform.demo_case().await;
    assert_eq!(case["state"], "CLOSED");
    assert_eq!(case["outcome"], "approved");

    // Every figure keeps its derivation, and the applicant sees the same one as the officer.
    let steps = case["derivation"].as_array().unwrap();
    let total = steps.iter().find(|step| step["label"] == "月基本养老金").unwrap();
    let officer = platform.sign_in("fuhe1").await;
    let number = case["case_no"].as_str().unwrap();
    assert_eq!(officer.get(&format!("/cases/{number}")).await.unwrap()["derivation"], case["derivation"]);

    let retiree = platform.sign_in("zhouyaqin").await;
    let pension = retiree.get("/me/pension").await.unwrap();
    let award = &pension["award"];
    let sum = ["basic_fen", "account_fen", "transitional_fen"]
        .iter()
        .map(|part| award[*part].as_i64().unwrap())
        .sum::<i64>();
    assert_eq!(award["total_fen"], sum);
    let yuan: f64 = total["result"]["value"].as_str().unwrap().parse().unwrap();
    assert_eq!(award["total_fen"], (yuan * 100.0).round() as i64);
    assert_eq!(award["start_month"], "2026-10");
    assert_eq!(pension["payments"].as_array().unwrap().len(), 2, "October as arrears, November regular");
}

#[tokio::test]
async fn running_the_payments_again_pays_nobody_twice() {
    let platform = Platform::new().await;
    let cashier = platform.sign_in("caiwu1").await;
    let before = platform.sign_in("zhouyaqin").await.get("/me/pension").await.unwrap();
    let month = json!({ "month": "2026-11" });
    let (one, two) = tokio::join!(
        cashier.post("/benefit/payment_runs", &month),
        cashier.post("/benefit/payment_runs", &month),
    );
    one.unwrap();
    two.unwrap();
    let after = platform.sign_in("zhouyaqin").await.get("/me/pension").await.unwrap();
    assert_eq!(before["payments"], after["payments"]);
    let books = engine_ledger::audit(&platform.app.db).await.unwrap();
    assert!(books.wrong.is_empty(), "the books balance: {:?}", books.wrong);
}

#[tokio::test]
async fn the_result_is_a_paper_that_anybody_can_verify() {
    let platform = Platform::new().await;
    let case = platform.demo_case().await;
    let document = &case["documents"][0];
    assert_eq!(document["name"], "基本养老金核定表");
    let operator = platform.sign_in("qianjingban").await;
    let path = format!("/documents/{}", document["id"].as_str().unwrap());
    let pdf = operator.download(&path).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"), "a PDF comes back");
    assert_eq!(pdf, operator.download(&path).await.unwrap(), "the same bytes every time");
    let nobody = crate::demo::client::Client::anonymous(&platform.app.router);
    let code = document["verify_code"].as_str().unwrap();
    let verified = nobody.get(&format!("/verification/{code}")).await.unwrap();
    assert_eq!(verified["valid"], true);
    assert!(!verified.to_string().contains("周雅琴"), "the name is masked: {verified}");
}

#[tokio::test]
async fn messages_and_archive_receive_each_event_once() {
    let platform = Platform::new().await;
    platform.deliver().await;
    let retiree = platform.sign_in("zhouyaqin").await;
    let first = retiree.get("/messages").await.unwrap();
    assert!(first["total"].as_i64().unwrap() >= 3, "received, decided, paid: {first}");
    assert_eq!(platform.deliver().await, 0, "nothing is left to deliver");
    assert_eq!(retiree.get("/messages").await.unwrap()["total"], first["total"]);
    let archivist = platform.sign_in("dangan1").await;
    let archives = archivist.get("/archives").await.unwrap();
    let number = platform.demo_case().await["case_no"].clone();
    let rows = archives["rows"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["case_no"] == number).count(), 1, "{archives}");
}
