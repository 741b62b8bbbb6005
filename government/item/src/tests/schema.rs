//! The published schema is sound, and generic validators agree with ours as far as the standard's words go.

use serde_json::{Value, json};

use super::{day, item, retirement};
use crate::Catalogue;
use crate::form::{json_schema, validate};

#[test]
fn every_form_is_a_sound_schema() {
    for entry in Catalogue::shipped().unwrap().all() {
        let schema = json_schema(&entry.item);
        assert!(jsonschema::meta::is_valid(&schema), "{}", entry.item.code);
        assert!(jsonschema::validator_for(&schema).is_ok());
    }
}

#[test]
fn what_we_accept_the_schema_accepts() {
    let yl = item("SI-YL-001");
    let validator = jsonschema::validator_for(&json_schema(&yl)).unwrap();
    let done = validate(&yl, &retirement(), day("2026-07-01")).unwrap();
    let found: Vec<String> = validator.iter_errors(&json!(done)).map(|error| error.to_string()).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_the_schema_refuses_we_refuse() {
    let yl = item("SI-YL-001");
    let validator = jsonschema::validator_for(&json_schema(&yl)).unwrap();
    let cases = [
        ("chosen_month", json!("2026-13")),
        ("chosen_month", json!(202_606)),
        ("retire_kind", json!("never")),
        ("deemed_months", json!(601)),
        ("deemed_months", json!("6")),
        ("payee_bank", json!("行".repeat(61))),
        ("pre_acceptance", json!("yes")),
        ("salary", json!(1)),
    ];
    for (key, value) in cases {
        let mut form = retirement();
        form.insert(key.to_owned(), value.clone());
        assert!(!validator.is_valid(&Value::Object(form.clone())), "{key} {value}");
        assert!(validate(&yl, &form, day("2026-07-01")).is_err(), "{key} {value}");
    }
}

#[test]
fn the_schema_tells_programs_what_the_standard_has_no_word_for() {
    let schema = json_schema(&item("SI-CB-028"));
    let field = |key: &str| schema["properties"][key].clone();
    assert_eq!(field("to_month")["x-min"], "field:from_month");
    assert_eq!(field("id_no")["x-sensitive"], true);
    assert_eq!(field("id_no")["readOnly"], true);
    assert_eq!(field("purpose_text")["x-show-when"], json!({ "field": "purpose", "in": ["other"] }));
    assert_eq!(field("purpose_text")["x-required-when-shown"], true);
    assert_eq!(field("insurance_types")["items"]["oneOf"][0]["title"], "企业职工基本养老保险");
    assert_eq!(
        schema["required"],
        json!(["insurance_types", "from_month", "to_month", "detail_level", "purpose"])
    );
}
