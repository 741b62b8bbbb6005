//! Rules of the retirement item, each with the facts it looked at.

use base_db::Tx;
use base_kernel::{Fault, FieldFault, Month};
use base_slice::{CaseInput, CheckOutcome};
use chrono::{Months, NaiveDate};
use engine_decision::ParameterSet;
use serde_json::json;

use crate::error::Error;
use crate::facts::{self, Facts, text};
use crate::rules::RetireKind;
use crate::store;

/// 最低缴费年限 (办法 第二条).
pub(crate) async fn minimum_months(
    tx: &mut Tx,
    set: ParameterSet,
    input: &CaseInput,
) -> Result<CheckOutcome, Fault> {
    let facts = facts::gather(tx, set, input).await?;
    let (eligibility, _) = facts.eligibility()?;
    let (have, need) = (facts.total_months(), eligibility.required_months);
    let mut outcome = CheckOutcome {
        passed: eligibility.missing_months <= 0,
        detail: format!("累计缴费 {have} 个月（含视同缴费 {} 个月），最低 {need} 个月", facts.deemed_months),
        ..CheckOutcome::default()
    };
    outcome.facts.insert("total_months".into(), json!(have));
    outcome.facts.insert("required_months".into(), json!(need));
    Ok(outcome)
}

/// 选定退休年月在弹性范围内 (办法 第三条).
pub(crate) async fn month_within_limits(
    tx: &mut Tx,
    set: ParameterSet,
    input: &CaseInput,
) -> Result<CheckOutcome, Fault> {
    let facts = facts::gather(tx, set, input).await?;
    let statutory = facts.statutory()?;
    let chosen = facts.chosen.ok_or(Error::Form("chosen_month"))?;
    let fail = |detail: String| {
        let field = FieldFault { field: "chosen_month".into(), message: detail.clone() };
        CheckOutcome { fields: vec![field], ..CheckOutcome::fail(detail) }
    };
    let outcome = match (facts.kind, &statutory.flexible) {
        (RetireKind::Normal, _) if chosen == statutory.month => CheckOutcome::pass(),
        (RetireKind::Normal, _) => fail(format!("正常退休的退休年月应为法定退休年月 {}", statutory.month)),
        (_, None) => fail("该人员按原办法退休，不适用弹性退休".to_owned()),
        (RetireKind::Early, Some(flexible)) if (flexible.earliest..statutory.month).contains(&chosen) => {
            CheckOutcome::pass()
        }
        (RetireKind::Early, Some(flexible)) => {
            fail(format!("弹性提前退休可选 {} 至 {}", flexible.earliest, statutory.month.plus(-1)))
        }
        (RetireKind::Late, Some(flexible)) if chosen > statutory.month && chosen <= flexible.latest => {
            CheckOutcome::pass()
        }
        (RetireKind::Late, Some(flexible)) => {
            fail(format!("弹性延迟退休可选 {} 至 {}", statutory.month.plus(1), flexible.latest))
        }
    };
    Ok(outcome)
}

/// 弹性提前退休书面告知满三个月 (人社部发〔2024〕94号).
pub(crate) fn notice_period(input: &CaseInput) -> Result<CheckOutcome, Fault> {
    if facts::kind(text(input, "retire_kind")) != RetireKind::Early {
        return Ok(CheckOutcome::pass());
    }
    let notice: NaiveDate =
        text(input, "notice_date").and_then(|day| day.parse().ok()).ok_or(Error::Form("notice_date"))?;
    let chosen: Month = text(input, "chosen_month")
        .and_then(|month| month.parse().ok())
        .ok_or(Error::Form("chosen_month"))?;
    let enough = notice.checked_add_months(Months::new(3)).is_some_and(|day| day <= chosen.last_day());
    let detail = format!("书面告知日期 {notice}，选定退休年月 {chosen}，应提前 3 个月告知");
    Ok(if enough {
        CheckOutcome { passed: true, detail, ..CheckOutcome::default() }
    } else {
        CheckOutcome::fail(detail)
    })
}

