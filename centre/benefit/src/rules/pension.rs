//! Monthly pension at retirement: 国发〔2005〕38号 and Shanghai's calculation notice (`policy.md` §2.1).

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, Parameter, ParameterSet, Rounding, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::divisor::divisor_months;

const LAW: &str = "国发〔2005〕38号；关于本市企业基本养老金计发办法的通知";

/// Facts of a pension calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PensionFacts {
    /// Region that awards.
    pub region: RegionCode,
    /// Retirement month: decides base, rates and divisor table.
    pub retire_month: Month,
    /// Age at retirement in months, 480 to 840.
    pub age_months: u32,
    /// Average contribution index.
    #[serde(with = "rust_decimal::serde::str")]
    pub average_index: Decimal,
    /// Contribution months, deemed months included.
    pub service_months: u32,
    /// Account balance at retirement, fen.
    #[serde(rename = "account_balance_fen")]
    pub account_balance: Fen,
    /// Facts of the transitional pension; none for people without years before 1998.
    #[serde(default)]
    pub transitional: Option<Transitional>,
    /// Provisional calculation (预核定) while the base of the retirement year is not published: the base of the year
    /// before serves, and the award is recomputed later.
    #[serde(default)]
    pub provisional: bool,
}

/// Facts of the transitional pension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transitional {
    /// Deemed contribution years to 1992-12-31, two decimals (1 年 5 个月 → 1.42).
    #[serde(with = "rust_decimal::serde::str")]
    pub deemed_years_to_1992: Decimal,
    /// Notional account total of 1993–1997 (虚账实记), fen.
    #[serde(rename = "virtual_account_total_fen")]
    pub virtual_account_total: Fen,
}

/// Monthly pension by component, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pension {
    /// 基础养老金.
    #[serde(rename = "basic_fen")]
    pub basic: Fen,
    /// 个人账户养老金.
    #[serde(rename = "account_fen")]
    pub account: Fen,
    /// 过渡性养老金.
    #[serde(rename = "transitional_fen")]
    pub transitional: Fen,
    /// Sum.
    #[serde(rename = "total_fen")]
    pub total: Fen,
}

/// Basic, account and transitional pension, each rounded half-up to fen and then raised to jiao.
///
/// # Errors
/// [`RuleError::Input`] for implausible facts, [`RuleError::Parameter`] for a retirement month whose base is missing
/// or unconfirmed.
pub fn pension(facts: &PensionFacts, set: &ParameterSet) -> Ruled<Pension> {
    check(facts)?;
    let mut derivation = Derivation::new();
    let on = facts.retire_month.first_day();
    let base_month = if facts.provisional { facts.retire_month.plus(-12) } else { facts.retire_month };
    let base = set.get("pension.base", facts.region, base_month.first_day())?;
    let rounding = set.get("pension.rounding", facts.region, on)?.rounding()?;
    let basic = basic(facts, base, rounding, set, &mut derivation)?;
    let account = account(facts, rounding, set, &mut derivation)?;
    let transitional = match &facts.transitional {
        Some(transitional) => transition(facts, transitional, base, rounding, set, &mut derivation)?,
        None => Fen::ZERO,
    };
    let total = basic + account + transitional;
    let label = if facts.provisional { "月基本养老金（预核定）" } else { "月基本养老金" };
    derivation.push(
        Step::new(label, "基础养老金 + 个人账户养老金 + 过渡性养老金")
            .input("基础养老金", basic, "元")
            .input("个人账户养老金", account, "元")
            .input("过渡性养老金", transitional, "元")
            .law(LAW)
            .gives(total, "元"),
    );
    Ok((Pension { basic, account, transitional, total }, derivation))
}

