//! What the shipped files say, against the tables they were taken from.

use std::path::Path;

use base_kernel::Fen;
use engine_decision::{ParameterError, Rounding, Status, Value};
use rust_decimal::Decimal;

use super::{SHANGHAI, day};
use crate::{Catalogue, shipped, shipped_calendar};

#[test]
fn the_shipped_catalogue_loads_and_equals_its_folder() {
    let inside = shipped().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let outside = Catalogue::from_folder(&folder).unwrap();
    assert!(inside.definitions().eq(outside.parameters.definitions()));
    assert_eq!(shipped_calendar().unwrap(), outside.calendar);
    assert!(inside.definitions().count() > 70);
    assert!(Catalogue::from_folder(Path::new("/nonexistent")).is_err());
}

#[test]
fn base_bounds_follow_the_average_wage() {
    let set = shipped().unwrap();
    let rows = &set.definition("contribution.average_wage").unwrap().rows[&SHANGHAI];
    assert_eq!(rows.len(), 27);
    for row in rows {
        let on = row.effective_from;
        let fen = |key: &str| set.get(key, SHANGHAI, on).unwrap().fen().unwrap();
        let average = row.fen().unwrap();
        assert_eq!(fen("contribution.base_ceiling"), Fen(average.0 * 3), "{on}");
        // 2020 kept the floor of the year before, 2021 and 2022 take a mean of two averages.
        if on < day("2020-07-01") || on >= day("2023-07-01") {
            let sixty = average.yuan() * Decimal::new(6, 1);
            assert_eq!(fen("contribution.base_floor"), Rounding::YuanHalfUp.to_fen(sixty).unwrap(), "{on}");
        }
    }
    for (on, floor) in
        [("2020-07-01", 4927), ("2021-07-01", 5975), ("2022-07-01", 6520), ("2026-07-01", 7546)]
    {
        let row = set.get("contribution.base_floor", SHANGHAI, day(on)).unwrap();
        assert_eq!(row.fen().unwrap(), Fen(floor * 100), "{on}");
    }
}

#[test]
fn social_insurance_years_change_on_their_days() {
    let set = shipped().unwrap();
    let average =
        |on: &str| set.get("contribution.average_wage", SHANGHAI, day(on)).unwrap().fen().unwrap().0 / 100;
    for (on, yuan) in [
        ("2018-03-31", 6504),
        ("2019-04-30", 7132),
        ("2019-05-01", 8211),
        ("2020-06-30", 8211),
        ("2020-07-01", 9339),
        ("2026-06-30", 12434),
        ("2026-07-01", 12577),
        ("2000-04-01", 1179),
    ] {
        assert_eq!(average(on), yuan, "{on}");
    }
    let next = set.get("contribution.average_wage", SHANGHAI, day("2027-07-01"));
    assert!(matches!(next, Err(ParameterError::Missing { .. })), "next year is not guessed");
}

#[test]
fn open_questions_are_marked_and_refused() {
    let set = shipped().unwrap();
    for (key, on) in [
        ("pension.base", "2019-06-01"),
        ("pension.base", "2020-06-01"),
        ("account.recording_rate", "2013-06-01"),
        ("account.size_rate", "2008-01-01"),
        ("account.interest_method", "2025-12-31"),
        ("contribution.medical.employer_rate", "2022-01-01"),
        ("contribution.unemployment.employer_rate", "2026-07-01"),
        ("contribution.injury.class_rate", "2020-01-01"),
        ("contribution.late_fee.capped_at_principal", "2026-01-01"),
        ("retirement.special_job.min_age_months_male", "2026-01-01"),
        ("pension.index_floor", "2012-06-01"),
        ("pension.adjustment.fixed", "2025-01-01"),
        ("pension.adjustment.national_ceiling", "2026-01-01"),
    ] {
        let answer = set.get(key, SHANGHAI, day(on));
        assert!(matches!(answer, Err(ParameterError::Unconfirmed { .. })), "{key} {on}: {answer:?}");
    }
    for row in set.rows().filter(|row| row.value == Value::Unknown) {
        assert_eq!(row.status, Status::Unconfirmed, "{}", row.key);
    }
}

#[test]
fn the_medical_rate_is_about_to_lapse() {
    let set = shipped().unwrap();
    let keys = |on: &str| set.expiring(day(on), 60).map(|row| row.key.as_str()).collect::<Vec<_>>();
    assert!(keys("2026-12-31").contains(&"contribution.medical.employer_rate"));
    assert!(!keys("2026-12-29").contains(&"contribution.medical.employer_rate"));
}

#[test]
fn rounding_names_in_files_are_known() {
    let set = shipped().unwrap();
    let named = set.rows().filter(|row| row.key.ends_with("rounding"));
    assert!(
        named
            .inspect(|row| assert!(Rounding::from_code(row.text().unwrap()).is_some(), "{}", row.key))
            .count()
            > 3
    );
}

#[test]
fn the_divisor_table_is_the_gazette_text() {
    let set = shipped().unwrap();
    let row = set.get("pension.divisor", SHANGHAI, day("2026-01-01")).unwrap();
    for (age, months) in [("40", 233), ("47", 208), ("50", 195), ("60", 139), ("66", 93), ("70", 56)] {
        assert_eq!(row.cell(age).unwrap(), Decimal::from(months), "{age}");
    }
    assert_eq!(row.table().unwrap().0.len(), 31);
}
