//! Late fee (滞纳金): Social Insurance Law article 86.

use base_kernel::{Fen, RegionCode};
use chrono::NaiveDate;
use engine_decision::{Derivation, ParameterSet, Rounding, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Facts of a late payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFeeFacts {
    /// Arrears, fen.
    #[serde(rename = "arrears_fen")]
    pub arrears: Fen,
    /// Day they were due.
    pub due: NaiveDate,
    /// Day they were paid.
    pub paid: NaiveDate,
}

/// A late fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateFee {
    /// Days late; 0 when paid in time.
    pub days: i64,
    /// Fee, fen.
    #[serde(rename = "fee_fen")]
    pub fee: Fen,
    /// Whether the fee is larger than the arrears. It is never capped silently: whether article 45 of the
    /// Administrative Compulsion Law applies is an open question, so such a case goes to a person.
    pub exceeds_principal: bool,
}

/// Arrears × daily rate × days late, rounded half-up to fen.
///
/// # Errors
/// [`RuleError::Input`] for implausible facts, [`RuleError::Parameter`] for arrears due before 2011-07-01.
pub fn late_fee(facts: &LateFeeFacts, set: &ParameterSet) -> Ruled<LateFee> {
    if !(0..=10_000_000_000_000).contains(&facts.arrears.0) {
        return Err(RuleError::input("arrears_fen", "欠缴金额应在 0 至 1000 亿元之间，请核对后重新填写"));
    }
    let days = (facts.paid - facts.due).num_days().max(0);
    if days > 36_600 {
        return Err(RuleError::input("paid", "应缴日期与实缴日期相差超过一百年，请核对后重新填写"));
    }
    let rate = set.get("contribution.late_fee.daily_rate", RegionCode::NATION, facts.due)?;
    let fee = Rounding::FenHalfUp.to_fen(facts.arrears.yuan() * rate.decimal()? * Decimal::from(days))?;
    let exceeds_principal = fee > facts.arrears;
    let note = if exceeds_principal {
        "（超过欠缴本金，是否以本金为限须人工核定）"
    } else {
        ""
    };
    let step = Step::new(format!("滞纳金{note}"), "欠缴金额 × 日比例 × 滞纳天数")
        .input("欠缴金额", facts.arrears, "元")
        .input("应缴日期", facts.due, "")
        .input("实缴日期", facts.paid, "")
        .input("滞纳天数", days, "天")
        .parameter(rate)
        .rounded(Rounding::FenHalfUp)
        .law("社会保险法 第八十六条")
        .gives(fee, "元");
    Ok((LateFee { days, fee, exceeds_principal }, Derivation { steps: vec![step] }))
}
