//! Crontab lines.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::Crontab;

fn matches(line: &str, at: &str) -> bool {
    let at = NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").unwrap();
    line.parse::<Crontab>().unwrap().matches(at)
}

fn time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

#[test]
fn lines_match_their_minutes() {
    assert!(matches("* * * * *", "2026-07-01 09:13"));
    assert!(matches("*/15 8-18 * * 1-5", "2026-07-01 09:45"));
    assert!(!matches("*/15 8-18 * * 1-5", "2026-07-01 09:46"));
    assert!(matches("0 8 1-7 * 1", "2026-07-06 08:00"), "first Monday of July");
    assert!(!matches("0 8 1-7 * 1", "2026-07-13 08:00"));
    assert!(matches("5,35 0 * * *", "2026-07-01 00:35"));
}

#[test]
fn sunday_is_zero_and_seven() {
    assert!(matches("0 0 * * 0", "2026-07-05 00:00"));
    assert!(matches("0 0 * * 7", "2026-07-05 00:00"));
    assert!(!matches("0 0 * * 1", "2026-07-05 00:00"));
}

#[test]
fn nonsense_is_refused() {
    for line in
        ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "a * * * *", "5-1 * * * *", "*/0 * * * *"]
    {
        assert!(line.parse::<Crontab>().is_err(), "{line}");
    }
}

#[test]
fn the_latest_due_minute_is_found_in_shanghai_time() {
    let daily: Crontab = "30 3 * * *".parse().unwrap();
    // 03:30 in Shanghai is 19:30 of the day before in UTC.
    let due = daily.latest_due(time("2026-06-30T12:00:00Z"), time("2026-06-30T20:15:30Z"));
    assert_eq!(due, Some(time("2026-06-30T19:30:00Z")));
    assert_eq!(daily.latest_due(due.unwrap(), time("2026-06-30T20:16:00Z")), None, "not twice");
}

#[test]
fn what_was_missed_longer_than_a_day_ago_is_let_go() {
    let monthly: Crontab = "0 0 1 * *".parse().unwrap();
    assert_eq!(monthly.latest_due(time("2026-06-01T00:00:00Z"), time("2026-07-15T00:00:00Z")), None);
}
