//! Working days and limits: published totals, vectors, refusals.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use proptest::prelude::*;

use super::day;
use crate::{Calendar, CalendarError, CalendarYear, Limit, LimitUnit, Month};

fn shipped() -> Calendar {
    let year = |text: &str| serde_yaml_ng::from_str::<CalendarYear>(text).unwrap();
    Calendar::new([
        year(include_str!("../../../../catalogue/policy/calendar/2025.yaml")),
        year(include_str!("../../../../catalogue/policy/calendar/2026.yaml")),
    ])
    .unwrap()
}

#[test]
fn monthly_totals_are_the_published_ones() {
    let calendar = shipped();
    for (year, totals) in [
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
    ] {
        for (month, total) in (1_u32..).zip(totals) {
            let days = calendar.working_days_in(Month::new(year, month).unwrap()).unwrap();
            assert_eq!(days, total, "{year}-{month}");
        }
        assert_eq!(totals.iter().sum::<u32>(), 248);
        assert_eq!(calendar.published(year).unwrap().statutory_days.len(), 13);
    }
}

#[test]
fn weekdays_off_are_the_published_ones() {
    let calendar = shipped();
    let off = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let weekday = |day: &NaiveDate| day.weekday().number_from_monday() <= 5;
        let days = first.iter_days().take_while(|day| day.year() == year).filter(weekday);
        let off = days.filter(|day| !calendar.is_working_day(*day).unwrap());
        off.map(|day| day.format("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        off(2025),
        "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08"
    );
    assert_eq!(
        off(2026),
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 \
         10-06 10-07"
    );
}

#[test]
fn working_day_vectors() {
    let calendar = shipped();
    for (start, count, due) in [
        ("2025-01-24", 10, "2025-02-13"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-29", 20, "2025-11-03"),
        ("2026-02-11", 3, "2026-02-14"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-09-18", 5, "2026-09-24"),
        // policy.md E10.2 and E11.3.
        ("2026-03-02", 60, "2026-05-28"),
        ("2026-03-02", 90, "2026-07-10"),
        ("2026-09-21", 20, "2026-10-26"),
        ("2026-10-01", 0, "2026-10-01"),
    ] {
        assert_eq!(calendar.add_working_days(day(start), count).unwrap(), day(due), "{start} + {count} W");
        assert_eq!(Limit::working(count).due(day(start), &calendar).unwrap().date, day(due));
    }
}

#[test]
fn a_year_without_calendar_is_an_error_never_a_guess() {
    let calendar = shipped();
    let missing = Err(CalendarError::YearNotLoaded(2027));
    assert_eq!(calendar.is_working_day(day("2027-01-04")), Err(CalendarError::YearNotLoaded(2027)));
    assert_eq!(calendar.add_working_days(day("2026-12-30"), 2), missing);
    assert_eq!(calendar.add_working_days(day("2026-12-30"), 1), Ok(day("2026-12-31")));
    assert_eq!(
        Limit::calendar(30).due(day("2026-12-20"), &calendar).unwrap_err(),
        CalendarError::YearNotLoaded(2027)
    );
    assert_eq!(
        calendar.add_working_days(day("2024-12-30"), 1),
        Err(CalendarError::YearNotLoaded(2024)),
        "the past is not guessed either"
    );
}

#[test]
fn calendar_limits_that_end_on_a_rest_day_move_on() {
    let calendar = shipped();
    // policy.md E10.1: 45 days; with the extension the 60th day is Labour Day.
    let award = Limit::calendar(45).due(day("2026-03-02"), &calendar).unwrap();
    assert_eq!((award.nominal, award.date), (day("2026-04-16"), day("2026-04-16")));
    let extended = Limit::calendar(60).due(day("2026-03-02"), &calendar).unwrap();
    assert_eq!((extended.nominal, extended.date), (day("2026-05-01"), day("2026-05-06")));
    // A make-up Saturday is a working day and keeps the limit.
    assert_eq!(Limit::calendar(4).due(day("2026-02-10"), &calendar).unwrap().date, day("2026-02-14"));
}

#[test]
fn months_keep_the_day_or_take_the_last() {
    let calendar = shipped();
    let due = |start: &str, months| Limit::months(months).due(day(start), &calendar).unwrap();
    assert_eq!(due("2026-01-31", 1).nominal, day("2026-02-28"));
    assert_eq!(due("2025-11-30", 3).nominal, day("2026-02-28"));
    assert_eq!(due("2026-06-15", 3).date, day("2026-09-15"));
}

#[test]
fn hours_run_from_the_moment() {
    let calendar = shipped();
    let start = Utc.with_ymd_and_hms(2026, 7, 1, 1, 30, 0).unwrap();
    let end = Limit::hours(48).exceeded_from(start, &calendar).unwrap();
    assert_eq!(end, Utc.with_ymd_and_hms(2026, 7, 3, 1, 30, 0).unwrap());
    assert_eq!(Limit::hours(1).due(day("2026-07-01"), &calendar), Err(CalendarError::HoursNeedAnInstant));
    // One working day after Wednesday 1 July ends with Thursday, Shanghai time.
    let end = Limit::working(1).exceeded_from(start, &calendar).unwrap();
    assert_eq!(end, Utc.with_ymd_and_hms(2026, 7, 2, 16, 0, 0).unwrap());
}

#[test]
fn late_and_weekend_submissions_count_as_received_next_working_day() {
    let calendar = shipped();
    let closes = NaiveTime::from_hms_opt(17, 0, 0).unwrap();
    let received = |hour, date: u32| {
        let at = Utc.with_ymd_and_hms(2026, 7, date, hour, 0, 0).unwrap();
        calendar.received_on(at, closes).unwrap()
    };
    assert_eq!(received(8, 3), day("2026-07-03"), "Friday 16:00");
    assert_eq!(received(10, 3), day("2026-07-06"), "Friday 18:00");
    assert_eq!(received(2, 4), day("2026-07-06"), "Saturday");
}

#[test]
fn limits_are_read_from_item_files() {
    let limit: Limit = serde_yaml_ng::from_str("{ days: 20, unit: working }").unwrap();
    assert_eq!(limit, Limit::working(20));
    let limit: Limit = serde_yaml_ng::from_str("{ amount: 3, unit: M }").unwrap();
    assert_eq!((limit.unit, limit.to_string()), (LimitUnit::Month, "3 个月".to_owned()));
}

#[test]
fn tables_that_contradict_themselves_are_refused() {
    let good: CalendarYear =
        serde_yaml_ng::from_str(include_str!("../../../../catalogue/policy/calendar/2026.yaml")).unwrap();
    assert_eq!(Calendar::new([good.clone(), good.clone()]), Err(CalendarError::YearTwice(2026)));
    let mut weekday = good.clone();
    weekday.working_weekends.push(day("2026-07-01"));
    assert!(matches!(Calendar::new([weekday]), Err(CalendarError::BadTable { year: 2026, .. })));
    let mut backwards = good;
    backwards.holidays[0].to = day("2025-12-31");
    assert!(matches!(Calendar::new([backwards]), Err(CalendarError::BadTable { .. })));
}

proptest! {
    #[test]
    fn adding_and_counting_working_days_agree(offset in 0_u64..500, count in 0_u32..120) {
        let calendar = shipped();
        let start = day("2025-01-01") + chrono::Days::new(offset);
        let Ok(end) = calendar.add_working_days(start, count) else { return Ok(()) };
        prop_assert_eq!(calendar.working_days_between(start, end).unwrap(), count);
        if count > 0 {
            prop_assert!(calendar.is_working_day(end).unwrap());
            prop_assert!(calendar.add_working_days(start, count - 1).unwrap() < end);
        }
    }
}
