//! SI-CB-023 through its checks, source and effect.

use base_kernel::{CaseNo, Month};
use base_slice::{CaseInput, Slice};
use serde_json::{Value, json};

use super::{MAN, WOMAN, database, day, input, new_employer, new_person, renaming, system};
use crate::{employer_register, person_history, person_register, person_set_receiving, slice, staff_join};

async fn verdict(tx: &mut base_db::Tx, name: &str, input: &CaseInput) -> (bool, String) {
    let Slice { checks, .. } = slice();
    let check = checks.into_iter().find(|check| check.name == name).unwrap();
    let outcome = (check.run)(tx, input).await.unwrap();
    (outcome.passed, outcome.detail)
}

fn change(form: Value) -> Value {
    let mut all = json!({ "basis": "household", "basis_doc_no": "x", "basis_date": "2026-06-01" });
    let (Value::Object(all_fields), Value::Object(form)) = (&mut all, form) else { panic!() };
    all_fields.extend(form);
    all
}

#[tokio::test]
async fn values_must_differ_and_agree_with_the_document() {
    let db = database().await;
    let mut tx = system(&db).await;
    let person = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    for (form, passes) in [
        (json!({ "change_items": [] }), false),
        (json!({ "change_items": ["name"], "new_name": "张建国" }), false),
        (json!({ "change_items": ["name"], "new_name": "张建党" }), true),
        (json!({ "change_items": ["name"] }), false),
        (json!({ "change_items": ["birth"], "new_birth": "1965-12-30" }), false),
        (json!({ "change_items": ["birth"], "new_birth": "1965-12-30", "basis": "archive" }), true),
        (json!({ "change_items": ["sex"], "new_sex": "female" }), false),
        (json!({ "change_items": ["id_no"], "new_id_no": WOMAN }), false),
        (
            json!({ "change_items": ["id_no", "birth", "sex"], "new_id_no": WOMAN, "new_birth": "1970-01-01", "new_sex": "female" }),
            true,
        ),
        (json!({ "change_items": ["id_no"], "new_id_no": "310115196512310012" }), false),
    ] {
        let input = input(Some(&person.no), None, change(form.clone()));
        assert_eq!(verdict(&mut tx, "party.key_change_differs", &input).await.0, passes, "{form}");
    }
}

#[tokio::test]
async fn a_pensioner_changes_birth_by_personnel_file_only() {
    let db = database().await;
    let mut tx = system(&db).await;
    let person = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    let birth = |basis: &str| json!({ "change_items": ["birth"], "new_birth": "1965-11-30", "basis": basis });
    let name = "party.key_change_receiving";
    let household = input(Some(&person.no), None, birth("household"));
    assert!(verdict(&mut tx, name, &household).await.0);
    person_set_receiving(&mut tx, &person.no, Some(Month::new(2026, 3).unwrap())).await.unwrap();
    assert!(!verdict(&mut tx, name, &household).await.0);
    assert!(verdict(&mut tx, name, &input(Some(&person.no), None, birth("archive"))).await.0);
    assert!(verdict(&mut tx, name, &input(Some(&person.no), None, renaming("张建党"))).await.0);
    // Sixty years old and born a month earlier: to the department head.
    assert!(!verdict(&mut tx, "party.key_change_early_birth", &household).await.0);
    let later = json!({ "change_items": ["birth"], "new_birth": "1966-01-31" });
    assert!(verdict(&mut tx, "party.key_change_early_birth", &input(Some(&person.no), None, later)).await.0);
}

#[tokio::test]
async fn an_employer_reaches_its_own_staff_only() {
    let db = database().await;
    let mut tx = system(&db).await;
    let man = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    let woman = person_register(&mut tx, &new_person("陈静", WOMAN)).await.unwrap();
    let employer = employer_register(&mut tx, &new_employer()).await.unwrap();
    staff_join(&mut tx, &employer.no, &[(man.no.clone(), day("2020-01-01"))]).await.unwrap();
    let applicant = slice().sources.into_iter().find(|source| source.name == "party.applicant").unwrap();
    for (person, visible) in [(&man, true), (&woman, false)] {
        let mut form = renaming("新名");
        form["person_no"] = json!(person.no);
        let input = input(None, Some(&employer.no), form);
        let fields = (applicant.run)(&mut tx, &input).await.unwrap();
        assert_eq!(fields.contains_key("id_no"), visible);
        for name in ["party.key_change_differs", "party.key_change_receiving", "party.id_not_taken"] {
            assert_eq!(verdict(&mut tx, name, &input).await.0, visible, "{name}");
        }
        let effect = slice().effects.remove(0);
        assert_eq!((effect.run)(&mut tx, &input).await.is_ok(), visible);
    }
}

#[tokio::test]
async fn the_effect_writes_once_for_a_case() {
    let db = database().await;
    let mut tx = system(&db).await;
    let person = person_register(&mut tx, &new_person("周雅", WOMAN)).await.unwrap();
    let mut input = input(Some(&person.no), None, renaming("周小雅"));
    input.case_no = Some(CaseNo("HRSS3101042026070101000035".into()));
    let effect = slice().effects.remove(0);
    let first = (effect.run)(&mut tx, &input).await.unwrap();
    let second = (effect.run)(&mut tx, &input).await.unwrap();
    assert_eq!(first.values, second.values);
    assert_eq!(
        first.values["document"]["changes"],
        json!([{ "item": "姓名", "before": "周雅", "after": "周小雅" }])
    );
    assert_eq!(first.values["document"]["basis"], "更名");
    assert_eq!(first.values["affects_pension"], true);
    let history = person_history(&mut tx, &crate::Scope::System("test"), &person.no).await.unwrap();
    assert_eq!(history.len(), 2);
}
