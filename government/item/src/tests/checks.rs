//! Tests of government-item: checks.

use base_slice::Registry;

use super::{altered, names, registry};
use crate::{Catalogue, Finding, Templates, check, shipped_processes};

fn findings(catalogue: &Catalogue) -> Vec<Finding> {
    let names = names();
    let (documents, messages) =
        (Vec::from_iter(names.documents.clone()), Vec::from_iter(names.messages.clone()));
    let templates = Templates { documents: &documents, messages: &messages };
    check(catalogue, &registry(&names), &shipped_processes().unwrap(), templates)
}

/// The rules that an altered item breaks.
fn broken(code: &str, changes: &[(&str, &str)]) -> Vec<&'static str> {
    let mut rules: Vec<_> =
        findings(&altered(code, changes).unwrap()).iter().map(|finding| finding.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn the_shipped_catalogue_holds_together() {
    let found = findings(&Catalogue::shipped().unwrap());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_missing_name_is_found_with_its_file() {
    let catalogue = Catalogue::shipped().unwrap();
    let none = Templates { documents: &[], messages: &[] };
    let found = check(&catalogue, &Registry::default(), &engine_process::Processes::default(), none);
    let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
    let names = names();
    let all = [names.effects, names.checks, names.sources, names.documents, names.messages];
    for name in all.iter().flatten() {
        assert!(texts.iter().any(|text| text.contains(&format!("“{name}”"))), "{name}");
    }
    for process in ["instant", "two-level-review", "batch-import"] {
        assert!(texts.iter().any(|text| text.contains(process)), "{process}");
    }
    assert!(found.iter().all(|finding| finding.file.ends_with(".yaml")));
}

#[test]
fn rules_of_the_item_standard() {
    let yl = |from: &str, to: &str| broken("SI-YL-001", &[(from, to)]);
    assert_eq!(yl("promised: { days: 10", "promised: { days: 0"), ["1"]);
    assert_eq!(broken("SI-CB-028", &[("promised: { days: 0", "promised: { days: 3")]), ["1"]);
    assert_eq!(yl("name: 基本养老金核定表", "name: 退休证"), ["2"]);
    assert_eq!(yl("name: 基本养老金核定表", "name: 退休证, kind: certificate"), Vec::<&str>::new());
    assert_eq!(yl("visits: 0", "visits: 1"), ["3"]);
    assert_eq!(yl("visits: 0", "visits: 0\nvisits_reason: 核对原件"), ["3"]);
    assert_eq!(yl("channels: [window, web, mobile]", "channels: [window]"), ["4"]);
    assert_eq!(yl("visits: 0", "visits: 1\nvisits_reason: 核对原件\nonline_depth: 4"), ["5"]);
    assert_eq!(yl("short_name: 退休申请", "short_name: ' '"), ["6"]);
    assert_eq!(yl("type: GF", "type: ZZ"), ["6"]);
    assert_eq!(yl("code: SI-YL-001", "code: SIYL001"), ["6"]);
    assert_eq!(yl("promised: { days: 10", "promised: { days: 30"), ["7"]);
    assert_eq!(yl("mark: S5", "mark: D"), ["7"]);
    assert_eq!(yl("basis: 社会保险经办条例 第十八条, mark", "mark"), ["7"]);
    assert_eq!(yl(", licence: 居民身份证", ""), ["8"]);
    assert_eq!(yl("type: GF", "type: QR"), ["10"]);
    assert_eq!(yl("visits: 0", "visits: 0\npower_source: 法定本级行使"), ["10"]);
    assert_eq!(yl("visits: 0", "visits: 0\nfees: [{ name: 工本费, amount_fen: 0, basis: 无 }]"), ["11"]);
}

/// Promised 10 working days are 14 calendar days; a statutory limit of 13 is shorter, one of 14 is not.
#[test]
fn limits_are_compared_on_one_calendar() {
    let statutory = |limit: &str| broken("SI-YL-001", &[("statutory: { days: 20, unit: working", limit)]);
    assert_eq!(statutory("statutory: { days: 13, unit: calendar"), ["7"]);
    assert_eq!(statutory("statutory: { days: 14, unit: calendar"), Vec::<&str>::new());
    assert_eq!(statutory("statutory: { days: 1, unit: month"), Vec::<&str>::new());
}

#[test]
fn forms_are_checked() {
    let yl = |from: &str, to: &str| broken("SI-YL-001", &[(from, to)]);
    assert_eq!(yl("key: payee_name", "key: payee_bank"), ["F1"]);
    assert_eq!(yl("key: remark", "key: Remark"), ["F1"]);
    assert_eq!(yl("{ field: sex, in: [female] }", "{ field: remark, in: [female] }"), ["F2"]);
    assert_eq!(yl("{ field: sex, in: [female] }", "{ field: sex, in: [woman] }"), ["F2"]);
    assert_eq!(yl("max: today, show_when", "max: tomorrow, show_when"), ["F4"]);
    assert_eq!(broken("SI-CB-028", &[("min: field:from_month", "min: field:nowhere")]), ["F4"]);
    assert_eq!(broken("SI-CB-010", &[("default: \"01\"", "default: \"09\"")]), ["F5"]);
    assert_eq!(yl("form: { retire_kind: normal", "form: { retire_sort: normal"), ["F6"]);
    assert_eq!(
        yl("key: remark, label: 备注, type: textarea", "key: remark, label: 备注, type: choice"),
        ["F3"]
    );
}

#[test]
fn materials_rules_and_templates_are_checked() {
    let yl = |from: &str, to: &str| broken("SI-YL-001", &[(from, to)]);
    assert_eq!(yl("code: M05-N", "code: M12"), ["8"]);
    assert_eq!(
        yl(
            "show_when: { field: retire_kind, in: [early] } }\nrules",
            "show_when: { field: retire_kind, in: [never] } }\nrules"
        ),
        ["8"]
    );
    assert_eq!(yl("{ code: R2,", "{ code: R1,"), ["N2"]);
    assert_eq!(yl(", advice: 请先由单位缴清欠费", ""), ["N2"]);
    assert_eq!(yl("template: pension-award", "template: pension-notice"), ["N3"]);
    assert_eq!(yl("accepted: case-accepted", "approved: case-accepted"), ["N3"]);
    assert_eq!(yl("check: benefit.no_arrears", "check: benefit.no_debts"), ["N1"]);
    assert_eq!(yl("retention: D100", "retention: D99"), ["N"]);
}

#[test]
fn item_and_process_fit_together() {
    let yl = |from: &str, to: &str| broken("SI-YL-001", &[(from, to)]);
    assert_eq!(yl("id: two-level-review", "id: three-level-review"), ["P1"]);
    assert_eq!(yl("  decide: benefit.award", "  settle: benefit.award"), ["P2"]);
    assert_eq!(yl("with: { pre_acceptance: false }", "with: { pre_acceptance: 1 }"), ["P3"]);
    assert_eq!(yl("with: { pre_acceptance: false }", "with: { unknown: true }"), ["P3"]);
    assert_eq!(yl("pre_acceptance: pre_acceptance", "pre_acceptance: chosen_month"), ["P3"]);
    assert_eq!(yl("correction: { days: 10, unit: working, mark: D }", "correction: null"), ["P5"]);
    assert_eq!(yl("correction: case-correction, ", ""), ["P5"]);
    let escalates = ("severity: block, advice: 请原单位", "severity: escalate, advice: 请原单位");
    assert_eq!(broken("SI-CB-010", &[escalates]), ["P3"]);
}

#[test]
fn two_items_of_one_name_are_found() {
    let (one, text) = super::file_of("SI-CB-028");
    let other = text.replace("code: SI-CB-028", "code: SI-CB-928");
    let files = vec![(one, text), ("z.yaml".into(), other)];
    let catalogue = Catalogue::read(files, crate::Codes::shipped().unwrap()).unwrap();
    assert_eq!(findings(&catalogue)[0].rule, "6");
}
