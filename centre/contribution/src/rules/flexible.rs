//! Subsidy for people with difficulties in finding work who pay as flexible payers: 沪人社规〔2022〕8号.

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{ParameterSet, Rounding, RuleError, Ruled, Step};

use super::bill::{ContributionFacts, PayerKind, bill};
use super::bounds::bounds;
use super::insurance::FloatTier;

/// Monthly subsidy: a share of what is due at the floor, whatever base was chosen.
///
/// # Errors
/// [`RuleError::Parameter`] outside the notice's validity (to 2026-12-31).
pub fn flexible_subsidy(month: Month, region: RegionCode, set: &ParameterSet) -> Ruled<Fen> {
    let rate = set.get("contribution.flexible.subsidy_rate", region, month.first_day())?;
    let at_floor = ContributionFacts {
        month,
        region,
        kind: PayerKind::Flexible,
        wage: bounds(month, region, set)?.floor,
        injury_class: None,
        injury_float: FloatTier::Base,
    };
    let (due, mut derivation) = bill(&at_floor, set)?;
    let subsidy = Rounding::FenHalfUp.to_fen(due.employee_total.yuan() * rate.decimal()?)?;
    derivation.push(
        Step::new("灵活就业社会保险费补贴", "按最低缴费基数应缴额 × 补贴比例")
            .input("按最低缴费基数应缴额", due.employee_total, "元")
            .parameter(rate)
            .rounded(Rounding::FenHalfUp)
            .law("沪人社规〔2022〕8号")
            .gives(subsidy, "元"),
    );
    Ok::<_, RuleError>((subsidy, derivation))
}
