//! Golden cases and properties of the bill.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::LazyLock;

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, ParameterSet, RuleError, cases};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Bill, ContributionFacts, FloatTier, InjuryClass, PayerKind};
use super::{bill, bounds, flexible_subsidy, late_fee, yearly_average_wage};

/// Read once: the properties ask for it hundreds of times.
static SHIPPED: LazyLock<ParameterSet> = LazyLock::new(|| centre_policy::shipped().unwrap());

fn shipped() -> ParameterSet {
    SHIPPED.clone()
}

#[test]
fn every_case_comes_out() {
    let set = shipped();
    for (file, text) in [
        ("contribution", include_str!("../../cases/contribution.yaml")),
        ("late_fee", include_str!("../../cases/late_fee.yaml")),
    ] {
        let outcome = cases::run(file, text, |rule, given| answer(rule, given, &set));
        assert!(outcome.as_ref().is_ok_and(|count| *count > 6), "{file}: {outcome:#?}");
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn shape((bill, derivation): (Bill, Derivation)) -> Result<Value, String> {
    let line = |line: &super::BillLine| {
        let insurance = serde_json::to_value(line.insurance).unwrap();
        format!("{} {}/{}", insurance.as_str().unwrap(), line.employer.0, line.employee.0)
    };
    let lines: Vec<_> = bill.lines.iter().map(line).collect();
    let mut json = serde_json::to_value(&bill).map_err(|error| error.to_string())?;
    json["lines"] = json!(lines);
    json["unconfirmed"] = json!(derivation.unconfirmed().iter().map(|used| &used.key).collect::<Vec<_>>());
    Ok(json)
}

fn answer(rule: &str, given: &Value, set: &ParameterSet) -> Result<Value, String> {
    let text = |error: RuleError| error.to_string();
    match rule {
        "bill" => shape(bill(&read(given)?, set).map_err(text)?),
        "estimate" => shape(bill(&read(given)?, &set.accepting_unconfirmed()).map_err(text)?),
        "subsidy" => {
            let (fen, _) =
                flexible_subsidy(read(&given["month"])?, RegionCode::SHANGHAI, set).map_err(text)?;
            Ok(json!({ "subsidy_fen": fen }))
        }
        "average" => {
            let (fen, _) =
                yearly_average_wage(read(&given["total_fen"])?, read(&given["months"])?).map_err(text)?;
            Ok(json!({ "average_fen": fen }))
        }
        "late_fee" => {
            let (fee, _) = late_fee(&read(given)?, set).map_err(text)?;
            serde_json::to_value(fee).map_err(|error| error.to_string())
        }
        other => Err(format!("没有名为 {other} 的规则")),
    }
}

fn employee(wage: i64, month: &str) -> ContributionFacts {
    ContributionFacts {
        month: month.parse().unwrap(),
        region: RegionCode::SHANGHAI,
        kind: PayerKind::Employee,
        wage: Fen(wage),
        injury_class: Some(InjuryClass::III),
        injury_float: FloatTier::Base,
    }
}

#[test]
fn the_derivation_of_a_bill_names_rates_and_documents() {
    let (_, derivation) = bill(&employee(2_000_000, "2025-12"), &shipped()).unwrap();
    let text = derivation.render();
    for part in
        ["缴费基数", "养老保险（单位）：3200.00元", "沪医保规〔2025〕2号", "四舍五入到分", "工伤保险条例"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

proptest! {
    #[test]
    fn a_bill_adds_up_and_its_base_stays_in_bounds(wage in 0_i64..100_000_000, offset in 0_i32..12) {
        let set = shipped().accepting_unconfirmed();
        let month = Month::new(2025, 7).unwrap().plus(offset);
        let facts = ContributionFacts { month, ..employee(wage, "2025-07") };
        let (it, _) = bill(&facts, &set).unwrap();
        let limits = bounds(month, RegionCode::SHANGHAI, &set).unwrap();
        prop_assert!(it.base >= limits.floor && it.base <= limits.ceiling);
        prop_assert_eq!(it.employer_total, it.lines.iter().map(|line| line.employer).sum::<Fen>());
        prop_assert_eq!(it.employee_total, it.lines.iter().map(|line| line.employee).sum::<Fen>());
        // Independently: parts per hundred thousand of the base in whole numbers, half-up.
        let share = |ppm: i64| Fen((it.base.0 * ppm + 50_000) / 100_000);
        prop_assert_eq!(it.lines[0].employer, share(16_000));
        prop_assert_eq!(it.lines[1].employer, share(9_000));
        prop_assert_eq!(it.lines[2].employee, share(500));
        prop_assert_eq!(it.lines[3].employer, share(700));
    }

    #[test]
    fn hostile_wages_are_refused_not_panicked_on(wage in any::<i64>(), month in 1900_i32..2199) {
        let facts = ContributionFacts { month: Month::new(month, 7).unwrap(), ..employee(wage, "2025-07") };
        let _ = bill(&facts, &shipped());
        let _ = bill(&ContributionFacts { kind: PayerKind::Flexible, ..facts }, &shipped());
    }
}
