//! Check digits of personal and employer numbers.

use crate::number::{employer_no_valid, person_no_valid, with_check};

#[test]
fn every_single_mistake_in_a_number_is_noticed() {
    for nine in [310_000_001_i64, 310_000_456, 418_273_645, 899_999_999] {
        let number = with_check(nine);
        assert!(person_no_valid(&number), "{number}");
        let digits = number.as_bytes();
        for place in 0..10 {
            for other in b'0'..=b'9' {
                let mut typed = digits.to_vec();
                typed[place] = other;
                let typed = String::from_utf8(typed).unwrap();
                assert_eq!(person_no_valid(&typed), typed == number && !typed.starts_with('2'), "{typed}");
            }
        }
    }
}

#[test]
fn people_and_employers_are_told_apart() {
    assert!(employer_no_valid(&with_check(210_000_001)));
    assert!(!person_no_valid(&with_check(210_000_001)));
    assert!(!employer_no_valid(&with_check(310_000_001)));
    for nonsense in ["", "31000", "310000001X", "31000000１2", "3100000010 "] {
        assert!(!person_no_valid(nonsense), "{nonsense}");
    }
}
