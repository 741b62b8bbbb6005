//! When failures make somebody wait.

use chrono::{DateTime, Duration, Utc};

use crate::IdentityConfig;
use crate::throttle::{Count, Kind};

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + Duration::minutes(minute)
}

#[test]
fn a_login_is_locked_at_the_fifth_failure() {
    let config = IdentityConfig::default();
    let mut count = None;
    for failure in 1..=5 {
        let after = Count::failed(count, Kind::Login, at(failure), &config);
        assert_eq!(after.wait(at(failure)).is_some(), failure == 5);
        count = Some(after);
    }
    assert_eq!(count.unwrap().wait(at(19)), Some(Duration::minutes(1)));
    assert_eq!(count.unwrap().wait(at(20)), None);
    // The first failure after the lock is a first failure.
    assert_eq!(Count::failed(count, Kind::Login, at(20), &config).failures, 1);
}

#[test]
fn a_quiet_quarter_of_an_hour_forgets() {
    let config = IdentityConfig::default();
    let first = Count::failed(None, Kind::Login, at(0), &config);
    assert_eq!(Count::failed(Some(first), Kind::Login, at(14), &config).failures, 2);
    assert_eq!(Count::failed(Some(first), Kind::Login, at(15), &config).failures, 1);
}

#[test]
fn a_source_waits_longer_each_time_up_to_a_quarter_of_an_hour() {
    let config = IdentityConfig { source_after: 2, ..IdentityConfig::default() };
    let mut count = None;
    let mut waits = Vec::new();
    for _ in 0..16 {
        let after = Count::failed(count, Kind::Source, at(0), &config);
        waits.push(after.wait(at(0)).map_or(0, |wait| wait.num_seconds()));
        count = Some(after);
    }
    assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
}
