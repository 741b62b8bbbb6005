//! Bank card numbers. The Luhn check is advice: some older debit cards fail it, so it warns and never blocks.

use std::fmt;

/// Why a text is not a card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BankCardError {
    /// Not 13 to 19 digits.
    #[error("银行卡号应为 13 至 19 位数字，请核对后重新填写")]
    Shape,
}

/// What the Luhn check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardAdvice {
    /// The check fits.
    Fits,
    /// It does not: ask the person to look again, accept if they insist.
    Warn,
}

impl CardAdvice {
    /// What to tell the person; none when there is nothing to tell.
    #[must_use]
    pub fn message(self) -> Option<&'static str> {
        match self {
            Self::Fits => None,
            Self::Warn => {
                Some("银行卡号校验位不符。少数早期发行的卡确有此情况，请再次核对；确认无误可继续办理")
            }
        }
    }
}

/// A card number of plausible shape. Masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BankCard(String);

impl BankCard {
    /// Reads a card number; blanks and hyphens between the groups are dropped.
    ///
    /// # Errors
    /// [`BankCardError::Shape`].
    pub fn parse(text: &str) -> Result<Self, BankCardError> {
        if text.len() > 64 {
            return Err(BankCardError::Shape);
        }
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let plausible = (13..=19).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plausible { Ok(Self(digits)) } else { Err(BankCardError::Shape) }
    }

    /// The number, for storage (encrypted) and payment files.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Luhn check.
    #[must_use]
    pub fn advice(&self) -> CardAdvice {
        if luhn_sum(&self.0).is_multiple_of(10) { CardAdvice::Fits } else { CardAdvice::Warn }
    }

    /// Whether the prefix is UnionPay's.
    #[must_use]
    pub fn is_union_pay(&self) -> bool {
        self.0.starts_with("62")
    }

    /// What may be shown: first six and last four digits.
    #[must_use]
    pub fn masked(&self) -> String {
        let hidden = "*".repeat(self.0.len() - 10);
        format!("{}{hidden}{}", &self.0[..6], &self.0[self.0.len() - 4..])
    }
}

/// From the right every second digit counts double, minus nine when above nine.
fn luhn_sum(digits: &str) -> u32 {
    let value = |(place, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        }
    };
    digits.bytes().rev().enumerate().map(value).sum()
}

impl fmt::Debug for BankCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for BankCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
