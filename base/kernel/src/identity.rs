//! Citizen identity numbers (公民身份号码, GB 11643) and the 18-character numbers that follow the same pattern:
//! residence permits of Hong Kong, Macao and Taiwan residents, and foreign permanent-resident cards of 2023.
//!
//! A number is personal data: `Debug` and `Display` show the masked form only, and there is no serde. Whoever needs
//! the number itself asks for it with [`IdentityNumber::as_str`].

use std::fmt;

use chrono::{Datelike, NaiveDate};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Province prefixes of GB/T 2260 that citizen numbers were ever issued under.
const PROVINCES: [&str; 32] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
];
/// Nobody registered is older; a larger age is a typing mistake.
const OLDEST_YEARS: u32 = 130;

/// Sex as the sequence digits carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男 (odd sequence).
    Male,
    /// 女 (even sequence).
    Female,
}

impl Sex {
    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// Whom the number was issued to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityKind {
    /// 居民身份证.
    Citizen,
    /// 港澳台居民居住证, Hong Kong (area 810000).
    HongKongPermit,
    /// 港澳台居民居住证, Macao (area 820000).
    MacaoPermit,
    /// 港澳台居民居住证, Taiwan (area 830000).
    TaiwanPermit,
    /// 外国人永久居留身份证 of 2023-12-01 and later (leading 9).
    ForeignPermanent,
}

impl IdentityKind {
    /// Chinese name of the document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Citizen => "居民身份证",
            Self::HongKongPermit => "港澳台居民居住证（香港）",
            Self::MacaoPermit => "港澳台居民居住证（澳门）",
            Self::TaiwanPermit => "港澳台居民居住证（台湾）",
            Self::ForeignPermanent => "外国人永久居留身份证",
        }
    }
}

/// Why a text is not an identity number. The texts never repeat the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not 18 characters, or 15 digits where those are allowed.
    #[error("证件号码应为 18 位，请核对后重新填写")]
    Length,
    /// Something else than digits (and a final X).
    #[error("证件号码只能是数字，最后一位可以是 X，请核对后重新填写")]
    Characters,
    /// The first two digits name no province.
    #[error("证件号码前两位不是有效的省级代码，请核对后重新填写")]
    Province,
    /// Digits 7–14 are no calendar day.
    #[error("证件号码中的出生日期不存在，请核对后重新填写")]
    BirthDate,
    /// Born after today.
    #[error("证件号码中的出生日期晚于今天，请核对后重新填写")]
    FutureBirth,
    /// Older than 130 years.
    #[error("按证件号码计算的年龄超过 130 岁，请核对后重新填写")]
    TooOld,
    /// The check character does not fit: a digit was mistyped or two were exchanged.
    #[error("证件号码校验位不符，请逐位核对后重新填写")]
    Check,
}

/// A valid 18-character identity number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber([u8; 18]);

impl IdentityNumber {
    /// Reads an 18-character number; surrounding blanks and a lower-case x are accepted. `today` is the civil date
    /// in Shanghai.
    ///
    /// Area codes may be historical: only the province prefix is checked.
    ///
    /// # Errors
    /// [`IdentityError`], the first thing wrong from left to right.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, IdentityError> {
        let number = Self::from_stored(text)?;
        number.check_age(today)?;
        Ok(number)
    }

    /// Reads an 18-character number or a 15-digit number of the first generation (until 2012-12-31), which is
    /// turned into its 18-character form: `19` before the year, check character behind.
    ///
    /// # Errors
    /// As [`IdentityNumber::parse`].
    pub fn parse_legacy(text: &str, today: NaiveDate) -> Result<Self, IdentityError> {
        let text = text.trim();
        if text.len() != 15 {
            return Self::parse(text, today);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdentityError::Characters);
        }
        let mut whole = [0_u8; 18];
        let body = [&text[..6], "19", &text[6..]].concat();
        whole[..17].copy_from_slice(body.as_bytes());
        whole[17] = check_character(&whole);
        let number = Self::from_bytes(whole)?;
        number.check_age(today)?;
        Ok(number)
    }

    /// Reads a number that was checked when it was recorded: everything but the age.
    ///
    /// # Errors
    /// As [`IdentityNumber::parse`].
    pub fn from_stored(text: &str) -> Result<Self, IdentityError> {
        let text = text.trim();
        let bytes: [u8; 18] = match text.as_bytes().try_into() {
            Ok(bytes) => bytes,
            Err(_) if text.chars().count() == 18 => return Err(IdentityError::Characters),
            Err(_) => return Err(IdentityError::Length),
        };
        Self::from_bytes(bytes)
    }

    fn from_bytes(mut bytes: [u8; 18]) -> Result<Self, IdentityError> {
        bytes[17] = bytes[17].to_ascii_uppercase();
        let digits = bytes[..17].iter().all(u8::is_ascii_digit);
        if !digits || !(bytes[17].is_ascii_digit() || bytes[17] == b'X') {
            return Err(IdentityError::Characters);
        }
        let number = Self(bytes);
        if !number.prefix_known() {
            return Err(IdentityError::Province);
        }
        number.read_birth().ok_or(IdentityError::BirthDate)?;
        if check_character(&bytes) == bytes[17] { Ok(number) } else { Err(IdentityError::Check) }
    }

    fn prefix_known(&self) -> bool {
        match &self.0[..2] {
            // Permits carry exactly these areas; the rest of the digits is left to the issuing authority.
            b"81" | b"82" | b"83" => &self.0[2..6] == b"0000",
            [b'9', _] => true,
            _ => PROVINCES.contains(&&self.as_str()[..2]),
        }
    }

    fn check_age(&self, today: NaiveDate) -> Result<(), IdentityError> {
        let birth = self.birth_date();
        if birth > today {
            return Err(IdentityError::FutureBirth);
        }
        match today.years_since(birth) {
            Some(years) if years > OLDEST_YEARS => Err(IdentityError::TooOld),
            _ => Ok(()),
        }
    }

    /// The number itself, for storage (encrypted) and for the person it belongs to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII passes `from_bytes`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// What may be shown: `310***********2532`.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.as_str();
        format!("{}***********{}", &text[..3], &text[14..])
    }

    /// Document that carries such a number.
    #[must_use]
    pub fn kind(&self) -> IdentityKind {
        match &self.0[..2] {
            b"81" => IdentityKind::HongKongPermit,
            b"82" => IdentityKind::MacaoPermit,
            b"83" => IdentityKind::TaiwanPermit,
            [b'9', _] => IdentityKind::ForeignPermanent,
            _ => IdentityKind::Citizen,
        }
    }

    /// Six-digit area of first registration (GB/T 2260, may be historical).
    #[must_use]
    pub fn area(&self) -> &str {
        &self.as_str()[..6]
    }

    /// Date of birth. The personnel file may prove another one (劳社部发〔1999〕8号); this is only what the number says.
    #[must_use]
    pub fn birth_date(&self) -> NaiveDate {
        self.read_birth().unwrap_or_else(|| unreachable!("the date was checked when the number was read"))
    }

    fn read_birth(&self) -> Option<NaiveDate> {
        let number = |range: std::ops::Range<usize>| {
            self.0[range].iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'))
        };
        NaiveDate::from_ymd_opt(number(6..10).cast_signed(), number(10..12), number(12..14))
            .filter(|day| day.year() >= 1800)
    }

    /// Sex by the sequence digits.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if (self.0[16] - b'0') % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Whole years of age on `day`; none before birth.
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        day.years_since(self.birth_date())
    }
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
fn check_character(bytes: &[u8; 18]) -> u8 {
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
