//! Every rule by which a figure may be rounded, by name. A figure is rounded once, at the step that names the rule.

use base_kernel::{Fen, MoneyError};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// A rounding rule. Amounts are in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Not rounded.
    Exact,
    /// To fen, half up (四舍五入到分).
    FenHalfUp,
    /// Half up to fen, then any fen raises to the next jiao (四舍五入到分，再见分进角).
    FenHalfUpThenJiaoUp,
    /// To whole yuan, half up (四舍五入到元).
    YuanHalfUp,
    /// Any remainder raises to the next yuan (见角进元).
    YuanUp,
    /// To one decimal, half up (四舍五入保留一位小数).
    TenthHalfUp,
    /// To four decimals, half up (四舍五入保留四位小数).
    FourDecimalsHalfUp,
}

impl Rounding {
    const ALL: [Self; 7] = [
        Self::Exact,
        Self::FenHalfUp,
        Self::FenHalfUpThenJiaoUp,
        Self::YuanHalfUp,
        Self::YuanUp,
        Self::TenthHalfUp,
        Self::FourDecimalsHalfUp,
    ];

    /// Name used in parameter files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::FenHalfUp => "fen_half_up",
            Self::FenHalfUpThenJiaoUp => "fen_half_up_then_jiao_up",
            Self::YuanHalfUp => "yuan_half_up",
            Self::YuanUp => "yuan_up",
            Self::TenthHalfUp => "tenth_half_up",
            Self::FourDecimalsHalfUp => "four_decimals_half_up",
        }
    }

    /// The rule of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// Chinese name, as a derivation shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "不舍入",
            Self::FenHalfUp => "四舍五入到分",
            Self::FenHalfUpThenJiaoUp => "四舍五入到分后见分进角",
            Self::YuanHalfUp => "四舍五入到元",
            Self::YuanUp => "不足一元进为一元",
            Self::TenthHalfUp => "四舍五入保留一位小数",
            Self::FourDecimalsHalfUp => "四舍五入保留四位小数",
        }
    }

    /// Applies the rule.
    #[must_use]
    pub fn apply(self, exact: Decimal) -> Decimal {
        let half_up = |value: Decimal, places| {
            value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
        };
        match self {
            Self::Exact => exact,
            Self::FenHalfUp => half_up(exact, 2),
            Self::FenHalfUpThenJiaoUp => {
                half_up(exact, 2).round_dp_with_strategy(1, RoundingStrategy::ToPositiveInfinity)
            }
            Self::YuanHalfUp => half_up(exact, 0),
            Self::YuanUp => exact.ceil(),
            Self::TenthHalfUp => half_up(exact, 1),
            Self::FourDecimalsHalfUp => half_up(exact, 4),
        }
    }

    /// Applies the rule to an amount of yuan and gives it as fen. A rule finer than fen is followed by half-up to
    /// fen, since money has no smaller part.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn to_fen(self, yuan: Decimal) -> Result<Fen, MoneyError> {
        let fen = self.apply(yuan).checked_mul(Decimal::ONE_HUNDRED).ok_or(MoneyError::OutOfRange)?;
        let whole = fen.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        whole.to_i64().map(Fen).ok_or(MoneyError::OutOfRange)
    }
}
