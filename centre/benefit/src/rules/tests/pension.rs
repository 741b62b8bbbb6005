//! Properties and derivation of the pension, and the average index.

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::RuleError;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::shipped;
use crate::rules::{IndexFacts, MonthBase, PensionFacts, average_index, pension};

fn facts(service_months: u32, balance: i64, index: i64) -> PensionFacts {
    PensionFacts {
        region: RegionCode::SHANGHAI,
        retire_month: Month::new(2025, 12).unwrap(),
        age_months: 723,
        average_index: Decimal::new(index, 4),
        service_months,
        account_balance: Fen(balance),
        transitional: None,
        provisional: false,
    }
}

proptest! {
    #[test]
    fn more_service_balance_or_index_never_lowers_the_pension(
        service in 180_u32..800, balance in 0_i64..1_000_000_000, index in 6_000_i64..30_000,
    ) {
        let set = shipped();
        let (less, derivation) = pension(&facts(service, balance, index), &set).unwrap();
        let (more, _) = pension(&facts(service + 1, balance + 10_000, index + 100), &set).unwrap();
        prop_assert!(less.total <= more.total);
        prop_assert_eq!(less.total, less.basic + less.account + less.transitional);
        prop_assert_eq!(less.total.0 % 10, 0, "raised to jiao");
        prop_assert!(derivation.render().contains("12434"));
    }

    #[test]
    fn hostile_facts_are_refused_not_panicked_on(
        service in any::<u32>(), balance in any::<i64>(), index in any::<i64>(), age in any::<u32>(),
    ) {
        let mut hostile = facts(service, balance, 10_000);
        hostile.age_months = age;
        hostile.average_index = Decimal::new(index, 0);
        let _ = pension(&hostile, &shipped());
    }
}

#[test]
fn the_derivation_names_every_parameter_with_its_document() {
    let (_, derivation) = pension(&facts(424, 32_000_000, 12_000), &shipped()).unwrap();
    let text = derivation.render();
    for part in ["计发基数", "国发〔2005〕38号", "137.3", "四舍五入到分后见分进角", "0.35332"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn the_index_weighs_each_month_by_its_average_wage() {
    let set = shipped();
    let paid = |text, base| MonthBase { month: month(text), base: Fen(base) };
    let facts = IndexFacts {
        region: RegionCode::SHANGHAI,
        months: vec![paid("2026-06", 1_243_400), paid("2026-07", 2_515_400)],
        deemed_months: 1,
    };
    let (index, _) = average_index(&facts, &set).unwrap();
    assert_eq!(index, Decimal::new(13_333, 4), "(1 + 2 + 1) / 3");
    let early = IndexFacts { months: vec![paid("2010-01", 300_000)], ..facts.clone() };
    assert!(
        matches!(average_index(&early, &set), Err(RuleError::Parameter(_))),
        "floor before 2014 unconfirmed"
    );
    assert_eq!(average_index(&early, &set.accepting_unconfirmed()).unwrap().0, Decimal::ONE);
    let double = IndexFacts { months: vec![paid("2026-06", 1), paid("2026-06", 1)], ..facts };
    assert!(matches!(average_index(&double, &set), Err(RuleError::Input { .. })));
}
