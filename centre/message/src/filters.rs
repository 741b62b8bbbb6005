//! How values read in a message.

use base_kernel::{Fen, Month};
use chrono::{Datelike, NaiveDate};
use minijinja::{Error, ErrorKind};

/// Whole fen → `8,146.60`.
pub(crate) fn yuan(fen: i64) -> String {
    let plain = Fen(fen).to_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, cents) = plain.split_once('.').unwrap_or((plain, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{cents}")
}

/// `2026-07-01` → `2026年7月1日`.
pub(crate) fn cn_date(date: &str) -> Result<String, Error> {
    let date: NaiveDate = date.parse().map_err(|_| unreadable("日期", date))?;
    Ok(format!("{}年{}月{}日", date.year(), date.month(), date.day()))
}

/// `2026-07` → `2026年7月`.
pub(crate) fn cn_month(month: &str) -> Result<String, Error> {
    let month: Month = month.parse().map_err(|_| unreadable("年月", month))?;
    Ok(format!("{}年{}月", month.year(), month.month()))
}

fn unreadable(what: &str, text: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("“{text}”不是{what}"))
}
