//! Certificate of contributions (SI-CB-028, `items.md` E01): read only, but who printed what for whom is kept.

use std::collections::{BTreeMap, BTreeSet};

use base_db::Tx;
use base_kernel::{EmployerNo, Fault, Month};
use base_slice::{CaseInput, Computed};
use centre_contribution::Line;
use centre_party::{Person, Scope};
use serde_json::{Map, Value, json};

use crate::EnrolmentError;
use crate::commands::billed;
use crate::model::{Insurance, Period, PeriodStatus};
use crate::store::period::{self, Printed};

/// Longest span, months.
pub(crate) const LONGEST_MONTHS: i32 = 600;

/// What the form asks for.
pub(crate) struct Asked {
    pub(crate) insurances: Vec<Insurance>,
    pub(crate) from: Month,
    pub(crate) to: Month,
}

impl Asked {
    pub(crate) fn of(form: &Map<String, Value>) -> Result<Self, EnrolmentError> {
        let month = |key: &'static str| {
            let text = form.get(key).and_then(Value::as_str);
            text.and_then(|text| text.parse().ok()).ok_or(EnrolmentError::Form(key))
        };
        let codes = form.get("insurance_types").and_then(Value::as_array);
        let mut insurances: Vec<Insurance> =
            codes.into_iter().flatten().filter_map(|code| Insurance::from_code(code.as_str()?)).collect();
        insurances.sort_unstable();
        insurances.dedup();
        if insurances.is_empty() {
            return Err(EnrolmentError::Form("insurance_types"));
        }
        Ok(Self { insurances, from: month("from_month")?, to: month("to_month")? })
    }
}

/// `enrolment.certificate`.
pub(crate) async fn certificate(tx: &mut Tx, input: &CaseInput) -> Result<Computed, Fault> {
    let person = centre_party::subject_of(tx, input).await?;
    let asked = Asked::of(&input.form)?;
    let periods = period::of_people(tx, std::slice::from_ref(&person.no)).await?;
    let types: Vec<_> = asked.insurances.iter().map(|one| billed(*one)).collect();
    let lines = centre_contribution::paid_lines(tx, &person.no, (asked.from, asked.to), &types).await?;
    let names = employer_names(tx, &periods, &lines).await?;
    let today = Month::of(tx.today()).map_err(EnrolmentError::from)?;
    let rows = insurance_rows(&asked, &periods, &lines, today);
    let facts = facts(&asked, &rows);
    let document = document(input, &person, &asked, &periods, &lines, &names, rows, today);
    keep(tx, input, &person, &asked).await?;
    let mut values = Map::new();
    values.insert("document".into(), document);
    values.insert("facts".into(), facts);
    Ok(Computed { values, derivation: Vec::new() })
}

async fn keep(tx: &mut Tx, input: &CaseInput, person: &Person, asked: &Asked) -> Result<(), EnrolmentError> {
    let case_no = input.case_no.as_ref().ok_or(EnrolmentError::Form("case_no"))?;
    let text = |key: &str| input.form.get(key).and_then(Value::as_str);
    let printed = Printed {
        person: &person.no,
        case_no,
        from: asked.from,
        to: asked.to,
        insurances: asked.insurances.iter().map(|one| one.code()).collect(),
        detail: text("detail_level").unwrap_or("summary"),
        purpose: text("purpose").unwrap_or("other"),
        receiver: text("receiver"),
    };
    period::certificate_add(tx, &printed).await
}

async fn employer_names(
    tx: &mut Tx,
    periods: &[Period],
    lines: &[Line],
) -> Result<BTreeMap<EmployerNo, String>, EnrolmentError> {
    let numbers: BTreeSet<EmployerNo> = periods
        .iter()
        .map(|period| period.employer.clone())
        .chain(lines.iter().map(|line| line.employer.clone()))
        .collect();
    let scope = Scope::System("names of one's own employers");
    let numbers: Vec<EmployerNo> = numbers.into_iter().collect();
    let found = centre_party::employers_by_no(tx, &scope, &numbers).await?;
    Ok(found.into_iter().map(|employer| (employer.no, employer.name)).collect())
}

/// One row an insurance that has anything to show in the span.
struct InsuranceRow {
    insurance: Insurance,
    from: Month,
    to: Month,
    months: usize,
    status: Option<PeriodStatus>,
}

