//! Golden cases: YAML lists of `{ name, rule, given, expect }` that a business reader can check line by line, run
//! against pure rules.
//!
//! `expect` names the parts of the answer that matter; `expect: { error: 文字 }` wants a refusal whose text contains
//! those characters.

use serde::Deserialize;
use serde_json::Value;

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows, in Chinese.
    pub name: String,
    /// Where the expected figures come from.
    #[serde(default)]
    pub source: Option<String>,
    /// Rule it is put to.
    pub rule: String,
    /// Facts.
    pub given: Value,
    /// Parts of the answer.
    pub expect: Value,
}

/// A case that did not come out as expected, or could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{case}：{detail}")]
pub struct Failure {
    /// Name of the case, or of the file.
    pub case: String,
    /// What differs.
    pub detail: String,
}

/// Runs the cases of one file; `rule` answers (rule name, facts). Gives the number of cases, or every failure.
///
/// # Errors
/// All failures of the file; an empty file is one.
pub fn run(
    file: &str,
    text: &str,
    rule: impl Fn(&str, &Value) -> Result<Value, String>,
) -> Result<usize, Vec<Failure>> {
    let broken = |detail: String| vec![Failure { case: file.to_owned(), detail }];
    let cases: Vec<Case> = serde_yaml_ng::from_str(text).map_err(|error| broken(error.to_string()))?;
    if cases.is_empty() {
        return Err(broken("没有案例".into()));
    }
    let mut failures = Vec::new();
    for case in &cases {
        if let Err(detail) = judge(&case.expect, rule(&case.rule, &case.given)) {
            failures.push(Failure { case: case.name.clone(), detail });
        }
    }
    if failures.is_empty() { Ok(cases.len()) } else { Err(failures) }
}

fn judge(expect: &Value, answer: Result<Value, String>) -> Result<(), String> {
    let wanted_error = expect.get("error").and_then(Value::as_str);
    match (wanted_error, answer) {
        (None, Ok(answer)) => differs("", expect, &answer).map_or(Ok(()), Err),
        (None, Err(error)) => Err(format!("未能得出结果：{error}")),
        (Some(part), Err(error)) if error.contains(part) => Ok(()),
        (Some(part), Err(error)) => Err(format!("应拒绝并说明“{part}”，实际：{error}")),
        (Some(part), Ok(answer)) => Err(format!("应拒绝并说明“{part}”，实际得出 {answer}")),
    }
}

/// The first difference; objects are compared by the expected keys only.
fn differs(place: &str, expect: &Value, actual: &Value) -> Option<String> {
    match (expect, actual) {
        (Value::Object(wanted), Value::Object(got)) => wanted.iter().find_map(|(key, value)| {
            differs(&format!("{place}/{key}"), value, got.get(key).unwrap_or(&Value::Null))
        }),
        _ if expect == actual => None,
        _ => Some(format!("{place} 应为 {expect}，实际 {actual}")),
    }
}
