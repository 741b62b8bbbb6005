//! Case numbers (办件编号): `HRSS` + area (6) + day (8) + channel (1) + sequence (7) + check digit (1) = 27 characters.
//!
//! The check digit is ISO 7064 MOD 11,10 over the 22 digits before it: it finds every single wrong digit and nearly
//! every exchange of neighbours, and unlike MOD 11-2 never needs an X, so a case number can be read out and keyed in
//! on a digit pad.

use chrono::{Datelike, NaiveDate};

use crate::{CaseNo, Channel, RegionCode};

const PREFIX: &str = "HRSS";

/// Why a case number can't be built or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseNoError {
    /// Not `HRSS` and 23 digits.
    #[error("办件编号应为 HRSS 加 23 位数字，请核对后重新填写")]
    Shape,
    /// Digits 7–14 are no calendar day.
    #[error("办件编号中的日期不存在，请核对后重新填写")]
    Day,
    /// The channel digit is not in use.
    #[error("办件编号中的渠道代码无效，请核对后重新填写")]
    Channel,
    /// The check digit does not fit.
    #[error("办件编号校验位不符，请逐位核对后重新填写")]
    Check,
    /// More than 9 999 999 cases on one day, or a year that has not four digits.
    #[error("办件编号的顺序号或日期超出范围")]
    Range,
}

/// What a case number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseNoParts {
    /// Area of the accepting agency.
    pub area: RegionCode,
    /// Day of submission, Shanghai civil date.
    pub day: NaiveDate,
    /// Channel it came in by.
    pub channel: Channel,
    /// Number within the day, from 1.
    pub sequence: u32,
}

impl CaseNo {
    /// Builds a number.
    ///
    /// # Errors
    /// [`CaseNoError::Range`] when the sequence is 0 or has more than seven digits, or the year not four.
    pub fn build(parts: CaseNoParts) -> Result<Self, CaseNoError> {
        if !(1..=9_999_999).contains(&parts.sequence) || !(1000..=9999).contains(&parts.day.year()) {
            return Err(CaseNoError::Range);
        }
        let (area, day) = (parts.area, parts.day.format("%Y%m%d"));
        let body = format!("{area}{day}{}{:07}", parts.channel.code(), parts.sequence);
        Ok(Self(format!("{PREFIX}{body}{}", mod_11_10(body.as_bytes()))))
    }

    /// Reads and verifies a number; surrounding blanks and lower case are accepted.
    ///
    /// # Errors
    /// [`CaseNoError`].
    pub fn parse(text: &str) -> Result<Self, CaseNoError> {
        let number = Self(text.trim().to_ascii_uppercase());
        number.parts().map(|_| number)
    }

    /// Takes the number apart.
    ///
    /// # Errors
    /// [`CaseNoError`] when it is not a number of this format (a number from elsewhere).
    pub fn parts(&self) -> Result<CaseNoParts, CaseNoError> {
        let digits = self.0.strip_prefix(PREFIX).ok_or(CaseNoError::Shape)?;
        if digits.len() != 23 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CaseNoError::Shape);
        }
        let (body, check) = digits.split_at(22);
        if mod_11_10(body.as_bytes()).to_string() != check {
            return Err(CaseNoError::Check);
        }
        let area = body[..6].parse().map_err(|_| CaseNoError::Shape)?;
        let day = NaiveDate::parse_from_str(&body[6..14], "%Y%m%d").map_err(|_| CaseNoError::Day)?;
        let channel = Channel::from_code(body.as_bytes()[14] - b'0').ok_or(CaseNoError::Channel)?;
        let sequence = body[15..].parse().map_err(|_| CaseNoError::Shape)?;
        Ok(CaseNoParts { area, day, channel, sequence })
    }
}

/// ISO 7064 MOD 11,10.
fn mod_11_10(digits: &[u8]) -> u32 {
    let product = digits.iter().fold(10, |product, digit| {
        let sum = (product + u32::from(digit - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}
