//! Average contribution index (平均缴费工资指数), `policy.md` §2.2.

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, ParameterSet, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Longest service that is plausible, in months.
const LONGEST: usize = 840;

/// A month with its contribution base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthBase {
    /// Month.
    pub month: Month,
    /// Contribution base, fen.
    pub base: Fen,
}

/// Contribution record for the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexFacts {
    /// Region whose average wages count.
    pub region: RegionCode,
    /// Paid months, each once.
    pub months: Vec<MonthBase>,
    /// Deemed contribution months (视同缴费), which count with index 1.
    pub deemed_months: u32,
}

/// Average index: Σ(base ÷ average wage of that social-insurance year) ÷ months, rounded as the parameter
/// `pension.index_rounding` says.
///
/// Before 2014 Shanghai lifted low yearly indices to a floor that is not confirmed, so a record with such months is
/// refused unless the set accepts unconfirmed rows. The floor is then applied month by month.
///
/// # Errors
/// [`RuleError::Parameter`] for months without average wage, [`RuleError::Input`] for an empty, doubled or
/// implausible record.
pub fn average_index(facts: &IndexFacts, set: &ParameterSet) -> Ruled<Decimal> {
    check(facts)?;
    let mut sum = Decimal::from(facts.deemed_months);
    let mut step =
        Step::new("平均缴费工资指数", "Σ(月缴费基数 ÷ 当年度上年月平均工资) ÷ 缴费月数；视同缴费月指数为 1")
            .input("实际缴费月数", facts.months.len(), "个月")
            .input("视同缴费月数", facts.deemed_months, "个月");
    let mut named: Vec<(&str, chrono::NaiveDate)> = Vec::new();
    for paid in &facts.months {
        let on = paid.month.first_day();
        let wage = set.get("contribution.average_wage", facts.region, on)?;
        let floor = set.get("pension.index_floor", facts.region, on)?;
        sum += (paid.base.yuan() / wage.fen()?.yuan()).max(floor.decimal()?);
        for row in [wage, floor] {
            if !named.contains(&(row.key.as_str(), row.effective_from)) {
                named.push((&row.key, row.effective_from));
                step = step.parameter(row);
            }
        }
    }
    let count = Decimal::from(facts.months.len()) + Decimal::from(facts.deemed_months);
    let last = facts.months.iter().map(|paid| paid.month).max().map_or_else(|| Month::new(2006, 1), Ok)?;
    let rounding_row =
        set.get("pension.index_rounding", facts.region, last.first_day().max(first_rounding_day()?))?;
    let rounding = rounding_row.rounding()?;
    let index = rounding.apply(sum / count);
    let step = step.rounded(rounding).law("国发〔2005〕38号；上海市企业基本养老金计发办法").gives(index, "");
    Ok((index, Derivation { steps: vec![step] }))
}

/// The index is computed at retirement, which the calculation rules of 2006 govern whatever month was paid last.
fn first_rounding_day() -> Result<chrono::NaiveDate, RuleError> {
    Ok(Month::new(2006, 1)?.first_day())
}

fn check(facts: &IndexFacts) -> Result<(), RuleError> {
    if facts.months.is_empty() && facts.deemed_months == 0 {
        return Err(RuleError::input("months", "没有缴费月份，无法计算平均缴费工资指数"));
    }
    if facts.months.len() > LONGEST || facts.deemed_months as usize > LONGEST {
        return Err(RuleError::input("months", "缴费月数超出合理范围，请核对"));
    }
    let mut months: Vec<_> = facts.months.iter().map(|paid| paid.month).collect();
    months.sort_unstable();
    if let Some(pair) = months.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("{} 有重复的缴费记录，请先处理重复缴费", pair[0]);
        return Err(RuleError::input("months", message));
    }
    if facts.months.iter().any(|paid| !(0..=100_000_000_000).contains(&paid.base.0)) {
        return Err(RuleError::input("months", "缴费基数超出合理范围，请核对"));
    }
    Ok(())
}
