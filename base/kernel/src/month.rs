//! A business month (`yyyy-MM`) and spans of months.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar month between 1900-01 and 2199-12.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

/// Why a text is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是有效年月，请按 2026-07 的格式填写")]
pub struct MonthError(pub String);

impl Month {
    /// A month by year and month number.
    ///
    /// # Errors
    /// [`MonthError`] when the year is outside 1900–2199 or the month outside 1–12.
    pub fn new(year: i32, month: u32) -> Result<Self, MonthError> {
        match (year, month) {
            (1900..=2199, 1..=12) => Ok(Self(year * 12 + month.cast_signed() - 1)),
            _ => Err(MonthError(format!("{year}-{month:02}"))),
        }
    }

    /// The month that `day` falls in.
    ///
    /// # Errors
    /// [`MonthError`] outside 1900–2199.
    pub fn of(day: NaiveDate) -> Result<Self, MonthError> {
        Self::new(day.year(), day.month())
    }

    /// From the stored form, for example 202607.
    ///
    /// # Errors
    /// [`MonthError`] when the number is not a month.
    pub fn from_yyyymm(stored: i32) -> Result<Self, MonthError> {
        Self::new(stored / 100, (stored % 100).unsigned_abs())
    }

    /// The stored form, for example 202607: an integer that sorts by time.
    #[must_use]
    pub fn yyyymm(self) -> i32 {
        self.year() * 100 + self.month().cast_signed()
    }

    /// Calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month number, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month `months` later (earlier when negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Whole months from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// First day of the month.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1)
            .unwrap_or_else(|| unreachable!("a Month is always a calendar month"))
    }

    /// Last day of the month.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.plus(1)
            .first_day()
            .pred_opt()
            .unwrap_or_else(|| unreachable!("the first of a month has a day before"))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || MonthError(text.chars().take(20).collect());
        let (year, month) = text.split_once('-').ok_or_else(refuse)?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(refuse());
        }
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month)) => Self::new(year, month).map_err(|_| refuse()),
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

/// A closed span of months, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthSpan {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
}

impl MonthSpan {
    /// Every month of the span in order; empty when `to` is before `from`.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (self.from.0..=self.to.0).map(Month)
    }
}
