//! Rules of the items.

use base_db::Tx;
use base_kernel::{ActorKind, Fault, FieldFault, Month, shanghai};
use base_slice::{CaseInput, CheckOutcome};
use chrono::{Duration, TimeZone, Utc};
use serde_json::{Value, json};

use crate::certificate::{Asked, LONGEST_MONTHS};
use crate::effects::file_of;
use crate::model::Insurance;
use crate::rules::{Facts, Flaw, Wanted, refusals, start_month_refusal, wanted_of_form};
use crate::store::{batch as batches, period};
use crate::{Deps, EnrolmentError, batch, commands};

/// Certificates a day when the item says nothing.
const PER_DAY: i64 = 20;

fn failed(field: &str, detail: impl Into<String>) -> CheckOutcome {
    let detail = detail.into();
    let fields = vec![FieldFault { field: field.to_owned(), message: detail.clone() }];
    CheckOutcome { fields, ..CheckOutcome::fail(detail) }
}

fn passed(detail: impl Into<String>) -> CheckOutcome {
    CheckOutcome { detail: detail.into(), ..CheckOutcome::pass() }
}

fn of_flaws(flaws: &[&Flaw], fine: &str) -> CheckOutcome {
    let Some(first) = flaws.first() else { return passed(fine) };
    CheckOutcome {
        fields: flaws.iter().map(|flaw| flaw.as_field()).collect(),
        ..CheckOutcome::fail(format!("{}，{}", first.reason, first.hint))
    }
}

/// What stands against the single form, by the registers.
async fn standing(tx: &mut Tx, input: &CaseInput) -> Result<(Wanted, Vec<Flaw>), EnrolmentError> {
    let employer = centre_party::employer_of(tx, input).await?;
    commands::in_good_standing(&employer)?;
    let wanted = wanted_of_form(&input.form, tx.today()).map_err(EnrolmentError::Form)?;
    let known = commands::by_id_no(tx, std::slice::from_ref(&wanted)).await?;
    let Some(person) = known.get(&wanted.id_no) else { return Ok((wanted, Vec::new())) };
    let periods = period::of_people(tx, std::slice::from_ref(&person.no)).await?;
    let facts = Facts { name: Some(&person.name), receiving_from: person.receiving_from, periods: &periods };
    let flaws = refusals(&wanted, &employer.no, &facts);
    Ok((wanted, flaws))
}

/// `enrolment.not_insured_elsewhere`: also that name and document agree, and that the months do not overlap.
pub(crate) async fn not_insured_elsewhere(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let (_, flaws) = standing(tx, input).await?;
    let flaws: Vec<&Flaw> = flaws.iter().filter(|flaw| flaw.code != "E304").collect();
    Ok(of_flaws(&flaws, "未在其他单位参保"))
}

/// `enrolment.not_retired`.
pub(crate) async fn not_retired(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let (_, flaws) = standing(tx, input).await?;
    let flaws: Vec<&Flaw> = flaws.iter().filter(|flaw| flaw.code == "E304").collect();
    Ok(of_flaws(&flaws, "未领取基本养老金，或仅参加工伤保险"))
}

/// `enrolment.start_month`.
pub(crate) async fn start_month(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let text = input.form.get("start_month").and_then(Value::as_str);
    let Some(start) = text.and_then(|month| month.parse::<Month>().ok()) else {
        return Ok(failed("start_month", "请选择参保起始月"));
    };
    let flaw = start_month_refusal(start, tx.today());
    Ok(of_flaws(&flaw.iter().collect::<Vec<_>>(), "参保起始月为当月或次月"))
}