/// 未领取基本养老金.
pub(crate) async fn not_already_retired(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = centre_party::subject_of(tx, input).await?;
    let award = store::award_active(tx, &person.no).await?;
    Ok(match (award, person.receiving_from) {
        (Some(award), _) => CheckOutcome::fail(format!("已核定基本养老金，自 {} 起发放", award.start_month)),
        (None, Some(month)) => CheckOutcome::fail(format!("登记显示自 {month} 起领取养老金")),
        (None, None) => CheckOutcome::pass(),
    })
}

/// 单位无欠费.
pub(crate) async fn no_arrears(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = centre_party::subject_of(tx, input).await?;
    let months = centre_contribution::arrears_months(tx, &person.no).await?;
    Ok(match months {
        0 => CheckOutcome::pass(),
        months => CheckOutcome::fail(format!("有 {months} 个月的应缴费款尚未到账")),
    })
}

/// 视同缴费超过 120 个月时提级.
pub(crate) fn deemed_over_120(input: &CaseInput) -> CheckOutcome {
    match facts::number(input, "deemed_months") {
        months @ 0..=120 => CheckOutcome {
            passed: true,
            detail: format!("视同缴费 {months} 个月"),
            ..CheckOutcome::default()
        },
        months => CheckOutcome::fail(format!("视同缴费 {months} 个月，超过 120 个月，需提级审批")),
    }
}

/// 指数由人工核定时提级：the index of years before 2014 rests on values that are not confirmed, so a person decides.
pub(crate) fn index_by_hand(input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let Some(index) = text(input, "index_by_hand") else { return Ok(CheckOutcome::pass()) };
    let Some(document) = text(input, "index_doc_no") else {
        return Err(Fault::invalid_field("benefit.index_doc_no", "index_doc_no", "请填写指数核定表编号"));
    };
    Ok(CheckOutcome::fail(format!("平均缴费工资指数 {index} 由人工核定（{document}），需提级审批")))
}

/// 出生日期记载不一致时提级 (劳社部发〔1999〕8号).
pub(crate) fn birth_conflict(input: &CaseInput) -> CheckOutcome {
    match (text(input, "birth_id"), text(input, "birth_archive")) {
        (Some(id), Some(archive)) if id != archive => CheckOutcome::fail(format!(
            "身份证出生日期 {id} 与档案记载 {archive} 不一致，以档案最先记载认定，需提级审批"
        )),
        _ => CheckOutcome::pass(),
    }
}

/// Fields of the retirement form that the system knows.
pub(crate) async fn preview(
    tx: &mut Tx,
    set: ParameterSet,
    input: &CaseInput,
) -> Result<serde_json::Map<String, serde_json::Value>, Fault> {
    let facts: Facts = match facts::gather(tx, set, input).await {
        Ok(facts) => facts,
        // Not yet known whom the form is about, or the post of a woman is not chosen yet.
        Err(Error::NoCategory) => return Ok(serde_json::Map::new()),
        Err(Error::Fault(fault)) if fault.kind != base_kernel::FaultKind::Internal => {
            return Ok(serde_json::Map::new());
        }
        Err(error) => return Err(error.into()),
    };
    let statutory = facts.statutory()?;
    let mut fields = serde_json::Map::new();
    let mut put = |key: &str, value: serde_json::Value| fields.insert(key.to_owned(), value);
    put("statutory_month", json!(statutory.month));
    if let Some(flexible) = &statutory.flexible {
        put("earliest_month", json!(flexible.earliest));
        put("latest_month", json!(flexible.latest));
    }
    put("paid_months", json!(facts.paid_months));
    put("total_months", json!(facts.total_months()));
    put("min_months", json!(statutory.min_contribution_months));
    if text(input, "birth_archive").is_none() {
        put("birth_archive", json!(facts.person.archive_birth.unwrap_or(facts.person.birth)));
    }
    if facts.kind == RetireKind::Normal && text(input, "chosen_month").is_none() {
        put("chosen_month", json!(statutory.month));
    }
    match facts.category {
        crate::rules::Category::F50 => {
            put("post_kind", json!("worker"));
        }
        crate::rules::Category::F55 => {
            put("post_kind", json!("manager"));
        }
        crate::rules::Category::M60 => {}
    }
    Ok(fields)
}
