//! Money is a whole number of fen (分, 0.01 yuan).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in fen. May be negative (a recovery, the credit side of an entry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text or a decimal is not an amount of fen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not a number with at most two decimals.
    #[error("“{0}”不是有效金额，请填写元，最多两位小数")]
    NotAnAmount(String),
    /// Larger than 64 bits of fen hold.
    #[error("金额超出范围")]
    OutOfRange,
}

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole yuan as fen.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the product does not fit.
    pub fn from_yuan(yuan: i64) -> Result<Self, MoneyError> {
        yuan.checked_mul(100).map(Self).ok_or(MoneyError::OutOfRange)
    }

    /// Rounds an exact amount of yuan half-up (away from zero) to fen: the convention of this system where the law
    /// is silent (`policy.md` §0.3).
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the amount does not fit.
    pub fn round_half_up(yuan: Decimal) -> Result<Self, MoneyError> {
        yuan.checked_mul(Decimal::ONE_HUNDRED)
            .map(|fen| fen.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
            .and_then(|fen| fen.to_i64())
            .map(Self)
            .ok_or(MoneyError::OutOfRange)
    }

    /// The exact amount in yuan, two decimals.
    #[must_use]
    pub fn yuan(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// Raises any fen to the next jiao (分进角): the Shanghai rounding of pension components.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] at the very end of the range.
    pub fn ceil_to_jiao(self) -> Result<Self, MoneyError> {
        let rest = self.0.rem_euclid(10);
        let up = if rest == 0 { 0 } else { 10 - rest };
        self.0.checked_add(up).map(Self).ok_or(MoneyError::OutOfRange)
    }

    /// Sum, or `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals and no separators, for example `8146.60`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", magnitude / 100, magnitude % 100)
    }
}

impl FromStr for Fen {
    type Err = MoneyError;

    /// Reads yuan with at most two decimals.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || MoneyError::NotAnAmount(text.chars().take(40).collect());
        let decimal = Decimal::from_str_exact(text.trim()).map_err(|_| refuse())?;
        if decimal.normalize().scale() > 2 {
            return Err(refuse());
        }
        Self::round_half_up(decimal)
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}
