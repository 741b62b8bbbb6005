//! Certificates.

use base_kernel::{Fen, MonthSpan, PersonNo};
use base_slice::CaseInput;
use centre_contribution::{HistorySeed, Insurance as Billed, LegacyRates, history_seed};
use serde_json::{Map, Value, json};

use super::{World, case, citizen, input, month, operator, single};

async fn insured() -> (World, PersonNo) {
    let world = World::new().await;
    let (employer, person) = (world.employer(0).await, world.person(1).await);
    let mut tx = world.system().await;
    let seed = HistorySeed {
        person: person.clone(),
        employer: employer.clone(),
        span: MonthSpan { from: month("2025-01"), to: month("2026-06") },
        insurances: &[Billed::Pension, Billed::Medical],
        wage: &|_| Fen(1_200_000),
        legacy: LegacyRates::default(),
        opening: None,
    };
    history_seed(&mut tx, &super::POLICY.current(), &seed).await.unwrap();
    tx.commit().await.unwrap();
    let form = single(&employer, case(1), 1, &["110", "410"]);
    world.effect("enrolment.enrol", &operator(&employer), &form).await.unwrap();
    (world, person)
}

fn ask(person: &PersonNo, of: u32, change: Value) -> CaseInput {
    let mut form = json!({
        "person_no": person, "insurance_types": ["110"], "from_month": "2025-07", "to_month": "2026-07",
        "detail_level": "summary", "purpose": "loan", "receiver": "某银行",
    });
    for (key, value) in change.as_object().unwrap() {
        form[key] = value.clone();
    }
    CaseInput { person: Some(person.clone()), ..input("SI-CB-028", Some(case(of)), form) }
}

#[tokio::test]
async fn a_certificate_counts_paid_months_of_the_span() {
    let (world, person) = insured().await;
    let who = citizen(&person);
    let form = ask(&person, 10, json!({}));
    let done = world.effect("enrolment.certificate", &who, &form).await.unwrap();
    let document = &done.values["document"];
    assert_eq!(document["insurances"][0]["name"], "企业职工基本养老保险");
    assert_eq!(document["insurances"][0]["months"], 12);
    assert_eq!(document["insurances"][0]["from_month"], "2025-07");
    assert_eq!(document["insurances"][0]["to_month"], "2026-07");
    assert_eq!(document["insurances"][0]["status"], "参保缴费");
    assert_eq!(document["employers"][0]["months"], 12);
    assert_eq!(document["purpose"], "贷款");
    assert!(document.get("details").is_none());
    assert!(!document.to_string().contains(&super::id_no(1)));
    let facts = done.values["facts"].to_string();
    assert!(facts.contains("累计缴费 12 个月") && !facts.contains("测试"), "{facts}");
    let detail = ask(&person, 11, json!({ "detail_level": "detail", "insurance_types": ["110", "310"] }));
    let done = world.effect("enrolment.certificate", &who, &detail).await.unwrap();
    let details = done.values["document"]["details"].as_array().unwrap().clone();
    assert_eq!(details.len(), 24);
    assert_eq!(details[0]["status"], "已到账");
}

#[tokio::test]
async fn spans_and_insurances_are_checked() {
    let (world, person) = insured().await;
    let who = citizen(&person);
    for (change, passes) in [
        (json!({}), true),
        (json!({ "from_month": "2026-08", "to_month": "2026-07" }), false),
        (json!({ "to_month": "2026-08" }), false),
        (json!({ "from_month": "1970-01" }), false),
        (json!({ "insurance_types": ["210"] }), false),
        (json!({ "insurance_types": [] }), false),
        (json!({ "insurance_types": ["410"] }), true),
        (json!({ "from_month": "2001-01", "to_month": "2002-01" }), false),
        (json!({ "from_month": "x" }), false),
    ] {
        let outcome =
            world.check("enrolment.certificate_span", &who, &ask(&person, 10, change.clone())).await;
        assert_eq!(outcome.passed, passes, "{change} {}", outcome.detail);
    }
}

#[tokio::test]
async fn so_many_a_day_and_no_more() {
    let (world, person) = insured().await;
    let who = citizen(&person);
    let mut form = ask(&person, 10, json!({}));
    form.args = Map::from_iter([("per_day".to_owned(), json!(2))]);
    for of in [20, 20, 21] {
        assert!(world.check("enrolment.certificate_rate", &who, &form).await.passed);
        world.effect("enrolment.certificate", &who, &ask(&person, of, json!({}))).await.unwrap();
    }
    assert!(!world.check("enrolment.certificate_rate", &who, &form).await.passed);
    let other = world.person(2).await;
    let theirs = CaseInput { args: form.args.clone(), ..ask(&other, 10, json!({})) };
    assert!(world.check("enrolment.certificate_rate", &citizen(&other), &theirs).await.passed);
}

#[tokio::test]
async fn the_form_knows_ones_own_insurances() {
    let (world, person) = insured().await;
    let run = base_slice::Registry::fold(&[world.slice()]).unwrap();
    let source = run.find_source("enrolment.history", "test").unwrap();
    let mut tx = world.db.begin_as(citizen(&person)).await;
    let fields = source(&mut tx, &ask(&person, 10, json!({}))).await.unwrap();
    assert_eq!(fields["insurance_types"], json!(["110", "310", "410"]));
    assert_eq!((&fields["from_month"], &fields["to_month"]), (&json!("2025-01"), &json!("2026-07")));
    let mut nobody = ask(&person, 10, json!({}));
    nobody.person = None;
    nobody.form.clear();
    assert!(source(&mut tx, &nobody).await.unwrap().is_empty());
}