fn insurance_rows(asked: &Asked, periods: &[Period], lines: &[Line], today: Month) -> Vec<InsuranceRow> {
    let last = asked.to.min(today);
    asked
        .insurances
        .iter()
        .filter_map(|one| {
            let own = || periods.iter().filter(|period| period.insurance == *one);
            let within = || own().filter(|period| period.months_within(asked.from, last) > 0);
            let paid: BTreeSet<Month> =
                lines.iter().filter(|line| line.insurance == billed(*one)).map(|line| line.month).collect();
            let from =
                within().map(|period| period.start.max(asked.from)).chain(paid.first().copied()).min()?;
            let to = within()
                .map(|period| period.end.map_or(last, |end| end.min(last)))
                .chain(paid.last().copied())
                .max()?;
            let status = own().max_by_key(|period| (period.status == PeriodStatus::Active, period.start));
            let status = status.map(|period| period.status);
            Some(InsuranceRow { insurance: *one, from, to, months: paid.len(), status })
        })
        .collect()
}

fn facts(asked: &Asked, rows: &[InsuranceRow]) -> Value {
    let mut facts = vec![json!({ "label": "证明期间", "value": format!("{} 至 {}", asked.from, asked.to) })];
    facts.extend(rows.iter().map(
        |row| json!({ "label": row.insurance.name(), "value": format!("累计缴费 {} 个月", row.months) }),
    ));
    Value::Array(facts)
}

#[expect(clippy::too_many_arguments, reason = "the parts of one document")]
fn document(
    input: &CaseInput,
    person: &Person,
    asked: &Asked,
    periods: &[Period],
    lines: &[Line],
    names: &BTreeMap<EmployerNo, String>,
    rows: Vec<InsuranceRow>,
    today: Month,
) -> Value {
    let text = |key: &str| input.form.get(key).and_then(Value::as_str);
    let insurances: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            json!({
                "name": row.insurance.name(), "from_month": row.from, "to_month": row.to, "months": row.months,
                "status": row.status.map(PeriodStatus::name),
            })
        })
        .collect();
    let mut document = json!({
        "name": person.name,
        "id_no": person.id_no_masked(),
        "person_no": person.no,
        "region": "上海市",
        "detail_level": match text("detail_level") {
            Some("detail") => "缴费明细",
            Some("status") => "在保状态",
            _ => "汇总",
        },
        "purpose": purpose(text("purpose"), text("purpose_text")),
        "from_month": asked.from,
        "to_month": asked.to,
        "insurances": insurances,
        "employers": employer_rows(asked, periods, lines, names, today),
    });
    if let Some(receiver) = text("receiver").filter(|receiver| !receiver.is_empty()) {
        document["receiver"] = json!(receiver);
    }
    if text("detail_level") == Some("detail") {
        document["details"] = lines.iter().map(|line| detail_row(line, names)).collect();
    }
    document
}

fn purpose(code: Option<&str>, other: Option<&str>) -> String {
    match code {
        Some("settle") => "落户",
        Some("house") => "购房",
        Some("loan") => "贷款",
        Some("bid") => "招投标",
        Some("abroad") => "出国",
        _ => other.unwrap_or("其他"),
    }
    .to_owned()
}

/// Employers of the span with the months paid through each.
fn employer_rows(
    asked: &Asked,
    periods: &[Period],
    lines: &[Line],
    names: &BTreeMap<EmployerNo, String>,
    today: Month,
) -> Vec<Value> {
    let last = asked.to.min(today);
    let mut spans: BTreeMap<&EmployerNo, (Month, Month)> = BTreeMap::new();
    let mut widen = |employer, from: Month, to: Month| {
        let span = spans.entry(employer).or_insert((from, to));
        *span = (span.0.min(from), span.1.max(to));
    };
    let chosen = periods.iter().filter(|period| asked.insurances.contains(&period.insurance));
    for period in chosen.filter(|period| period.months_within(asked.from, last) > 0) {
        let to = period.end.map_or(last, |end| end.min(last));
        widen(&period.employer, period.start.max(asked.from), to);
    }
    for line in lines {
        widen(&line.employer, line.month, line.month);
    }
    let mut rows: Vec<_> = spans.into_iter().collect();
    rows.sort_by_key(|(_, span)| *span);
    rows.into_iter()
        .map(|(employer, (from, to))| {
            let paid = lines.iter().filter(|line| line.employer == *employer);
            let months: BTreeSet<Month> = paid.map(|line| line.month).collect();
            json!({
                "name": names.get(employer).map_or("（单位已注销）", String::as_str),
                "from_month": from, "to_month": to, "months": months.len(),
            })
        })
        .collect()
}

fn detail_row(line: &Line, names: &BTreeMap<EmployerNo, String>) -> Value {
    json!({
        "month": line.month,
        "employer_name": names.get(&line.employer),
        "insurance": Insurance::from_code(line.insurance.code()).map_or(line.insurance.name(), Insurance::short),
        "base_fen": line.base,
        "personal_fen": line.personal_share,
        "employer_fen": line.employer_share,
        "status": line.status.name(),
    })
}
