//! The exact shapes, and refusals of malformed and hostile input.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::cli::refusal::problem;

fn ask(command: &PolicyCommand) -> Result<Answer, Fault> {
    answer(command, &centre_policy::shipped().unwrap())
}

fn retirement(birth: &str, category: &str) -> Result<Answer, Fault> {
    ask(&PolicyCommand::Retirement { birth: birth.into(), category: category.into() })
}

fn with_input(name: &str, text: &str, command: impl Fn(PathBuf) -> PolicyCommand) -> Result<Answer, Fault> {
    let path = std::env::temp_dir().join(format!("renshe-policy-{}-{name}.json", std::process::id()));
    std::fs::write(&path, text).unwrap();
    let answer = ask(&command(path.clone()));
    std::fs::remove_file(path).unwrap();
    answer
}

fn pension(name: &str, text: &str) -> Result<Answer, Fault> {
    with_input(name, text, |input| PolicyCommand::Pension { input })
}

const PENSION: &str = r#"{"region":"310000","retire_month":"2024-11","age_months":600,"average_index":"1.4038",
    "service_months":318,"account_balance_fen":21487050,"transitional":null}"#;

#[test]
fn retirement_in_its_exact_shape() {
    let it = retirement("1970-05", "M60").unwrap();
    let wanted = r#"{"statutory_month":"2031-10","age":{"years":61,"months":5},"delay_months":17,"min_contribution_months":192}"#;
    assert_eq!(it.json, wanted);
    assert!(
        it.text.contains("61 岁 5 个月") && it.text.contains("国务院关于渐进式延迟法定退休年龄的办法 第一条")
    );
}

#[test]
fn malformed_arguments_are_refused_in_chinese() {
    for (birth, category, field) in [
        ("1970-13", "M60", "birth"),
        ("1970", "M60", "birth"),
        ("-1", "M60", "birth"),
        ("１９７０-05", "M60", "birth"),
        ("1970-05", "m60", "category"),
        ("1970-05", "'; DROP TABLE", "category"),
    ] {
        let fault = retirement(birth, category).err().unwrap();
        assert_eq!(
            (fault.kind, fault.fields[0].field.as_str()),
            (FaultKind::Invalid, field),
            "{birth} {category}"
        );
    }
    let too_early = retirement("1905-01", "M60").err().unwrap();
    assert!(
        too_early.message.contains("retirement.") && too_early.message.contains("1965-01-01"),
        "{too_early}"
    );
}

