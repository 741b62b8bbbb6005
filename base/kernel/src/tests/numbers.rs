//! Credit codes, bank cards, regions, mobiles, case numbers.

use proptest::prelude::*;

use super::day;
use crate::{
    BankCard, CardAdvice, CaseNo, CaseNoError, CaseNoParts, Channel, Mobile, RegionCode, RegionUse, Uscc,
    UsccError, organisation_code_fits,
};

#[test]
fn credit_code_vectors() {
    for text in [
        "91110000600037341L",
        "913100001234567883",
        "12310000425000014Y",
        "91310115MA1K3ABC99",
        "91310115ma1k3abc99",
    ] {
        assert!(Uscc::parse(text).is_ok(), "{text}: {:?}", Uscc::parse(text));
    }
    let code = Uscc::parse("91310115MA1K3ABC99").unwrap();
    assert_eq!((code.department_name(), code.kind_name()), (Some("市场监督管理"), Some("企业")));
    assert_eq!((code.area(), code.organisation_code()), ("310115", "MA1K3ABC9"));
    assert!(organisation_code_fits("MA1K3ABC-9") && !organisation_code_fits("MA1K3ABC-8"));
    for (text, error) in [
        ("91310115MA1K3ABC9", UsccError::Length),
        ("9131011SMA1K3ABC99", UsccError::Characters),
        ("B1310115MA1K3ABC99", UsccError::Department),
        ("91310115MA1K3ABC98", UsccError::Check),
        ("91310115MA1K3ABC89", UsccError::OrganisationCheck),
        ("9131011AMA1K3ABC99", UsccError::Area),
    ] {
        assert_eq!(Uscc::parse(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn luhn_is_advice() {
    for text in ["6217001210000123453", "622848003012345675", "6217 0012 1000 0123 453"] {
        assert_eq!(BankCard::parse(text).unwrap().advice(), CardAdvice::Fits, "{text}");
    }
    let odd = BankCard::parse("6217001210000123454").unwrap();
    assert_eq!(odd.advice(), CardAdvice::Warn);
    assert!(odd.advice().message().is_some() && odd.is_union_pay());
    assert_eq!(format!("{odd:?}"), "621700*********3454");
    assert!(BankCard::parse("621700121000").is_err() && BankCard::parse("62170012100001234５3").is_err());
}

#[test]
fn shanghai_codes_past_and_present() {
    let code = |text: &str| text.parse::<RegionCode>().unwrap();
    assert_eq!(RegionCode::shanghai_districts().count(), 16);
    for (old, now) in [
        ("310102", "310101"),
        ("310103", "310101"),
        ("310108", "310106"),
        ("310119", "310115"),
        ("310115", "310115"),
    ] {
        assert_eq!(code(old).current(), Some(code(now)), "{old}");
    }
    assert_eq!(code("310108").usage(), Some(RegionUse::Until(2014)));
    assert_eq!(code("310205").current(), None);
    assert_eq!(code("330100").name(), None);
    let wider: Vec<_> = code("310115").widening().map(|region| region.to_string()).collect();
    assert_eq!(wider, ["310115", "310100", "310000", "000000"]);
    assert_eq!(RegionCode::NATION.widening().count(), 1);
    for text in ["31000", "3100000", "31000a", "", "３１００００"] {
        assert!(text.parse::<RegionCode>().is_err(), "{text}");
    }
}

#[test]
fn mobile_numbers() {
    assert_eq!(Mobile::parse("+86 138-1234-5678").unwrap().masked(), "138****5678");
    for text in ["12812345678", "1381234567", "138123456789", "138１2345678", ""] {
        assert!(Mobile::parse(text).is_err(), "{text}");
    }
}

#[test]
fn case_numbers_have_27_characters() {
    let parts = CaseNoParts {
        area: "310104".parse().unwrap(),
        day: day("2026-07-01"),
        channel: Channel::Web,
        sequence: 42,
    };
    let number = CaseNo::build(parts).unwrap();
    assert_eq!(number.as_str().len(), 27);
    assert!(number.as_str().starts_with("HRSS3101042026070120000042"));
    assert_eq!(number.parts(), Ok(parts));
    assert_eq!(CaseNo::build(CaseNoParts { sequence: 10_000_000, ..parts }), Err(CaseNoError::Range));
    assert_eq!(CaseNo::parse("HRSS310104"), Err(CaseNoError::Shape));
}

#[test]
fn the_check_digit_satisfies_the_verification_form_of_iso_7064() {
    // Computed the other way round: over all 23 digits the last running sum is congruent 1 modulo 10.
    let number = CaseNo::build(CaseNoParts {
        area: RegionCode::SHANGHAI,
        day: day("2026-01-01"),
        channel: Channel::Window,
        sequence: 1,
    })
    .unwrap();
    let digits: Vec<u32> = number.as_str()[4..].bytes().map(|byte| u32::from(byte - b'0')).collect();
    let mut product = 10;
    for (place, digit) in digits.iter().enumerate() {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        if place == 22 {
            assert_eq!((product + digit) % 10, 1);
        }
        product = sum * 2 % 11;
    }
}

proptest! {
    #[test]
    fn a_wrong_digit_in_a_case_number_is_always_found(
        sequence in 1_u32..10_000_000, place in 4_usize..27, other in 1_u8..10, offset in 0_u64..3000,
    ) {
        let parts = CaseNoParts {
            area: RegionCode::SHANGHAI,
            day: day("2024-01-01") + chrono::Days::new(offset),
            channel: Channel::Mobile,
            sequence,
        };
        let number = CaseNo::build(parts).unwrap();
        prop_assert_eq!(CaseNo::parse(&number.as_str().to_lowercase()).unwrap().parts().unwrap(), parts);
        let mut wrong = number.0.into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + other) % 10;
        prop_assert!(CaseNo::parse(&String::from_utf8(wrong).unwrap()).is_err());
    }

    #[test]
    fn no_text_makes_them_panic(text in "\\PC{0,30}") {
        let _ = Uscc::parse(&text);
        let _ = BankCard::parse(&text);
        let _ = Mobile::parse(&text);
        let _ = CaseNo::parse(&text);
        let _ = text.parse::<RegionCode>();
    }

    #[test]
    fn one_wrong_character_in_a_credit_code_is_found(place in 0_usize..18, other in 1_usize..31) {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
        let mut code = *b"91310115MA1K3ABC99";
        let now = LETTERS.iter().position(|letter| *letter == code[place]).unwrap();
        code[place] = LETTERS[(now + other) % 31];
        prop_assert!(Uscc::parse(std::str::from_utf8(&code).unwrap()).is_err());
    }
}
