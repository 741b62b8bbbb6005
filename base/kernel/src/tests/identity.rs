//! Identity numbers: vectors of `policy.md` §12.1, hostile texts, properties.

use chrono::{Datelike, Days};
use proptest::prelude::*;

use super::day;
use crate::{IdentityError, IdentityKind, IdentityNumber, Sex, SpecialId, SpecialIdError};

const TODAY: &str = "2026-11-24";

fn parse(text: &str) -> Result<IdentityNumber, IdentityError> {
    IdentityNumber::parse(text, day(TODAY))
}

/// The check character by the definition of the standard, computed another way than the product does: the whole
/// number read as a MOD 11-2 string must be congruent 1.
fn append_check(body: &str) -> String {
    let digits = "0123456789X";
    let sum = body.bytes().fold(0_u32, |sum, byte| (sum + u32::from(byte - b'0')) * 2 % 11);
    let check = (12 - sum) % 11;
    format!("{body}{}", &digits[check as usize..=check as usize])
}

#[test]
fn vectors_of_the_standard() {
    for (text, birth, sex) in [
        ("310101199003072532", "1990-03-07", Sex::Male),
        ("310115196512310011", "1965-12-31", Sex::Male),
        // Area of the former 上海县: historical areas are accepted.
        ("310221197001010022", "1970-01-01", Sex::Female),
    ] {
        let number = parse(text).unwrap();
        assert_eq!((number.birth_date(), number.sex()), (day(birth), sex), "{text}");
        assert_eq!((number.kind(), number.area()), (IdentityKind::Citizen, &text[..6]));
    }
}

#[test]
fn a_day_that_never_was_is_refused_although_the_check_fits() {
    assert_eq!(parse("31010419850229111X").unwrap_err(), IdentityError::BirthDate);
}

#[test]
fn fifteen_digits_become_eighteen() {
    let number = IdentityNumber::parse_legacy("310104650312004", day(TODAY)).unwrap();
    assert_eq!(number.as_str(), "310104196503120049");
    assert_eq!(parse("310104650312004").unwrap_err(), IdentityError::Length);
    let same = IdentityNumber::parse_legacy(" 310104196503120049 ", day(TODAY)).unwrap();
    assert_eq!(same, number);
}

#[test]
fn permits_and_foreign_cards() {
    let number = parse("810000199001010019").unwrap();
    assert_eq!(number.kind(), IdentityKind::HongKongPermit);
    assert_eq!(parse(&append_check("82000019900101001")).unwrap().kind(), IdentityKind::MacaoPermit);
    assert_eq!(parse(&append_check("83000019900101001")).unwrap().kind(), IdentityKind::TaiwanPermit);
    let foreign = append_check("93184019850515012");
    assert_eq!(parse(&foreign).unwrap().kind(), IdentityKind::ForeignPermanent);
    assert!(SpecialId::parse(&foreign, day(TODAY)).is_ok());
    assert_eq!(SpecialId::parse("310101199003072532", day(TODAY)), Err(SpecialIdError::Citizen));
    assert_eq!(parse(&append_check("81010119900101001")).unwrap_err(), IdentityError::Province);
}

#[test]
fn hostile_texts_are_refused_with_the_first_thing_wrong() {
    for (text, error) in [
        ("", IdentityError::Length),
        ("31010119900307253", IdentityError::Length),
        ("31010119900307253A", IdentityError::Characters),
        ("3101011990030725３2", IdentityError::Characters),
        ("三一〇一〇一一九九〇〇三〇七二五三二", IdentityError::Characters),
        ("991010119900307253", IdentityError::BirthDate),
        ("001010199003072532", IdentityError::Province),
        ("310101199003072531", IdentityError::Check),
        ("310101000003072532", IdentityError::BirthDate),
        ("-31010119900307253", IdentityError::Characters),
    ] {
        assert_eq!(parse(text).unwrap_err(), error, "{text}");
    }
    assert_eq!(parse(&append_check("31010120261125001")).unwrap_err(), IdentityError::FutureBirth);
    assert!(parse(&append_check("31010120261124001")).is_ok());
    assert_eq!(parse(&append_check("31010118951123001")).unwrap_err(), IdentityError::TooOld);
    assert!(parse(&append_check("31010118961124001")).is_ok());
}

#[test]
fn a_number_never_prints_itself() {
    let number = parse("310101199003072532").unwrap();
    assert_eq!(number.masked(), "310***********2532");
    assert_eq!(format!("{number} {number:?}"), "310***********2532 310***********2532");
}

proptest! {
    #[test]
    fn every_well_formed_number_is_read_and_every_wrong_digit_is_found(
        days in 0_u64..36_000, area in 310_101_u32..310_231, sequence in 0_u32..1000,
        place in 0_usize..17, other in 1_u8..10,
    ) {
        let birth = day("1900-01-01").checked_add_days(Days::new(days)).unwrap();
        let body = format!("{area}{}{sequence:03}", birth.format("%Y%m%d"));
        let text = append_check(&body);
        let number = parse(&text).unwrap();
        prop_assert_eq!(number.birth_date(), birth);
        prop_assert_eq!(number.sex() == Sex::Male, sequence % 2 == 1);
        prop_assert_eq!(number.age_on(birth), Some(0));
        prop_assert_eq!(parse(&text.to_lowercase()), Ok(number));
        if birth.year() < 2000 {
            let old = format!("{}{}", &text[..6], &text[8..17]);
            prop_assert_eq!(IdentityNumber::parse_legacy(&old, day(TODAY)), Ok(number));
        }
        let mut wrong = text.into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + other) % 10;
        prop_assert!(parse(&String::from_utf8(wrong).unwrap()).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}", digits in "[0-9Xx]{14,19}") {
        let _ = IdentityNumber::parse_legacy(&text, day(TODAY));
        let _ = IdentityNumber::parse_legacy(&digits, day(TODAY));
    }
}
