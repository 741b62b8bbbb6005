//! Yearly interest on personal accounts: 劳办发〔1997〕116号, two permitted methods.

use std::collections::BTreeMap;

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, Parameter, ParameterSet, Rounding, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

const LAW: &str = "职工基本养老保险个人账户管理暂行办法（劳办发〔1997〕116号）";

/// How a year's deposits earn interest. Which one Shanghai's ledger uses is an open question, so the method is an
/// argument; [`method_in_force`] refuses to answer until the parameter is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterestMethod {
    /// 年度计算法: opening × (1 + r) + deposits × (1 + r × 1.083 ÷ 2).
    Annual,
    /// The same without interest on the current year's deposits.
    AnnualWithoutCurrentYear,
    /// 月积数法: a deposit of month n earns r × (12 − n + 1) ÷ 12.
    MonthlyProducts,
}

impl InterestMethod {
    /// All methods.
    pub const ALL: [Self; 3] = [Self::Annual, Self::AnnualWithoutCurrentYear, Self::MonthlyProducts];

    /// Value of the parameter `account.interest_method`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Annual => "annual",
            Self::AnnualWithoutCurrentYear => "annual_without_current_year",
            Self::MonthlyProducts => "monthly_products",
        }
    }

    /// The method of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Annual => "年度计算法",
            Self::AnnualWithoutCurrentYear => "年度计算法（当年缴费不计息）",
            Self::MonthlyProducts => "月积数法",
        }
    }
}

/// The account in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountYear {
    /// Calendar year.
    pub year: i32,
    /// Region whose recording rate counts.
    pub region: RegionCode,
    /// Balance at the end of the year before, fen.
    #[serde(rename = "opening_fen")]
    pub opening: Fen,
    /// Deposits by month number, fen.
    #[serde(rename = "deposits_fen")]
    pub deposits: BTreeMap<u32, Fen>,
}

/// What a year adds, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearCredit {
    /// Deposits of the year.
    #[serde(rename = "contributed_fen")]
    pub contributed: Fen,
    /// Interest of the year.
    #[serde(rename = "interest_fen")]
    pub interest: Fen,
    /// Balance at the end of the year.
    #[serde(rename = "balance_fen")]
    pub balance: Fen,
}

/// The method in force at the end of `year`, for callers that decide automatically.
///
/// # Errors
/// [`RuleError::Parameter`] (unconfirmed) as long as the open question stands.
pub fn method_in_force(
    year: i32,
    region: RegionCode,
    set: &ParameterSet,
) -> Result<InterestMethod, RuleError> {
    let row = set.get("account.interest_method", region, Month::new(year, 12)?.last_day())?;
    let code = row.text()?;
    InterestMethod::from_code(code)
        .ok_or_else(|| RuleError::Choice { key: row.key.clone(), value: code.to_owned() })
}

/// Credits a year's interest by `method`. The balance is rounded half-up to fen once, the interest is what remains
/// after opening and deposits.
///
/// # Errors
/// [`RuleError::Parameter`] for a year whose recording rate is missing or unconfirmed, [`RuleError::Input`] for
/// implausible facts.
pub fn credit_year(facts: &AccountYear, method: InterestMethod, set: &ParameterSet) -> Ruled<YearCredit> {
    check(facts)?;
    let on = Month::new(facts.year, 12)?.last_day();
    let rate_row = set.get("account.recording_rate", facts.region, on)?;
    let rate = rate_row.decimal()?;
    let contributed: Fen = facts.deposits.values().copied().sum();
    let (earned, formula, factor) = earned(facts, method, rate, contributed, set)?;
    let exact = facts.opening.yuan() * (Decimal::ONE + rate) + contributed.yuan() + earned;
    let balance = Rounding::FenHalfUp.to_fen(exact)?;
    let interest = balance - facts.opening - contributed;
    let mut step = Step::new(format!("{} 年末个人账户储存额", facts.year), formula)
        .input("计息方法", method.name(), "")
        .input("上年末储存额", facts.opening, "元")
        .input("本年记账额", contributed, "元")
        .input("本年利息", interest, "元")
        .parameter(rate_row);
    if let Some(factor) = factor {
        step = step.parameter(factor);
    }
    let step = step.rounded(Rounding::FenHalfUp).law(LAW).gives(balance, "元");
    Ok((YearCredit { contributed, interest, balance }, Derivation { steps: vec![step] }))
}

/// Interest on the year's deposits, the whole formula in Chinese, and the factor parameter where one is used.
fn earned<'a>(
    facts: &AccountYear,
    method: InterestMethod,
    rate: Decimal,
    contributed: Fen,
    set: &'a ParameterSet,
) -> Result<(Decimal, &'static str, Option<&'a Parameter>), RuleError> {
    match method {
        InterestMethod::Annual => {
            let on = Month::new(facts.year, 12)?.last_day();
            let row = set.get("account.interest_month_factor", facts.region, on)?;
            let earned = contributed.yuan() * rate * row.decimal()? / Decimal::TWO;
            Ok((earned, "上年末储存额 × (1 + 利率) + 本年记账额 × (1 + 利率 × 1.083 ÷ 2)", Some(row)))
        }
        InterestMethod::AnnualWithoutCurrentYear => {
            Ok((Decimal::ZERO, "上年末储存额 × (1 + 利率) + 本年记账额", None))
        }
        InterestMethod::MonthlyProducts => {
            let product = |(month, fen): (&u32, &Fen)| fen.yuan() * Decimal::from(13 - month);
            let products: Decimal = facts.deposits.iter().map(product).sum();
            let formula = "上年末储存额 × (1 + 利率) + 本年记账额 + Σ[n 月记账额 × (12 − n + 1)] × 利率 ÷ 12";
            Ok((products * rate / Decimal::from(12), formula, None))
        }
    }
}

fn check(facts: &AccountYear) -> Result<(), RuleError> {
    let plausible = |fen: Fen| (0..=100_000_000_000).contains(&fen.0);
    if !plausible(facts.opening) {
        return Err(RuleError::input("opening_fen", "上年末储存额应在 0 至 10 亿元之间，请核对"));
    }
    if !facts.deposits.keys().all(|month| (1..=12).contains(month)) {
        return Err(RuleError::input("deposits_fen", "记账月份应在 1 至 12 之间，请核对"));
    }
    if !facts.deposits.values().copied().all(plausible) {
        return Err(RuleError::input("deposits_fen", "月记账额应在 0 至 10 亿元之间，请核对"));
    }
    Ok(())
}
