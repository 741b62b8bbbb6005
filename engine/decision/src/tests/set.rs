//! Loading, windows and refusals.

use base_kernel::Fault;

use super::{day, file, load, region};
use crate::{ParameterError, ParameterSet, Status, Value};

const CITY: &str = "310000";

#[test]
fn the_value_in_force_on_the_day_is_found() {
    let set = load(&[
        "region: '310000', from: 2019-05-01, value: '0.20', basis: S1",
        "region: '310000', from: 2024-01-01, to: 2024-12-31, value: '0.16', doc_no: 文1, basis: S2",
    ])
    .unwrap();
    let value = |on: &str| set.get("rate", region(CITY), day(on)).unwrap().value.to_string();
    assert_eq!(value("2019-05-01"), "0.20");
    assert_eq!(value("2023-12-31"), "0.20");
    assert_eq!(value("2024-01-01"), "0.16");
    let row = set.get("rate", region("310115"), day("2024-06-01")).unwrap();
    assert_eq!(
        (row.region, row.doc_no.as_deref()),
        (region(CITY), Some("文1")),
        "a district reads the city's row"
    );
}

#[test]
fn a_missing_window_names_key_and_date() {
    let set =
        load(&["region: '310000', from: 2024-01-01, to: 2024-12-31, value: '0.16', basis: S2"]).unwrap();
    for on in ["2023-12-31", "2025-01-01"] {
        let error = set.get("rate", region(CITY), day(on)).unwrap_err();
        assert!(matches!(error, ParameterError::Missing { .. }));
        let text = error.to_string();
        assert!(text.contains("rate") && text.contains(on), "{text}");
        assert_eq!(Fault::from(error).code, "parameter.missing");
    }
    let elsewhere = set.get("rate", region("330000"), day("2024-01-01"));
    assert!(matches!(elsewhere, Err(ParameterError::Unknown { .. })));
    assert!(matches!(set.get("rat", region(CITY), day("2024-01-01")), Err(ParameterError::Unknown { .. })));
}

#[test]
fn a_hole_in_the_city_is_not_filled_by_the_nation() {
    let set = load(&[
        "region: '000000', from: 2020-01-01, value: '0.10', basis: S1",
        "region: '310000', from: 2020-01-01, to: 2020-12-31, value: '0.20', basis: S1",
    ])
    .unwrap();
    assert!(matches!(set.get("rate", region(CITY), day("2021-01-01")), Err(ParameterError::Missing { .. })));
    assert_eq!(set.get("rate", region("330000"), day("2021-01-01")).unwrap().value.to_string(), "0.10");
}

#[test]
fn unconfirmed_values_are_refused_unless_asked_for() {
    let set = load(&[
        "region: '310000', from: 2019-01-01, value: '1', basis: S1, status: unconfirmed, note: 另有 2 的说法",
        "region: '310000', from: 2020-01-01, value: null, basis: S1, status: unconfirmed, note: 未找到",
    ])
    .unwrap();
    let error = set.get("rate", region(CITY), day("2019-06-01")).unwrap_err();
    assert!(matches!(&error, ParameterError::Unconfirmed { note, .. } if note == "另有 2 的说法"));
    assert_eq!(Fault::from(error).code, "parameter.unconfirmed");
    let lenient = set.accepting_unconfirmed();
    assert_eq!(lenient.get("rate", region(CITY), day("2019-06-01")).unwrap().status, Status::Unconfirmed);
    let unknown = lenient.get("rate", region(CITY), day("2020-06-01"));
    assert!(matches!(unknown, Err(ParameterError::Unconfirmed { .. })), "there is no value to accept");
    assert_eq!(set.display("rate", region(CITY), day("2020-06-01")).unwrap().value, Value::Unknown);
}

#[test]
fn files_that_contradict_themselves_are_refused() {
    for (rows, part) in [
        (
            &[
                "region: '310000', from: 2024-01-01, to: 2024-06-30, value: '1', basis: S",
                "region: '310000', from: 2024-06-30, value: '2', basis: S",
            ][..],
            "重叠",
        ),
        (
            &[
                "region: '310000', from: 2024-01-01, to: 2024-06-29, value: '1', basis: S",
                "region: '310000', from: 2024-07-01, value: '2', basis: S",
            ][..],
            "没有值",
        ),
        (
            &[
                "region: '310000', from: 2024-07-01, value: '1', basis: S",
                "region: '310000', from: 2024-01-01, value: '2', basis: S",
            ][..],
            "开始之前",
        ),
        (&["region: '310000', from: 2024-07-01, to: 2024-06-30, value: '1', basis: S"][..], "开始之前"),
        (&["region: '310000', from: 2024-07-01, value: 0.16, basis: S"][..], "加引号"),
        (&["region: '310000', from: 2024-07-01, value: 'x', basis: S"][..], "不是有效数字"),
        (&["region: '310000', from: 2024-07-01, value: null, basis: S"][..], "未确认"),
        (&["region: '310000', from: 2024-07-01, value: '1', basis: S, status: unconfirmed"][..], "说明原因"),
        (&["region: '31', from: 2024-07-01, value: '1', basis: S"][..], "格式有误"),
        (&["region: '310000', from: 2024-07-01, value: '1', basis: S, colour: red"][..], "格式有误"),
    ] {
        let error = load(rows).unwrap_err();
        assert!(error.detail.contains(part) && error.file == "rate.yaml", "{error}");
    }
    let row = "region: '310000', from: 2024-07-01, value: '1', basis: S";
    let misplaced = ParameterSet::load([("other/rate.yaml", file(&[row]))]).unwrap_err();
    assert!(misplaced.detail.contains("other.rate"), "{misplaced}");
}

#[test]
fn documents_about_to_lapse_are_found() {
    let set = load(&[
        "region: '310000', from: 2024-01-01, to: 2024-12-31, value: '1', doc_expiry: 2024-12-31, basis: S",
        "region: '310000', from: 2025-01-01, value: '2', doc_expiry: 2026-12-31, basis: S",
    ])
    .unwrap();
    let found = |on: &str| set.expiring(day(on), 60).count();
    assert_eq!((found("2026-10-31"), found("2026-11-01"), found("2027-03-01")), (0, 1, 1));
}

#[test]
fn values_are_written_as_they_are_read() {
    let text = "key: t\nname: 表\ntype: table\nunit: ''\nvalues:\n  - { region: '000000', from: 2020-01-01, value: { I: '0.002', II: '0.004' }, basis: S }\n";
    let set = ParameterSet::load([("t.yaml", text)]).unwrap();
    let row = set.get("t", region(CITY), day("2020-01-01")).unwrap();
    assert_eq!(row.value.to_string(), "I=0.002 II=0.004");
    assert_eq!(row.value.to_json().to_string(), r#"{"I":"0.002","II":"0.004"}"#);
    assert!(matches!(row.cell("III"), Err(ParameterError::NoSuchRow { .. })));
    assert!(matches!(row.decimal(), Err(ParameterError::WrongType { .. })));
}
