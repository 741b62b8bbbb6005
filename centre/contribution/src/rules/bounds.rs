//! Contribution base: own average wage of the year before, held between floor and ceiling (`policy.md` §3.2, §3.3).

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, ParameterSet, Rounding, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Nobody earns a billion yuan a month; more is a slip of the keyboard.
const HIGHEST_WAGE: i64 = 100_000_000_000;

/// Floor and ceiling of a month, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Floor.
    pub floor: Fen,
    /// Ceiling.
    pub ceiling: Fen,
}

/// Floor and ceiling in force in `month`.
///
/// # Errors
/// [`RuleError::Parameter`] before 2000-04 and after the last published social-insurance year.
pub fn bounds(month: Month, region: RegionCode, set: &ParameterSet) -> Result<Bounds, RuleError> {
    let fen = |key| Ok::<_, RuleError>(set.get(key, region, month.first_day())?.fen()?);
    Ok(Bounds { floor: fen("contribution.base_floor")?, ceiling: fen("contribution.base_ceiling")? })
}

/// Base from the wage: min(max(wage, floor), ceiling).
///
/// # Errors
/// [`RuleError::Input`] for an implausible wage, [`RuleError::Parameter`] as [`bounds`].
pub fn clamp_base(wage: Fen, month: Month, region: RegionCode, set: &ParameterSet) -> Ruled<Fen> {
    check_wage(wage)?;
    let on = month.first_day();
    let floor = set.get("contribution.base_floor", region, on)?;
    let ceiling = set.get("contribution.base_ceiling", region, on)?;
    let base = wage.max(floor.fen()?).min(ceiling.fen()?);
    let step = Step::new("缴费基数", "min(max(月工资，下限)，上限)")
        .input("缴费月份", month, "")
        .input("月工资", wage, "元")
        .parameter(floor)
        .parameter(ceiling)
        .gives(base, "元");
    Ok((base, Derivation { steps: vec![step] }))
}

pub(super) fn check_wage(wage: Fen) -> Result<(), RuleError> {
    if (0..=HIGHEST_WAGE).contains(&wage.0) {
        return Ok(());
    }
    Err(RuleError::input("wage_fen", "月工资应在 0 至 10 亿元之间（以分为单位），请核对后重新填写"))
}

/// Own average monthly wage of the year before: total wages ÷ months employed, rounded half-up to fen.
///
/// # Errors
/// [`RuleError::Input`] unless 1 to 12 months and a plausible total.
pub fn yearly_average_wage(total: Fen, months: u32) -> Ruled<Fen> {
    if !(1..=12).contains(&months) {
        return Err(RuleError::input("months", "上年度工作月数应在 1 至 12 之间，请核对后重新填写"));
    }
    if !(0..=HIGHEST_WAGE * 12).contains(&total.0) {
        return Err(RuleError::input("total_fen", "上年度工资总额超出合理范围，请核对后重新填写"));
    }
    let average = Rounding::FenHalfUp.to_fen(total.yuan() / Decimal::from(months))?;
    let step = Step::new("上年度月平均工资", "上年度工资总额 ÷ 工作月数")
        .input("上年度工资总额", total, "元")
        .input("工作月数", months, "个月")
        .rounded(Rounding::FenHalfUp)
        .gives(average, "元");
    Ok((average, Derivation { steps: vec![step] }))
}
