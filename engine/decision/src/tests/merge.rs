//! Desk rows on top of the shipped set.

use super::{day, load, region};
use crate::{MergeError, Origin, Parameter, ParameterSet, Status, Value};

fn shipped() -> ParameterSet {
    load(&[
        "region: '310000', from: 2024-01-01, value: '0.16', basis: S",
        "region: '310000', from: 2026-01-01, value: '0.05', basis: S, status: unconfirmed, note: 文号未定",
    ])
    .unwrap()
}

fn desk(from: &str, to: Option<&str>, value: &str) -> Parameter {
    Parameter {
        key: "rate".into(),
        name: "费率".into(),
        region: region("310000"),
        value: Value::Decimal(value.parse().unwrap()),
        unit: String::new(),
        effective_from: day(from),
        effective_to: to.map(day),
        doc_no: Some("沪人社规〔2026〕99号".into()),
        doc_expiry: None,
        basis: "柜面录入".into(),
        status: Status::Confirmed,
        note: None,
        origin: Origin::Desk,
    }
}

#[test]
fn a_later_row_ends_the_open_one() {
    let set = shipped().with_desk_rows([desk("2027-01-01", None, "0.06")]).unwrap();
    let on = |date: &str| set.display("rate", region("310000"), day(date)).unwrap();
    assert_eq!(on("2026-12-31").effective_to, Some(day("2026-12-31")));
    assert_eq!((on("2027-01-01").origin, on("2027-01-01").value.to_string()), (Origin::Desk, "0.06".into()));
    assert_eq!(on("2024-06-01").value.to_string(), "0.16");
}

#[test]
fn an_open_question_is_settled_by_a_row_with_the_same_first_day() {
    let set = shipped().with_desk_rows([desk("2026-01-01", None, "0.05")]).unwrap();
    assert!(set.get("rate", region("310000"), day("2026-07-01")).is_ok());
}

#[test]
fn contradictions_with_the_catalogue_are_refused() {
    let refused = |row| matches!(shipped().with_desk_rows([row]), Err(MergeError::Contradiction { .. }));
    assert!(refused(desk("2024-01-01", None, "0.17")), "another value for the same window");
    assert!(refused(desk("2025-06-01", None, "0.17")), "the catalogue has a later row");
    assert!(!refused(desk("2024-01-01", None, "0.16")), "the catalogue caught up with the desk");
    let mut unknown = desk("2027-01-01", None, "1");
    unknown.key = "other".into();
    assert!(matches!(shipped().with_desk_rows([unknown]), Err(MergeError::UnknownKey { .. })));
    let mut text = desk("2027-01-01", None, "1");
    text.value = Value::Text("1".into());
    assert!(matches!(shipped().with_desk_rows([text]), Err(MergeError::WrongType { .. })));
}

#[test]
fn a_hole_before_a_desk_row_is_refused() {
    let first = desk("2027-01-01", Some("2027-12-31"), "0.06");
    let set = shipped().with_desk_rows([first.clone(), desk("2028-01-01", None, "0.07")]).unwrap();
    assert_eq!(set.definition("rate").unwrap().rows[&region("310000")].len(), 4);
    let hole = shipped().with_desk_rows([desk("2028-02-01", None, "0.07"), first]);
    assert!(matches!(hole, Err(MergeError::Windows { .. })));
}