#[test]
fn pension_in_its_exact_shape() {
    let it = pension("shape", PENSION).unwrap();
    assert!(it.json.starts_with(r#"{"basic_fen":391960,"account_fen":110190,"transitional_fen":0,"total_fen":502150,"derivation":[{"label":"#), "{}", it.json);
    assert!(it.text.contains("12307"));
}

#[test]
fn hostile_pension_inputs_are_refused() {
    let replaced = |from: &str, to: &str| PENSION.replace(from, to);
    for (name, text, code) in [
        ("empty", String::new(), "input.json"),
        ("cut", PENSION[..40].to_owned(), "input.json"),
        ("list", "[]".into(), "input.shape"),
        ("deep", "[".repeat(100_000), "input.shape"),
        ("deeper", replaced("null", &"[".repeat(100_000)), "input.shape"),
        ("field", replaced("\"transitional\"", "\"transition\""), "input.shape"),
        ("float", replaced("21487050", "1.5"), "input.shape"),
        ("text", replaced("600", "\"600\""), "input.shape"),
        ("number", replaced("\"1.4038\"", "1.4038"), "input.shape"),
        ("nan", replaced("1.4038", "NaN"), "input.shape"),
        ("huge", replaced("1.4038", "99999999999999999999999999"), "rule.input"),
        ("negative", replaced("21487050", "-1"), "rule.input"),
        ("overflow", replaced("21487050", "9223372036854775807"), "rule.input"),
        ("beyond", replaced("21487050", "9223372036854775808"), "input.shape"),
        ("young", replaced("600", "0"), "rule.input"),
        ("old", replaced("600", "4294967295"), "rule.input"),
        ("service", replaced("318", "0"), "rule.input"),
        ("month", replaced("2024-11", "2024-00"), "input.shape"),
        ("region", replaced("310000", "上海"), "input.shape"),
        ("unconfirmed", replaced("2024-11", "2019-11"), "parameter.unconfirmed"),
        ("missing", replaced("2024-11", "2014-11"), "parameter.missing"),
        ("elsewhere", replaced("310000", "330000"), "parameter.unknown"),
        ("control", replaced("\"transitional\"", "\"\\u001b[31m\""), "input.shape"),
    ] {
        let fault = pension(name, &text).err().unwrap();
        assert_eq!(fault.code, code, "{name}: {fault}");
        assert!(!fault.to_string().contains('\u{1b}'));
        let document = problem(&fault);
        assert!(document["status"].as_i64().unwrap() >= 400 && document["detail"].is_string());
    }
    let missing = pension("named", &replaced("2024-11", "2014-11")).err().unwrap();
    assert!(missing.message.contains("pension.base") && missing.message.contains("2014-11-01"), "{missing}");
}

#[test]
fn contributions_name_what_is_unconfirmed() {
    let text =
        r#"{"month":"2026-07","wage_fen":4000000,"region":"310000","injury_class":"I","kind":"employee"}"#;
    let command = |input| PolicyCommand::Contribution { input };
    let it = with_input("contribution", text, command).unwrap();
    assert!(
        it.json.starts_with(r#"{"base_fen":3773100,"lines":[{"insurance":"pension","name":"养老保险","#),
        "{}",
        it.json
    );
    assert!(it.json.contains(r#""employer_total_fen":969687,"employee_total_fen":396176"#));
    assert!(it.text.contains("contribution.unemployment.employer_rate）尚未确认"));
    let next = text.replace("2026-07", "2027-08");
    let missing = with_input("next", &next, command).err().unwrap();
    assert!(missing.message.contains("contribution.base_floor") && missing.message.contains("2027-08-01"));
}

#[test]
fn parameters_are_shown_with_their_standing() {
    let param = |key: &str, region: &str, on: &str| {
        ask(&PolicyCommand::Param { key: key.into(), region: region.into(), on: on.into() })
    };
    let it = param("contribution.base_floor", "310000", "2026-07-01").unwrap();
    assert!(
        it.json.contains(r#""value":"7546.00","unit":"元/月","from":"2026-07-01","to":"2027-06-30""#),
        "{}",
        it.json
    );
    let open = param("pension.base", "310115", "2019-06-01").unwrap();
    assert!(open.json.contains(r#""status":"unconfirmed""#) && open.text.contains("8765"));
    let code = |key, region, on| param(key, region, on).err().unwrap().code;
    assert_eq!(code("pension.base", "310000", "2030-01-01"), "parameter.missing");
    assert_eq!(code("pension.bass", "310000", "2026-01-01"), "parameter.unknown");
    assert_eq!(code("pension.base", "31", "2026-01-01"), "rule.input");
    assert_eq!(code("pension.base", "310000", "today"), "rule.input");
}

#[test]
fn a_file_that_is_not_there() {
    let fault = ask(&PolicyCommand::Pension { input: "/nonexistent/文件.json".into() }).err().unwrap();
    assert_eq!(fault.code, "input.unreadable");
    assert!(fault.message.contains("文件不存在"));
}

#[test]
fn a_catalogue_that_cannot_be_used() {
    let broken = std::env::temp_dir().join(format!("renshe-catalogue-{}", std::process::id()));
    std::fs::create_dir_all(&broken).unwrap();
    std::fs::write(broken.join("a.yaml"), "key: b").unwrap();
    for (folder, part) in [(PathBuf::from("/nonexistent"), "/nonexistent"), (broken.clone(), "a.yaml")] {
        let fault = Catalogue::from_folder(&folder).map_err(unusable).err().unwrap();
        assert!(fault.message.contains(part) && fault.code == "policy.catalogue", "{fault}");
    }
    std::fs::remove_dir_all(broken).unwrap();
}
