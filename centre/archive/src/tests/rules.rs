//! Terms, numbers, digests, checks: pure.

use base_kernel::ItemCode;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{retention, root};
use crate::model::{Component, ComponentKind};
use crate::retention::{Retention, Term};
use crate::{Error, canonical, checks, numbering};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_term_runs_from_the_next_january() {
    assert_eq!(Term::D10.span(day("2026-07-01")).unwrap(), (day("2027-01-01"), Some(day("2036-12-31"))));
    assert_eq!(Term::D100.span(day("2026-12-31")).unwrap(), (day("2027-01-01"), Some(day("2126-12-31"))));
    assert_eq!(Term::Y.span(day("2026-01-01")).unwrap(), (day("2027-01-01"), None));
    assert!(matches!(Term::D10.span(NaiveDate::MAX), Err(Error::Calendar)));
}

#[test]
fn numbers_follow_the_pattern() {
    let prefix =
        |path, item: &str| numbering::prefix(path, &ItemCode(item.into()), 2026, Term::D100, "YL", "HD");
    assert_eq!(prefix("310000/310104/310104-01", "SI-YL-001"), "310104-SB·2026-D100-YL.HD");
    assert_eq!(prefix("310000", "SI-YL-001"), "310-SB·2026-D100-YL.HD");
    assert_eq!(prefix("310000/310000-01", "EM-SY-001"), "310-JY·2026-D100-YL.HD");
    assert_eq!(prefix("310000/310115/310115-101", "LR-RD-001"), "310115-LD·2026-D100-YL.HD");
}

#[test]
fn every_item_of_the_catalogue_has_its_retention_rule() {
    let table = retention();
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("catalogue/items/social-insurance")).unwrap() {
        let item: Value =
            serde_yaml_ng::from_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        let Some(archive) = item["archive"].as_object() else { continue };
        let rule =
            table.rule(archive["category"].as_str().unwrap(), archive["link"].as_str().unwrap()).unwrap();
        assert_eq!(rule.term.code(), archive["retention"].as_str().unwrap(), "{}", item["code"]);
        assert_eq!(rule.mark, archive["mark"].as_str().unwrap(), "{}", item["code"]);
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
    assert!(matches!(table.rule("养老保险待遇类", "没有的环节"), Err(Error::UnknownLink { .. })));
}

#[test]
fn a_contradictory_table_is_refused() {
    let line = |link: &str, code: &str| {
        format!("  - {{ category: 类, link: {link}, code: {code}, term: D10, basis: x, mark: D }}\n")
    };
    let read = |lines: String| {
        let path = std::env::temp_dir().join(format!("renshe-retention-{}.yaml", uuid::Uuid::new_v4()));
        std::fs::write(&path, format!("rules:\n{lines}")).unwrap();
        let table = Retention::read(&path);
        std::fs::remove_file(path).unwrap();
        table
    };
    assert!(read(line("甲", "JA") + &line("乙", "YI")).is_ok());
    assert!(read(line("甲", "JA") + &line("甲", "YI")).is_err());
    assert!(read(line("甲", "JA") + &line("乙", "JA")).is_err());
    assert!(read(line("甲", "j1")).is_err());
}

#[test]
fn equal_data_have_one_canonical_text() {
    let one = json!({"b": [1, {"y": null, "x": "张"}], "a": true});
    let other = json!({"a": true, "b": [1, {"x": "张", "y": null}]});
    assert_eq!(canonical::text(&one), r#"{"a":true,"b":[1,{"x":"张","y":null}]}"#);
    assert_eq!(canonical::text(&one), canonical::text(&other));
}

#[test]
fn the_four_checks_name_what_is_missing() {
    let component = |kind, name: &str, sm3: Option<&str>| Component {
        seq: 1,
        kind,
        name: name.into(),
        sm3: sm3.map(Into::into),
        size: None,
        reference: None,
    };
    let passed = checks::four(&[
        component(ComponentKind::Form, "申请表", Some("00")),
        component(ComponentKind::Log, "办理记录", Some("00")),
        component(ComponentKind::Material, "M12：档案.PDF", Some("00")),
    ]);
    assert!(passed.iter().all(|check| check.passed), "{passed:?}");
    let failed = checks::four(&[
        component(ComponentKind::Form, "申请表", None),
        component(ComponentKind::Material, "M12：档案.heic", Some("00")),
    ]);
    let outcome: Vec<_> = failed.iter().map(|check| (check.name.as_str(), check.passed)).collect();
    assert_eq!(outcome, [("真实性", false), ("完整性", false), ("可用性", false), ("安全性", true)]);
    assert!(failed[0].detail.contains("申请表") && failed[1].detail.contains("办理记录"), "{failed:?}");
    assert!(failed[2].detail.contains("档案.heic"));
}