/// (B + B × I) ÷ 2 × C.
fn basic(
    facts: &PensionFacts,
    base: &Parameter,
    rounding: Rounding,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<Fen, RuleError> {
    let on = facts.retire_month.first_day();
    let per_year = set.get("pension.accrual_rate_per_year", facts.region, on)?;
    let per_month = set.get("pension.accrual_rate_per_month", facts.region, on)?;
    let (years, months) = (facts.service_months / 12, facts.service_months % 12);
    let share = Decimal::from(years) * per_year.decimal()? + Decimal::from(months) * per_month.decimal()?;
    derivation.push(
        Step::new("基础养老金计发比例", "满年数 × 每年比例 + 不满一年的月数 × 每月比例")
            .input("缴费年限", format!("{years} 年 {months} 个月"), "")
            .parameter(per_year)
            .parameter(per_month)
            .law(LAW)
            .gives(share.normalize(), ""),
    );
    let exact = base.fen()?.yuan() * (Decimal::ONE + facts.average_index) / Decimal::TWO * share;
    let amount = rounding.to_fen(exact)?;
    derivation.push(
        Step::new("基础养老金", "(计发基数 + 计发基数 × 平均缴费工资指数) ÷ 2 × 计发比例")
            .input("平均缴费工资指数", facts.average_index, "")
            .input("计发比例", share.normalize(), "")
            .parameter(base)
            .rounded(rounding)
            .law(LAW)
            .gives(amount, "元"),
    );
    Ok(amount)
}

fn account(
    facts: &PensionFacts,
    rounding: Rounding,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<Fen, RuleError> {
    let (divisor, steps) = divisor_months(facts.age_months, facts.retire_month, facts.region, set)?;
    derivation.append(steps);
    let amount = rounding.to_fen(facts.account_balance.yuan() / divisor)?;
    derivation.push(
        Step::new("个人账户养老金", "个人账户储存额 ÷ 计发月数")
            .input("个人账户储存额", facts.account_balance, "元")
            .input("计发月数", divisor.normalize(), "个月")
            .rounded(rounding)
            .law(LAW)
            .gives(amount, "元"),
    );
    Ok(amount)
}

/// B × deemed index × deemed years × coefficient + virtual account ÷ 120. Each part is rounded to fen before they
/// are added: the unrounded sum gives another jiao in a published statement (`policy.md` §2.8).
fn transition(
    facts: &PensionFacts,
    transitional: &Transitional,
    base: &Parameter,
    rounding: Rounding,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<Fen, RuleError> {
    let on = facts.retire_month.first_day();
    let get = |key| set.get(key, facts.region, on);
    let index = get("pension.transition_deemed_index")?;
    let coefficient = get("pension.transition_coefficient")?;
    let divisor = get("pension.transition_virtual_divisor")?;
    let years = transitional.deemed_years_to_1992;
    let exact = base.fen()?.yuan() * index.decimal()? * years * coefficient.decimal()?;
    let by_years = Rounding::FenHalfUp.to_fen(exact)?;
    let virtual_total = transitional.virtual_account_total;
    let by_account = Rounding::FenHalfUp.to_fen(virtual_total.yuan() / divisor.decimal()?)?;
    let amount = rounding.to_fen((by_years + by_account).yuan())?;
    derivation.push(
        Step::new(
            "过渡性养老金：1992 年底前视同缴费部分",
            "计发基数 × 视同缴费指数 × 视同缴费年限 × 计发系数",
        )
        .input("1992 年底前视同缴费年限", years, "年")
        .parameter(base)
        .parameter(index)
        .parameter(coefficient)
        .rounded(Rounding::FenHalfUp)
        .law(LAW)
        .gives(by_years, "元"),
    );
    derivation.push(
        Step::new("过渡性养老金：虚账实记部分", "1993 年至 1997 年虚账实记额 ÷ 120")
            .input("虚账实记额", virtual_total, "元")
            .parameter(divisor)
            .rounded(Rounding::FenHalfUp)
            .law(LAW)
            .gives(by_account, "元"),
    );
    derivation.push(Step::new("过渡性养老金", "两部分之和").rounded(rounding).law(LAW).gives(amount, "元"));
    Ok(amount)
}

/// Bounds that keep every product far from overflow and catch slips of the keyboard.
fn check(facts: &PensionFacts) -> Result<(), RuleError> {
    let amount = |fen: Fen| (0..=100_000_000_000).contains(&fen.0);
    if facts.average_index.is_sign_negative() && !facts.average_index.is_zero()
        || facts.average_index > Decimal::TEN
        || facts.average_index.scale() > 10
    {
        return Err(RuleError::input("average_index", "平均缴费工资指数应在 0 至 10 之间，请核对后重新填写"));
    }
    if !(1..=840).contains(&facts.service_months) {
        return Err(RuleError::input("service_months", "缴费月数应在 1 至 840 之间，请核对后重新填写"));
    }
    if !amount(facts.account_balance) {
        return Err(RuleError::input(
            "account_balance_fen",
            "个人账户储存额应在 0 至 10 亿元之间，请核对后重新填写",
        ));
    }
    let Some(transitional) = &facts.transitional else { return Ok(()) };
    let years = transitional.deemed_years_to_1992;
    if years.is_sign_negative() && !years.is_zero()
        || years > Decimal::from(60)
        || years.normalize().scale() > 2
    {
        let message = "1992 年底前视同缴费年限应在 0 至 60 年之间，最多两位小数";
        return Err(RuleError::input("transitional.deemed_years_to_1992", message));
    }
    if !amount(transitional.virtual_account_total) {
        let message = "虚账实记额应在 0 至 10 亿元之间，请核对后重新填写";
        return Err(RuleError::input("transitional.virtual_account_total_fen", message));
    }
    Ok(())
}
