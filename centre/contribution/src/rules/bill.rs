//! The contributions of one person for one month, by insurance and side (`policy.md` §3.1, §3.5).

use base_kernel::{Fen, Month, RegionCode};
use engine_decision::{Derivation, Parameter, ParameterSet, Rounding, RuleError, Ruled, Step};
use serde::{Deserialize, Serialize};

use super::bounds::{bounds, check_wage, clamp_base};
use super::insurance::{FloatTier, InjuryClass, Insurance};

/// Who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayerKind {
    /// 职工: all insurances, both sides.
    Employee,
    /// 灵活就业人员: pension and medical, all from the person.
    Flexible,
    /// 退休人员单独参加工伤保险 (沪人社规〔2025〕22号): injury only, from the employer.
    RetireeInjury,
}

/// Facts of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContributionFacts {
    /// Contribution month.
    pub month: Month,
    /// Region.
    pub region: RegionCode,
    /// Who pays.
    pub kind: PayerKind,
    /// Wage in fen; for flexible payers the base they chose.
    #[serde(rename = "wage_fen")]
    pub wage: Fen,
    /// Risk class of the employer; needed unless flexible.
    #[serde(default)]
    pub injury_class: Option<InjuryClass>,
    /// Floating tier of the employer.
    #[serde(default)]
    pub injury_float: FloatTier,
}

/// One insurance of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// Insurance.
    pub insurance: Insurance,
    /// Employer's share, fen.
    #[serde(rename = "employer_fen")]
    pub employer: Fen,
    /// Person's share, fen.
    #[serde(rename = "employee_fen")]
    pub employee: Fen,
}

/// A month's bill, fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// Contribution base.
    #[serde(rename = "base_fen")]
    pub base: Fen,
    /// Lines by insurance.
    pub lines: Vec<BillLine>,
    /// Employer's sum.
    #[serde(rename = "employer_total_fen")]
    pub employer_total: Fen,
    /// Person's sum.
    #[serde(rename = "employee_total_fen")]
    pub employee_total: Fen,
    /// What is recorded on the pension account.
    #[serde(rename = "account_fen")]
    pub account: Fen,
}

/// The bill of a month. Each insurance and side multiplies first and rounds once.
///
/// # Errors
/// [`RuleError::Input`] for an implausible wage, a missing injury class, or a flexible base outside the bounds;
/// [`RuleError::Parameter`] for months whose rates are missing or unconfirmed.
pub fn bill(facts: &ContributionFacts, set: &ParameterSet) -> Ruled<Bill> {
    bill_of(facts, &Insurance::ALL, set)
}

/// The bill of a month for some insurances only, so that a rate missing for one does not hold up the others. The
/// account part goes with the pension insurance.
///
/// # Errors
/// As [`bill`], for the insurances asked for.
pub fn bill_of(facts: &ContributionFacts, insurances: &[Insurance], set: &ParameterSet) -> Ruled<Bill> {
    let mut worksheet = Worksheet {
        facts,
        insurances,
        set,
        derivation: Derivation::new(),
        base: Fen::ZERO,
        lines: Vec::new(),
    };
    match facts.kind {
        PayerKind::Employee => worksheet.employee()?,
        PayerKind::Flexible => worksheet.flexible()?,
        PayerKind::RetireeInjury => {
            worksheet.clamp()?;
            worksheet.injury()?;
        }
    }
    worksheet.finish()
}

struct Worksheet<'a> {
    facts: &'a ContributionFacts,
    insurances: &'a [Insurance],
    set: &'a ParameterSet,
    derivation: Derivation,
    base: Fen,
    lines: Vec<BillLine>,
}

