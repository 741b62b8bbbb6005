//! The golden cases of `cases/`.

use base_kernel::{Fen, Month, RegionCode};
use chrono::NaiveDate;
use engine_decision::{ParameterSet, Rounding, cases};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::shipped;
use crate::rules::{
    Category, EligibilityFacts, PensionFacts, divisor_months, eligibility, minimum_months, pension,
    reached_on, statutory,
};

#[test]
fn every_case_comes_out() {
    let set = shipped();
    for (file, text) in [
        ("retirement", include_str!("../../../cases/retirement.yaml")),
        ("eligibility", include_str!("../../../cases/eligibility.yaml")),
        ("divisor", include_str!("../../../cases/divisor.yaml")),
        ("pension", include_str!("../../../cases/pension.yaml")),
    ] {
        let outcome = cases::run(file, text, |rule, given| answer(rule, given, &set));
        assert!(outcome.as_ref().is_ok_and(|count| *count > 7), "{file}: {outcome:#?}");
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn answer(rule: &str, given: &Value, set: &ParameterSet) -> Result<Value, String> {
    let text = |error: engine_decision::RuleError| error.to_string();
    match rule {
        "statutory" => {
            let (birth, category): (Month, Category) = (read(&given["birth"])?, read(&given["category"])?);
            let (it, derivation) = statutory(birth, category, set).map_err(text)?;
            assert!(derivation.render().contains("法定退休年月"));
            Ok(json!({
                "age": format!("{}岁{}月", it.age_months / 12, it.age_months % 12),
                "month": it.month,
                "delay": it.delay_months,
                "minimum": it.min_contribution_months,
                "earliest": it.flexible.map(|choice| choice.earliest),
                "latest": it.flexible.map(|choice| choice.latest),
            }))
        }
        "minimum" => {
            let (minimum, _) = minimum_months(read(&given["month"])?, set).map_err(text)?;
            Ok(json!({ "minimum": minimum }))
        }
        "day" => Ok(json!({ "day": reached_on(read(&given["birth"])?, read(&given["age_months"])?) })),
        "statutory_day" => {
            let birth: NaiveDate = read(&given["birth"])?;
            let month = Month::of(birth).map_err(|error| error.to_string())?;
            let (it, _) = statutory(month, read(&given["category"])?, set).map_err(text)?;
            Ok(json!({ "day": reached_on(birth, it.age_months) }))
        }
        "eligibility" => {
            let (it, _) = eligibility(&read::<EligibilityFacts>(given)?, set).map_err(text)?;
            serde_json::to_value(it).map_err(|error| error.to_string())
        }
        "divisor" | "divide" => {
            let (age, month) = (read(&given["age_months"])?, read(&given["month"])?);
            let (divisor, _) = divisor_months(age, month, RegionCode::SHANGHAI, set).map_err(text)?;
            let balance = given["balance_fen"].as_i64().unwrap_or_default();
            let fen = Rounding::FenHalfUp.to_fen(Fen(balance).yuan() / divisor).map_err(|e| e.to_string())?;
            Ok(json!({ "divisor": format!("{divisor:.1}"), "fen": fen }))
        }
        "pension" => {
            let (it, derivation) = pension(&read::<PensionFacts>(given)?, set).map_err(text)?;
            assert!(derivation.unconfirmed().is_empty());
            serde_json::to_value(it).map_err(|error| error.to_string())
        }
        other => Err(format!("没有名为 {other} 的规则")),
    }
}
