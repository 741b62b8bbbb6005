//! Statutory retirement age: 国务院关于渐进式延迟法定退休年龄的办法, in force since 2025-01-01.

use std::fmt;
use std::str::FromStr;

use base_kernel::{Month, RegionCode};
use chrono::{Months, NaiveDate};
use engine_decision::{Derivation, ParameterSet, RuleError, Ruled, Step};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

const LAW: &str = "国务院关于渐进式延迟法定退休年龄的办法";
/// The retirement age is the nation's; no region has its own.
const NATION: RegionCode = RegionCode::NATION;

/// Category by original retirement age. It is recorded on the person with its evidence (job, status) and never
/// inferred from sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Category {
    /// 男职工, originally 60.
    M60,
    /// 女职工 with original age 55 (management and technical posts; flexible employment).
    F55,
    /// 女职工 with original age 50 (workers).
    F50,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 3] = [Self::M60, Self::F55, Self::F50];

    /// Code, the row name in parameter tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::M60 => "M60",
            Self::F55 => "F55",
            Self::F50 => "F50",
        }
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::M60 => "男职工（原 60 周岁）",
            Self::F55 => "女职工（原 55 周岁）",
            Self::F50 => "女职工（原 50 周岁）",
        }
    }
}

impl FromStr for Category {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|category| category.code() == text).ok_or_else(|| {
            RuleError::input(
                "category",
                "人员类别应为 M60（男）、F55（女，原 55 周岁）或 F50（女，原 50 周岁）",
            )
        })
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The months between which a flexible retirement may be chosen, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flexible {
    /// Earliest month (弹性提前).
    pub earliest: Month,
    /// Latest month (弹性延迟).
    pub latest: Month,
}

/// Statutory retirement of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statutory {
    /// Birth month.
    pub birth: Month,
    /// Category.
    pub category: Category,
    /// Month in which the original age is reached.
    pub original_month: Month,
    /// Months of delay.
    pub delay_months: i32,
    /// Statutory age in months.
    pub age_months: i32,
    /// Month in which the statutory age is reached.
    pub month: Month,
    /// Minimum contribution months at that age.
    pub min_contribution_months: i32,
    /// Choice of flexible retirement; none for those retired under the old rules.
    pub flexible: Option<Flexible>,
}

/// Statutory age, month, delay, minimum contribution months and flexible limits (办法 第一条至第三条).
///
/// # Errors
/// [`RuleError::Parameter`] when the original age was reached before the 1978 rules or the minimum contribution
/// period of that time is not in the catalogue.
pub fn statutory(birth: Month, category: Category, set: &ParameterSet) -> Ruled<Statutory> {
    let mut derivation = Derivation::new();
    let original_month = original(birth, category, set, &mut derivation)?;
    let delay_months = delay(birth, category, original_month, set, &mut derivation)?;
    let age_months = original_month.months_since(birth) + delay_months;
    let month = birth.plus(age_months);
    derivation.push(
        Step::new("法定退休年月", "出生年月 + 原法定退休年龄 + 延迟月数")
            .input("出生年月", birth, "")
            .input("法定退休年龄", age_text(age_months), "")
            .law(&format!("{LAW} 第一条"))
            .gives(month, ""),
    );
    let (min_contribution_months, step) = minimum_months(month, set)?;
    derivation.append(step);
    let flexible = flexible(original_month, month, delay_months, set, &mut derivation)?;
    let figure = Statutory {
        birth,
        category,
        original_month,
        delay_months,
        age_months,
        month,
        min_contribution_months,
        flexible,
    };
    Ok((figure, derivation))
}

/// `61 岁 4 个月`.
fn age_text(months: i32) -> String {
    format!("{} 岁 {} 个月", months / 12, months % 12)
}

