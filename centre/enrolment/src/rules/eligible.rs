//! Whether a person may be enrolled as wanted, by what is on record.

use base_kernel::{EmployerNo, Fen, Month, Sex};
use chrono::NaiveDate;

use super::row::Wanted;
use super::{Column, Flaw};
use crate::model::{Insurance, Period, PeriodStatus};

/// What is on record about the person; the default is somebody new.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts<'a> {
    /// Name in the register.
    pub(crate) name: Option<&'a str>,
    /// Month from which a pension is paid.
    pub(crate) receiving_from: Option<Month>,
    /// All periods.
    pub(crate) periods: &'a [Period],
}

/// Why the person may not be enrolled with `employer` as wanted; empty when nothing stands in the way.
pub(crate) fn refusals(wanted: &Wanted, employer: &EmployerNo, facts: &Facts<'_>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if facts.name.is_some_and(|name| name != wanted.name) {
        flaws.push(Flaw::new(
            "E101",
            Column::Name,
            &wanted.name,
            "姓名与证件号码在人员登记中不一致",
            "请按身份证核对姓名和证件号码；已改名的请先办理关键信息变更",
        ));
    }
    let beyond_injury = wanted.insurances.iter().any(|one| *one != Insurance::Injury);
    if facts.receiving_from.is_some() && beyond_injury {
        flaws.push(Flaw::new(
            "E304",
            Column::InsTypes,
            &codes(&wanted.insurances),
            "该人员已领取基本养老金",
            "只能参加工伤保险（410），请修改险种",
        ));
        return flaws;
    }
    flaws.extend(wanted.insurances.iter().find_map(|one| standing(*one, wanted, employer, facts.periods)));
    flaws
}

fn codes(insurances: &[Insurance]) -> String {
    insurances.iter().map(|one| one.code()).collect::<Vec<_>>().join(",")
}

/// What stands in the way of one insurance. The other employer is never named.
fn standing(one: Insurance, wanted: &Wanted, employer: &EmployerNo, periods: &[Period]) -> Option<Flaw> {
    let same = || periods.iter().filter(move |period| period.insurance == one);
    let flaw = |code, reason: String, hint| Some(Flaw::new(code, Column::InsTypes, one.code(), reason, hint));
    if same().any(|period| period.status == PeriodStatus::Active && period.employer == *employer) {
        let reason = format!("该人员已在本单位参加{}", one.name());
        return flaw("E302", reason, "无需重复登记，请删除该行或去掉该险种");
    }
    // Injury insurance may run with several employers at once.
    if one == Insurance::Injury {
        return None;
    }
    if same().any(|period| period.status == PeriodStatus::Active) {
        let reason = format!("该人员正在其他单位参加{}", one.name());
        return flaw("E301", reason, "请原单位先办理停保");
    }
    let last = same().filter_map(|period| period.end.filter(|end| *end >= period.start)).max();
    match last {
        Some(last) if last >= wanted.start => {
            let reason = format!("该人员{}已参保至 {last}", one.name());
            flaw("E303", reason, "参保起始月应晚于原参保终止月，请修改参保起始月")
        }
        _ => None,
    }
}

/// The start month is the current one or the next (E03).
pub(crate) fn start_month_refusal(start: Month, today: NaiveDate) -> Option<Flaw> {
    let now = Month::of(today).ok()?;
    let value = start.to_string();
    if start < now {
        let reason = format!("参保起始月早于当月 {now}");
        return Some(Flaw::new("E204", Column::StartMonth, &value, reason, "更早的月份请办理职工补缴"));
    }
    if start > now.plus(1) {
        let reason = format!("参保起始月晚于次月 {}", now.plus(1));
        return Some(Flaw::new("E203", Column::StartMonth, &value, reason, "请填写当月或次月"));
    }
    None
}

/// What deserves a second look without standing in the way. `bounds` are floor and ceiling of the base, when known.
pub(crate) fn warnings(
    wanted: &Wanted,
    born: (NaiveDate, Sex),
    today: NaiveDate,
    bounds: Option<(Fen, Fen)>,
) -> Vec<String> {
    let mut warnings = Vec::new();
    match bounds {
        Some((floor, _)) if wanted.wage < floor => {
            warnings.push(format!("W402 月缴费工资低于缴费基数下限 {floor} 元，按下限征缴"));
        }
        Some((_, ceiling)) if wanted.wage > ceiling => {
            warnings.push(format!("W402 月缴费工资高于缴费基数上限 {ceiling} 元，按上限征缴"));
        }
        _ => {}
    }
    let local = wanted.id_no.starts_with("31");
    if wanted.employment.hukou.as_deref().is_some_and(|hukou| local != matches!(hukou, "11" | "21")) {
        warnings.push("W401 户籍性质与证件号码所属地区不符，请核对".to_owned());
    }
    // The ages before the gradual raise; who is past them is worth a look, not more.
    let age = if born.1 == Sex::Male { 60 } else { 50 };
    let past = today.years_since(born.0).is_some_and(|years| years >= age);
    if past && wanted.insurances.contains(&Insurance::Pension) {
        warnings.push(format!("W403 该人员已满 {age} 周岁，请核对是否已达法定退休年龄"));
    }
    warnings
}