impl<'a> Worksheet<'a> {
    fn get(&self, key: &str) -> Result<&'a Parameter, RuleError> {
        Ok(self.set.get(key, self.facts.region, self.facts.month.first_day())?)
    }

    fn clamp(&mut self) -> Result<(), RuleError> {
        let (base, steps) = clamp_base(self.facts.wage, self.facts.month, self.facts.region, self.set)?;
        self.base = base;
        self.derivation.append(steps);
        Ok(())
    }

    fn employee(&mut self) -> Result<(), RuleError> {
        self.clamp()?;
        for (insurance, employer, employee) in [
            (
                Insurance::Pension,
                "contribution.pension.employer_rate",
                Some("contribution.pension.employee_rate"),
            ),
            (
                Insurance::Medical,
                "contribution.medical.employer_rate",
                Some("contribution.medical.employee_rate"),
            ),
            (Insurance::Maternity, "contribution.maternity.employer_rate", None),
            (
                Insurance::Unemployment,
                "contribution.unemployment.employer_rate",
                Some("contribution.unemployment.employee_rate"),
            ),
        ] {
            if !self.insurances.contains(&insurance) {
                continue;
            }
            let employer = self.get(employer)?;
            // Merged into the medical insurance since 2020; a line of nothing would only puzzle.
            if insurance == Insurance::Maternity && employer.decimal()?.is_zero() {
                continue;
            }
            let rounding = self.get("contribution.rounding")?;
            let by_employer = self.share(insurance, "单位", employer, rounding)?;
            let by_employee = match employee {
                Some(key) => self.share(insurance, "个人", self.get(key)?, rounding)?,
                None => Fen::ZERO,
            };
            self.lines.push(BillLine { insurance, employer: by_employer, employee: by_employee });
        }
        self.injury()
    }

    fn flexible(&mut self) -> Result<(), RuleError> {
        let (wage, month) = (self.facts.wage, self.facts.month);
        check_wage(wage)?;
        let limits = bounds(month, self.facts.region, self.set)?;
        if wage < limits.floor || wage > limits.ceiling {
            let message = format!(
                "灵活就业人员可在 {} 元至 {} 元之间自行选择 {month} 的缴费基数，请重新选择",
                limits.floor, limits.ceiling
            );
            return Err(RuleError::input("wage_fen", message));
        }
        self.base = wage;
        self.derivation.push(
            Step::new("缴费基数", "在上下限之间自行选择")
                .input("缴费月份", month, "")
                .parameter(self.get("contribution.base_floor")?)
                .parameter(self.get("contribution.base_ceiling")?)
                .law("沪人社规〔2023〕5号")
                .gives(wage, "元"),
        );
        let rounding = self.get("contribution.rounding")?;
        for (insurance, key) in [
            (Insurance::Pension, "contribution.flexible.pension_rate"),
            (Insurance::Medical, "contribution.flexible.medical_rate"),
        ] {
            if !self.insurances.contains(&insurance) {
                continue;
            }
            let employee = self.share(insurance, "个人", self.get(key)?, rounding)?;
            self.lines.push(BillLine { insurance, employer: Fen::ZERO, employee });
        }
        Ok(())
    }

    fn share(
        &mut self,
        insurance: Insurance,
        side: &str,
        rate: &Parameter,
        rounding: &Parameter,
    ) -> Result<Fen, RuleError> {
        let rule = rounding.rounding()?;
        let amount = rule.to_fen(self.base.yuan() * rate.decimal()?)?;
        self.derivation.push(
            Step::new(format!("{}（{side}）", insurance.name()), "缴费基数 × 费率")
                .input("缴费基数", self.base, "元")
                .parameter(rate)
                .parameter(rounding)
                .rounded(rule)
                .gives(amount, "元"),
        );
        Ok(amount)
    }

    fn injury(&mut self) -> Result<(), RuleError> {
        if !self.insurances.contains(&Insurance::Injury) {
            return Ok(());
        }
        let missing = || RuleError::input("injury_class", "请填写单位的工伤保险行业风险类别（I 至 VIII）");
        let class = self.facts.injury_class.ok_or_else(missing)?;
        let rates = self.get("contribution.injury.class_rate")?;
        let tiers = self.get(if class == InjuryClass::I {
            "contribution.injury.floating_class_one"
        } else {
            "contribution.injury.floating_other_classes"
        })?;
        let (rate, tier) = (rates.cell(class.code())?, tiers.cell(self.facts.injury_float.code())?);
        let rounding = self.get("contribution.injury.rounding")?;
        let rule = rounding.rounding()?;
        let employer = rule.to_fen(self.base.yuan() * rate * tier)?;
        self.derivation.push(
            Step::new("工伤保险（单位）", "缴费基数 × 行业基准费率 × 浮动档次")
                .input("缴费基数", self.base, "元")
                .cell(rates, class.code(), rate)
                .cell(tiers, self.facts.injury_float.code(), tier)
                .parameter(rounding)
                .rounded(rule)
                .law("工伤保险条例 第八条、第十条")
                .gives(employer, "元"),
        );
        self.lines.push(BillLine { insurance: Insurance::Injury, employer, employee: Fen::ZERO });
        Ok(())
    }

    fn account(&mut self) -> Result<Fen, RuleError> {
        if !self.insurances.contains(&Insurance::Pension) {
            return Ok(Fen::ZERO);
        }
        let key = match self.facts.kind {
            PayerKind::Employee => "account.size_rate",
            PayerKind::Flexible => "contribution.flexible.account_rate",
            PayerKind::RetireeInjury => return Ok(Fen::ZERO),
        };
        let rate = self.get(key)?;
        let account = Rounding::FenHalfUp.to_fen(self.base.yuan() * rate.decimal()?)?;
        self.derivation.push(
            Step::new("记入个人账户", "缴费基数 × 记账规模")
                .input("缴费基数", self.base, "元")
                .parameter(rate)
                .rounded(Rounding::FenHalfUp)
                .law("国发〔2005〕38号")
                .gives(account, "元"),
        );
        Ok(account)
    }

    fn finish(mut self) -> Ruled<Bill> {
        let account = self.account()?;
        let employer_total = self.lines.iter().map(|line| line.employer).sum();
        let employee_total = self.lines.iter().map(|line| line.employee).sum();
        let bill = Bill { base: self.base, lines: self.lines, employer_total, employee_total, account };
        Ok((bill, self.derivation))
    }
}
