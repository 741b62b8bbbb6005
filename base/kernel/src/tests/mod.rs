//! Vectors of `policy.md` §12 and §13 and `items.md` §6.2, and properties.

#![expect(clippy::unwrap_used, reason = "tests")]

mod calendar;
mod identity;
mod money;
mod numbers;

use chrono::NaiveDate;

/// `2026-11-24` as a date.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
