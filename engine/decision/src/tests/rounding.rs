//! Rounding rules.

use base_kernel::Fen;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::Rounding;

fn fen(rule: Rounding, yuan: &str) -> i64 {
    rule.to_fen(yuan.parse().unwrap()).unwrap().0
}

#[test]
fn rules_of_the_rounding_table() {
    // policy.md §2.8, case 2: half-up to fen first, then any fen up to jiao.
    assert_eq!(fen(Rounding::FenHalfUpThenJiaoUp, "5500.6504"), 550_070);
    assert_eq!(fen(Rounding::FenHalfUpThenJiaoUp, "5500.6049"), 550_060);
    assert_eq!(fen(Rounding::FenHalfUp, "962.115"), 96_212);
    assert_eq!(fen(Rounding::YuanHalfUp, "707.5"), 70_800);
    assert_eq!(fen(Rounding::YuanUp, "4973.6"), 497_400);
    assert_eq!(fen(Rounding::YuanUp, "6217.0"), 621_700);
    assert_eq!(Rounding::TenthHalfUp.apply("137.25".parse().unwrap()).to_string(), "137.3");
    assert_eq!(Rounding::from_code("yuan_up"), Some(Rounding::YuanUp));
    assert_eq!(Rounding::from_code("up"), None);
}

proptest! {
    #[test]
    fn rounding_is_within_its_unit_and_rounds_once(mills in 0_i64..9_000_000_000_000) {
        let exact = Decimal::new(mills, 3);
        for (rule, unit) in [
            (Rounding::FenHalfUp, 1), (Rounding::FenHalfUpThenJiaoUp, 11), (Rounding::YuanUp, 100),
        ] {
            let Fen(got) = rule.to_fen(exact).unwrap();
            prop_assert!((Decimal::from(got) - exact * Decimal::ONE_HUNDRED).abs() <= Decimal::from(unit));
            prop_assert_eq!(rule.to_fen(Fen(got).yuan()).unwrap(), Fen(got));
        }
    }
}
