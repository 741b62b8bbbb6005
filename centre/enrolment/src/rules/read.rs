//! Reading one cell.

use base_kernel::{Fen, Month};
use chrono::NaiveDate;

/// A cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, trimmed.
    Text(String),
    /// A number as the sheet stores it.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// A formula; its result can't be relied on.
    Formula,
    /// An error value such as #REF!.
    Broken,
}

impl Cell {
    /// The cell as text; numbers without exponent.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Formula => "（公式）".to_owned(),
            Self::Broken => "（错误值）".to_owned(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// A month: a day's month, 2026-11, 2026/11, 2026年11月, 202611.
    pub(crate) fn month(&self) -> Option<Month> {
        match self {
            Self::Date(day) => Month::of(*day).ok(),
            Self::Text(_) | Self::Number(_) => {
                let parts = numbers(&self.text());
                match parts.as_slice() {
                    [one] if one.len() == 6 => month(&one[..4], &one[4..]),
                    [year, of_year] => month(year, of_year),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A day: 2026-11-05, 2026/11/5, 2026年11月5日, 20261105.
    pub(crate) fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(day) => Some(*day),
            Self::Text(_) | Self::Number(_) => {
                let parts = numbers(&self.text());
                match parts.as_slice() {
                    [one] if one.len() == 8 => day(&one[..4], &one[4..6], &one[6..]),
                    [year, of_year, of_month] => day(year, of_year, of_month),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Yuan with at most two decimals; separators of thousands are passed over.
    pub(crate) fn money(&self) -> Option<Fen> {
        match self {
            Self::Text(_) | Self::Number(_) => self.text().replace([',', '，'], "").parse().ok(),
            _ => None,
        }
    }
}

/// Runs of digits; nothing when other characters than separators stand between them.
fn numbers(text: &str) -> Vec<String> {
    let separators = ['-', '/', '.', '年', '月', '日'];
    if text.chars().any(|c| !c.is_ascii_digit() && !separators.contains(&c)) {
        return Vec::new();
    }
    text.split(separators).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn month(year: &str, month: &str) -> Option<Month> {
    if year.len() != 4 || month.len() > 2 {
        return None;
    }
    Month::new(year.parse().ok()?, month.parse().ok()?).ok()
}

fn day(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
