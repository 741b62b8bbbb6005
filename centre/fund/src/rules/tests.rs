//! Golden cases and properties of the yearly interest.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base_kernel::{Fen, RegionCode};
use engine_decision::{ParameterSet, RuleError, cases};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{AccountYear, InterestMethod, credit_year, method_in_force};

/// Read once: the properties ask for it hundreds of times.
static SHIPPED: LazyLock<ParameterSet> = LazyLock::new(|| centre_policy::shipped().unwrap());

fn shipped() -> ParameterSet {
    SHIPPED.clone()
}

#[test]
fn every_case_comes_out() {
    let set = shipped();
    let text = include_str!("../../cases/interest.yaml");
    let outcome = cases::run("interest", text, |rule, given| answer(rule, given, &set));
    assert!(outcome.as_ref().is_ok_and(|count| *count > 8), "{outcome:#?}");
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn deposits(given: &Value) -> Result<BTreeMap<u32, Fen>, String> {
    let by_text: BTreeMap<String, Fen> = read(&given["deposits_fen"])?;
    Ok(by_text.into_iter().map(|(month, fen)| (month.parse().unwrap(), fen)).collect())
}

fn answer(rule: &str, given: &Value, set: &ParameterSet) -> Result<Value, String> {
    let text = |error: RuleError| error.to_string();
    let region = RegionCode::SHANGHAI;
    let credit = |year: i32, opening: Fen| {
        let facts = AccountYear { year, region, opening, deposits: deposits(given)? };
        credit_year(&facts, read(&given["method"])?, set).map_err(text)
    };
    match rule {
        "credit" => {
            let (it, _) = credit(read(&given["year"])?, read(&given["opening_fen"])?)?;
            serde_json::to_value(it).map_err(|error| error.to_string())
        }
        "years" => {
            let (from, to): (i32, i32) = (read(&given["from"])?, read(&given["to"])?);
            let mut balances: Vec<Fen> = vec![read(&given["opening_fen"])?];
            for year in from..=to {
                let (it, derivation) = credit(year, *balances.last().unwrap())?;
                assert!(derivation.render().contains("劳办发〔1997〕116号"));
                balances.push(it.balance);
            }
            let balances: Vec<_> = balances.iter().skip(1).map(ToString::to_string).collect();
            Ok(json!({ "last": balances.last(), "balances": balances }))
        }
        "method" => {
            let method = method_in_force(read(&given["year"])?, region, set).map_err(text)?;
            Ok(json!({ "method": method }))
        }
        other => Err(format!("没有名为 {other} 的规则")),
    }
}

proptest! {
    #[test]
    fn methods_agree_without_deposits_and_never_lose_money(
        opening in 0_i64..10_000_000_000, deposit in 0_i64..10_000_000, month in 1_u32..=12, year in 2016_i32..=2025,
    ) {
        let set = shipped();
        let balance = |method, deposits: BTreeMap<u32, Fen>| {
            let facts = AccountYear { year, region: RegionCode::SHANGHAI, opening: Fen(opening), deposits };
            let (it, _) = credit_year(&facts, method, &set).unwrap();
            assert_eq!(it.balance, facts.opening + it.contributed + it.interest);
            it.balance
        };
        let [annual, without, monthly] = InterestMethod::ALL.map(|method| balance(method, BTreeMap::new()));
        prop_assert!(annual == without && annual == monthly && annual.0 >= opening);
        let one = BTreeMap::from([(month, Fen(deposit))]);
        let without = balance(InterestMethod::AnnualWithoutCurrentYear, one.clone());
        prop_assert_eq!(without.0, annual.0 + deposit);
        prop_assert!(balance(InterestMethod::MonthlyProducts, one) >= without);
    }
}