/// Month in which the original age is reached, by the rules in force in that month.
fn original(
    birth: Month,
    category: Category,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<Month, RuleError> {
    // The window is found by the month that the age leads to, so the age of the present rules points to the row,
    // and the row found there is the one that counts.
    let newest = set.get("retirement.original_age_months", NATION, Month::new(2025, 1)?.first_day())?;
    let guess = birth.plus(whole(newest.cell(category.code())?)?);
    let row = set.get("retirement.original_age_months", NATION, guess.first_day())?;
    let age = whole(row.cell(category.code())?)?;
    let month = birth.plus(age);
    derivation.push(
        Step::new("原法定退休年月", "出生年月 + 原法定退休年龄")
            .input("出生年月", birth, "")
            .input("人员类别", category, "")
            .cell(row, category.code(), age)
            .gives(month, ""),
    );
    Ok(month)
}

fn delay(
    birth: Month,
    category: Category,
    original_month: Month,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<i32, RuleError> {
    let (on, code) = (original_month.first_day(), category.code());
    let cap_row = set.get("retirement.delay_cap_months", NATION, on)?;
    let cap = whole(cap_row.cell(code)?)?;
    if cap == 0 {
        derivation.push(
            Step::new("延迟月数", "2024 年 12 月 31 日前达到原法定退休年龄的不延迟")
                .input("原法定退休年月", original_month, "")
                .cell(cap_row, code, cap)
                .gives(0, "个月"),
        );
        return Ok(0);
    }
    let first_row = set.get("retirement.first_birth_month", NATION, on)?;
    let first = Month::from_yyyymm(whole(first_row.cell(code)?)?)?;
    let step_row = set.get("retirement.delay_step_months", NATION, on)?;
    let step = whole(step_row.cell(code)?)?.max(1);
    let behind = birth.months_since(first);
    let delay = if behind < 0 { 0 } else { (behind / step + 1).min(cap) };
    derivation.push(
        Step::new("延迟月数", "min(取整（(出生年月 − 开始适用出生年月) ÷ 步长） + 1，最多延迟月数)")
            .input("出生年月距开始适用出生年月", behind, "个月")
            .cell(first_row, code, first)
            .cell(step_row, code, step)
            .cell(cap_row, code, cap)
            .law(&format!("{LAW} 第一条"))
            .gives(delay, "个月"),
    );
    Ok(delay)
}

/// Minimum contribution months for someone who reaches the decisive month `on` (办法 第二条): the statutory month,
/// or the chosen month of a flexible early retirement.
///
/// # Errors
/// [`RuleError::Parameter`] before 1997-07-16.
pub fn minimum_months(on: Month, set: &ParameterSet) -> Ruled<i32> {
    let row = set.get("retirement.min_contribution_months", NATION, on.first_day())?;
    let months = row.months()?;
    let step = Step::new("最低缴费年限", "按所在年份查表")
        .input("年月", on, "")
        .parameter(row)
        .law(&format!("{LAW} 第二条"))
        .gives(months, "个月");
    Ok((months, Derivation { steps: vec![step] }))
}

fn flexible(
    original_month: Month,
    month: Month,
    delay_months: i32,
    set: &ParameterSet,
    derivation: &mut Derivation,
) -> Result<Option<Flexible>, RuleError> {
    // Without delay the old rules applied, and those knew no choice.
    if delay_months == 0 {
        return Ok(None);
    }
    let early = set.get("retirement.flexible_early_months", NATION, month.first_day())?;
    let late = set.get("retirement.flexible_late_months", NATION, month.first_day())?;
    let earliest = original_month.max(month.plus(-early.months()?));
    let latest = month.plus(late.months()?);
    derivation.push(
        Step::new(
            "弹性退休可选年月",
            "最早 = max(原法定退休年月，法定退休年月 − 提前上限)；最晚 = 法定退休年月 + 延迟上限",
        )
        .input("原法定退休年月", original_month, "")
        .input("法定退休年月", month, "")
        .parameter(early)
        .parameter(late)
        .law(&format!("{LAW} 第三条；实施弹性退休制度暂行办法"))
        .gives(format!("{earliest} 至 {latest}"), ""),
    );
    Ok(Some(Flexible { earliest, latest }))
}

/// The day on which someone born on `birth` reaches an age in months: the same day of the month, or the month's
/// last day where that day does not exist. None beyond the calendar.
#[must_use]
pub fn reached_on(birth: NaiveDate, age_months: i32) -> Option<NaiveDate> {
    birth.checked_add_months(Months::new(u32::try_from(age_months).ok()?))
}

fn whole(value: Decimal) -> Result<i32, RuleError> {
    value.to_i32().ok_or_else(|| RuleError::Choice { key: "retirement".into(), value: value.to_string() })
}
