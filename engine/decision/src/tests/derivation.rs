//! Derivations as text and JSON, and the runner of golden cases.

use super::{day, load, region};
use crate::cases;
use crate::{Derivation, Rounding, Step};

fn derivation() -> Derivation {
    let set = load(&[
        "region: '310000', from: 2024-01-01, value: '0.16', doc_no: 沪文1号, basis: S, status: unconfirmed, note: 待核",
    ])
    .unwrap()
    .accepting_unconfirmed();
    let rate = set.get("rate", region("310000"), day("2026-01-01")).unwrap();
    let mut derivation = Derivation::new();
    derivation.push(
        Step::new("单位应缴", "基数 × 费率")
            .input("基数", "7460.00", "元")
            .parameter(rate)
            .rounded(Rounding::FenHalfUp)
            .law("某法 第一条")
            .gives("1193.60", "元"),
    );
    derivation
}

#[test]
fn it_reads_as_chinese_text() {
    let text = derivation().render();
    for part in [
        "1. 单位应缴：1193.60元",
        "计算方法：基数 × 费率",
        "基数 7460.00元",
        "沪文1号，未确认",
        "四舍五入到分",
        "某法 第一条",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert_eq!(derivation().unconfirmed().len(), 1);
}

#[test]
fn it_survives_json() {
    let json = serde_json::to_string(&derivation()).unwrap();
    assert_eq!(serde_json::from_str::<Derivation>(&json).unwrap(), derivation());
    assert!(json.starts_with(r#"[{"label":"单位应缴","formula":"#), "{json}");
    assert_eq!(derivation().to_values().len(), 1);
}

#[test]
fn cases_compare_the_expected_parts() {
    let text = "
- { name: 对, rule: double, given: { n: 2 }, expect: { n: 4 } }
- { name: 拒, rule: double, given: { n: -1 }, expect: { error: 负 } }
";
    let double = |_: &str, given: &serde_json::Value| match given["n"].as_i64() {
        Some(n) if n >= 0 => Ok(serde_json::json!({ "n": n * 2, "more": true })),
        _ => Err("负数不可".to_owned()),
    };
    assert_eq!(cases::run("a.yaml", text, double), Ok(2));
    let wrong = text.replace("n: 4", "n: 5");
    let failures = cases::run("a.yaml", &wrong, double).unwrap_err();
    assert_eq!(failures.len(), 1);
    assert!(failures[0].detail.contains("应为 5，实际 4"), "{}", failures[0]);
    assert!(cases::run("a.yaml", "[]", double).is_err());
}
