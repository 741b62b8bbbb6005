//! Whether a monthly pension may be drawn from a month: age, choice and contribution months.

use base_kernel::Month;
use engine_decision::{Derivation, ParameterSet, RuleError, Ruled, Step};
use serde::{Deserialize, Serialize};

use super::retirement::{Category, Statutory, minimum_months, statutory};

/// How the person retires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetireKind {
    /// At the statutory age.
    Normal,
    /// 弹性提前退休.
    Early,
    /// 弹性延迟退休.
    Late,
}

/// Facts of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityFacts {
    /// Birth month on record.
    pub birth: Month,
    /// Category on record.
    pub category: Category,
    /// How.
    pub kind: RetireKind,
    /// Month chosen; for a normal retirement none or the statutory month.
    #[serde(default)]
    pub chosen: Option<Month>,
    /// Contribution months, deemed months included, up to the retirement month.
    pub contribution_months: u32,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// Whether nothing stands in the way.
    pub eligible: bool,
    /// Retirement month.
    pub retire_month: Month,
    /// Age in that month, months.
    pub age_months: i32,
    /// Contribution months needed.
    pub required_months: i32,
    /// Contribution months that are missing.
    pub missing_months: i32,
    /// First month of payment: the month after retirement.
    pub payment_from: Month,
    /// What stands in the way and what to do, in Chinese.
    pub reasons: Vec<String>,
    /// Statutory retirement.
    pub statutory: Statutory,
}

/// Answers the question with its reasons (办法 第一条至第三条; 人社部发〔2024〕94号).
///
/// The minimum is that of the year in which the statutory age is reached; for early retirement that of the chosen
/// year.
///
/// # Errors
/// [`RuleError::Input`] when an early or late retirement names no month, [`RuleError::Parameter`].
pub fn eligibility(facts: &EligibilityFacts, set: &ParameterSet) -> Ruled<Eligibility> {
    let (statutory, mut derivation) = statutory(facts.birth, facts.category, set)?;
    let retire_month = match (facts.kind, facts.chosen) {
        (RetireKind::Normal, _) => statutory.month,
        (_, Some(chosen)) => chosen,
        (_, None) => return Err(RuleError::input("chosen", "请选择退休年月")),
    };
    let mut reasons = Vec::new();
    check_choice(facts, &statutory, retire_month, &mut reasons);
    let (required_months, steps) = required(facts.kind, &statutory, retire_month, set)?;
    derivation.append(steps);
    let contributed = i32::try_from(facts.contribution_months).unwrap_or(i32::MAX);
    let missing_months = (required_months - contributed).max(0);
    if missing_months > 0 {
        let advice = match facts.kind {
            RetireKind::Early => "弹性提前退休须先达到最低缴费年限，请改选较晚的退休年月或按法定年龄退休",
            _ => "可延长缴费至满最低缴费年限后再申请，或咨询转入城乡居民养老保险",
        };
        reasons.push(format!(
            "累计缴费 {contributed} 个月，最低需要 {required_months} 个月，还差 {missing_months} 个月。{advice}"
        ));
    }
    let eligible = reasons.is_empty();
    derivation.push(
        Step::new("是否符合按月领取条件", "达到退休年月，且累计缴费月数不少于最低缴费月数")
            .input("退休年月", retire_month, "")
            .input("累计缴费", contributed, "个月")
            .input("最低缴费", required_months, "个月")
            .law("国务院关于渐进式延迟法定退休年龄的办法 第二条；社会保险法 第十六条")
            .gives(if eligible { "符合" } else { "不符合" }, ""),
    );
    let figure = Eligibility {
        eligible,
        retire_month,
        age_months: retire_month.months_since(facts.birth),
        required_months,
        missing_months,
        payment_from: retire_month.plus(1),
        reasons,
        statutory,
    };
    Ok((figure, derivation))
}

fn required(kind: RetireKind, statutory: &Statutory, chosen: Month, set: &ParameterSet) -> Ruled<i32> {
    match kind {
        RetireKind::Early => minimum_months(chosen, set),
        RetireKind::Normal | RetireKind::Late => Ok((statutory.min_contribution_months, Derivation::new())),
    }
}

fn check_choice(facts: &EligibilityFacts, statutory: &Statutory, chosen: Month, reasons: &mut Vec<String>) {
    let month = statutory.month;
    let reason = match (facts.kind, statutory.flexible) {
        (RetireKind::Normal, _) => match facts.chosen {
            Some(other) if other != month => {
                format!("正常退休的退休年月应为 {month}。如需提前或延迟，请改选弹性退休")
            }
            _ => return,
        },
        (_, None) => "2025 年前已达到法定退休年龄，不适用弹性退休".into(),
        (RetireKind::Early, Some(choice)) if chosen < choice.earliest || chosen >= month => {
            format!("弹性提前退休年月应在 {} 至 {} 之间", choice.earliest, month.plus(-1))
        }
        (RetireKind::Late, Some(choice)) if chosen <= month || chosen > choice.latest => {
            format!("弹性延迟退休年月应在 {} 至 {} 之间", month.plus(1), choice.latest)
        }
        _ => return,
    };
    reasons.push(reason);
}
