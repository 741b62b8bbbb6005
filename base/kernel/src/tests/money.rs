//! Money and months: properties of reading, storing and rounding.

use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::{Fen, Month};

proptest! {
    #[test]
    fn yuan_text_is_read_back(fen in -9_000_000_000_000_i64..9_000_000_000_000) {
        prop_assert_eq!(Fen(fen).to_string().parse::<Fen>().unwrap(), Fen(fen));
        prop_assert_eq!(Fen::round_half_up(Fen(fen).yuan()).unwrap(), Fen(fen));
    }

    #[test]
    fn jiao_ceiling_never_lowers_and_adds_less_than_a_jiao(fen in 0_i64..9_000_000_000_000) {
        let up = Fen(fen).ceil_to_jiao().unwrap();
        prop_assert!(up.0 % 10 == 0 && (0..10).contains(&(up.0 - fen)));
    }

    #[test]
    fn months_stored_and_read_back(year in 1900_i32..2199, month in 1_u32..=12) {
        let it = Month::new(year, month).unwrap();
        prop_assert_eq!(Month::from_yyyymm(it.yyyymm()).unwrap(), it);
        prop_assert_eq!(it.to_string().parse::<Month>().unwrap(), it);
    }
}

#[test]
fn half_a_fen_goes_up_and_a_third_decimal_is_refused() {
    assert_eq!(Fen::round_half_up(Decimal::new(962_115, 3)).unwrap(), Fen(96_212));
    assert!("1.005".parse::<Fen>().is_err());
    assert_eq!("1.50".parse::<Fen>().unwrap(), Fen(150));
}