/// `enrolment.batch_size`: the file is a readable roster of the applicant's own, not too long and not seen before.
pub(crate) async fn batch_size(tx: &mut Tx, deps: &Deps, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let Ok(id) = file_of(input) else { return Ok(failed("file_id", "请上传增员花名册")) };
    let employer = centre_party::employer_of(tx, input).await?;
    if commands::in_good_standing(&employer).is_err() {
        return Ok(failed("file_id", "本单位的社会保险登记状态不正常，请先到经办窗口恢复登记"));
    }
    let roster = match batch::roster(tx, &deps.files, id).await {
        Ok(roster) => roster,
        Err(EnrolmentError::Roster(flaw)) => return Ok(failed("file_id", flaw.to_string())),
        Err(EnrolmentError::File(base_files::FileError::NotFound)) => return Ok(failed("file_id", NO_FILE)),
        Err(error) => return Err(error.into()),
    };
    let by_other = roster.file.uploaded_by != tx.actor().user;
    if tx.actor().kind == ActorKind::Employer && by_other {
        return Ok(failed("file_id", NO_FILE));
    }
    if let Some(case) = batches::same(tx, &employer.no, &roster.file.sm3, input.case_no.as_ref()).await? {
        return Ok(failed("file_id", format!("同一文件已在办件{case}中提交，请勿重复导入")));
    }
    let mut outcome = passed(format!("共 {} 行，文件摘要（SM3）{}", roster.rows.len(), roster.file.sm3));
    outcome.facts.insert("rows".into(), json!(roster.rows.len()));
    outcome.facts.insert("sm3".into(), json!(roster.file.sm3));
    Ok(outcome)
}

const NO_FILE: &str = "未找到上传的花名册，请重新上传";

/// `enrolment.certificate_span`.
pub(crate) async fn certificate_span(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = centre_party::subject_of(tx, input).await?;
    let asked = match Asked::of(&input.form) {
        Ok(asked) => asked,
        Err(EnrolmentError::Form(field)) => return Ok(failed(field, "请选择险种和起止年月")),
        Err(error) => return Err(error.into()),
    };
    let today = Month::of(tx.today()).map_err(EnrolmentError::from)?;
    if asked.from > asked.to {
        return Ok(failed("from_month", "起始年月晚于截止年月"));
    }
    if asked.to > today {
        return Ok(failed("to_month", "截止年月晚于当月"));
    }
    if asked.to.months_since(asked.from) + 1 > LONGEST_MONTHS {
        return Ok(failed("from_month", format!("起止年月跨度超过 {LONGEST_MONTHS} 个月")));
    }
    let periods = period::of_people(tx, std::slice::from_ref(&person.no)).await?;
    let paid = centre_contribution::months_total(tx, &person.no).await?;
    let known = |one: &Insurance| {
        periods.iter().any(|period| period.insurance == *one)
            || paid.iter().any(|total| total.insurance == commands::billed(*one))
    };
    if let Some(unknown) = asked.insurances.iter().find(|one| !known(one)) {
        return Ok(failed("insurance_types", format!("您没有{}的参保记录", unknown.name())));
    }
    let insured = periods.iter().any(|period| period.months_within(asked.from, asked.to) > 0)
        || paid.iter().any(|total| total.first <= asked.to && total.last >= asked.from);
    if !insured {
        return Ok(failed("from_month", format!("{} 至 {} 没有参保记录", asked.from, asked.to)));
    }
    Ok(passed(format!("证明期间 {} 至 {}", asked.from, asked.to)))
}

/// `enrolment.certificate_rate`: `per_day` certificates a person and day.
pub(crate) async fn certificate_rate(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = centre_party::subject_of(tx, input).await?;
    let allowed = input.args.get("per_day").and_then(Value::as_i64).unwrap_or(PER_DAY);
    let midnight = shanghai(tx.now()).date_naive().and_time(chrono::NaiveTime::MIN);
    let begin = Utc.from_utc_datetime(&midnight) - Duration::hours(8);
    let printed = period::certificate_count(tx, &person.no, begin, begin + Duration::days(1)).await?;
    if printed >= allowed {
        return Ok(failed("purpose", format!("今日已打印 {printed} 份，每日最多 {allowed} 份")));
    }
    Ok(passed(format!("今日已打印 {printed} 份，每日最多 {allowed} 份")))
}
