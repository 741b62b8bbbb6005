//! Divisor months of the account pension (计发月数): 国发〔2005〕38号 annex, by the month since 2025-01-01.

use base_kernel::{Month, RegionCode};
use engine_decision::{Derivation, ParameterSet, Rounding, RuleError, Ruled, Step};
use rust_decimal::Decimal;

/// Divisor for someone who retires in `month` aged `age_months`: linear between two whole years, one decimal,
/// half-up; before 2025 the whole years count.
///
/// # Errors
/// [`RuleError::Input`] outside the table (40 to 70 years), [`RuleError::Parameter`] before 2006.
pub fn divisor_months(
    age_months: u32,
    month: Month,
    region: RegionCode,
    set: &ParameterSet,
) -> Ruled<Decimal> {
    let on = month.first_day();
    let table = set.get("pension.divisor", region, on)?;
    let method = set.get("pension.divisor_method", region, on)?;
    let (years, past) = (age_months / 12, age_months % 12);
    let at = |years: u32| table.table()?.get(&years.to_string()).ok_or_else(out_of_table);
    let lower = at(years)?;
    let monthly = match method.text()? {
        "monthly" => true,
        "whole_years" => false,
        other => return Err(RuleError::Choice { key: method.key.clone(), value: other.to_owned() }),
    };
    let step = Step::new("个人账户养老金计发月数", "")
        .input("退休年龄", format!("{years} 岁 {past} 个月"), "")
        .cell(table, &format!("{years} 岁"), lower)
        .parameter(method)
        .law("国务院关于完善企业职工基本养老保险制度的决定（国发〔2005〕38号）附件");
    if !monthly || past == 0 {
        let step = Step { formula: "按退休周岁查表".into(), ..step }.gives(lower.normalize(), "个月");
        return Ok((lower, Derivation { steps: vec![step] }));
    }
    let upper = at(years + 1)?;
    let exact = lower - (lower - upper) * Decimal::from(past) / Decimal::from(12);
    let divisor = Rounding::TenthHalfUp.apply(exact);
    let step = Step { formula: "D(y) − (D(y) − D(y+1)) × 超过月数 ÷ 12".into(), ..step }
        .cell(table, &format!("{} 岁", years + 1), upper)
        .rounded(Rounding::TenthHalfUp)
        .gives(divisor, "个月");
    Ok((divisor, Derivation { steps: vec![step] }))
}

fn out_of_table() -> RuleError {
    RuleError::input("age_months", "退休年龄超出计发月数表的范围（40 至 70 岁），请核对后重新填写")
}
