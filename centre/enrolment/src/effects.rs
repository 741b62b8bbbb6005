//! What service items do here.

use base_db::Tx;
use base_files::StoredFile;
use base_kernel::{CaseNo, Fault, FileId, shanghai};
use base_slice::{CaseInput, Computed};
use centre_party::{Employer, Person};
use serde_json::{Map, Value, json};

use crate::batch::{self, Batch, FlawRow};
use crate::commands::{self, Outcome};
use crate::model::Insurance;
use crate::rules::{Wanted, start_month_refusal, wanted_of_form};
use crate::store;
use crate::{Deps, EnrolmentError};

/// Failures printed on the result document; the workbook has them all.
const PRINTED: usize = 100;

/// `enrolment.enrol` (SI-CB-010). Repeated for the same case, it answers with what the first time recorded.
pub(crate) async fn enrol(tx: &mut Tx, deps: &Deps, input: &CaseInput) -> Result<Computed, Fault> {
    let employer = centre_party::employer_of(tx, input).await?;
    let case_no = case_of(input)?;
    let wanted = wanted_of_form(&input.form, tx.today()).map_err(EnrolmentError::Form)?;
    let set = deps.policy.current();
    let (person, base) = match earlier(tx, &employer, &case_no, &wanted).await? {
        Some(person) => (person, None),
        None => {
            if let Some(flaw) = start_month_refusal(wanted.start, tx.today()) {
                return Err(EnrolmentError::Refused(vec![flaw]).into());
            }
            under_case(tx, &case_no);
            let outcomes = commands::enrol_many(tx, &set, &employer, std::slice::from_ref(&wanted)).await?;
            match outcomes.into_iter().next() {
                Some(Outcome::Enrolled(person, base)) => (*person, base),
                Some(Outcome::Refused(flaws)) => return Err(EnrolmentError::Refused(flaws).into()),
                None => return Err(EnrolmentError::Moved.into()),
            }
        }
    };
    let mut values = Map::new();
    values.insert("person_no".into(), json!(person.no));
    values.insert("start_month".into(), json!(wanted.start));
    values.insert("document".into(), receipt(tx, &employer, &case_no, &wanted, &person, base));
    values.insert(
        "facts".into(),
        json!([
            { "label": "参保险种", "value": Insurance::short_list(&wanted.insurances) },
            { "label": "参保起始月", "value": wanted.start.to_string() },
        ]),
    );
    Ok(Computed { values, derivation: Vec::new() })
}

fn case_of(input: &CaseInput) -> Result<CaseNo, EnrolmentError> {
    input.case_no.clone().ok_or(EnrolmentError::Form("case_no"))
}

/// What is recorded carries the case, also when the caller's context does not name it.
fn under_case(tx: &mut Tx, case_no: &CaseNo) {
    tx.ctx_mut().case.get_or_insert_with(|| case_no.clone());
}

async fn earlier(
    tx: &mut Tx,
    employer: &Employer,
    case_no: &CaseNo,
    wanted: &Wanted,
) -> Result<Option<Person>, EnrolmentError> {
    let mut known = commands::by_id_no(tx, std::slice::from_ref(wanted)).await?;
    let Some(person) = known.remove(&wanted.id_no) else { return Ok(None) };
    let periods = store::period::of_staff(tx, &employer.no, &[person.no.as_str()]).await?;
    let done = periods.iter().any(|period| period.case_no.as_deref() == Some(case_no.as_str()));
    Ok(done.then_some(person))
}

fn receipt(
    tx: &Tx,
    employer: &Employer,
    case_no: &CaseNo,
    wanted: &Wanted,
    person: &Person,
    base: Option<base_kernel::Fen>,
) -> Value {
    let insurances: Vec<Value> = wanted
        .insurances
        .iter()
        .map(|one| json!({ "name": one.name(), "start_month": wanted.start }))
        .collect();
    let mut one = json!({
        "name": person.name,
        "id_no": person.id_no_masked(),
        "person_no": person.no,
        "start_month": wanted.start,
        "insurances": Insurance::short_list(&wanted.insurances),
    });
    if let Some(base) = base {
        one["base_fen"] = json!(base);
    }
    json!({
        "employer_name": employer.name,
        "employer_no": employer.no,
        "uscc": employer.uscc,
        "registered_on": tx.today(),
        "insurances": insurances,
        "people": [one],
        "case_no": case_no,
    })
}

/// The roster that the form names.
pub(crate) fn file_of(input: &CaseInput) -> Result<FileId, EnrolmentError> {
    let id = input.form.get("file_id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    id.map(FileId).ok_or(EnrolmentError::Form("file_id"))
}

/// `enrolment.check_batch` (SI-CB-011): nothing is entered yet.
pub(crate) async fn check_batch(tx: &mut Tx, deps: &Deps, input: &CaseInput) -> Result<Computed, Fault> {
    let employer = centre_party::employer_of(tx, input).await?;
    let case_no = case_of(input)?;
    let roster = batch::roster(tx, &deps.files, file_of(input)?).await?;
    let found = batch::check(tx, &deps.policy.current(), &employer, &case_no, &roster).await?;
    let mut values = Map::new();
    values.insert("spot_check".into(), json!(found.spot_check));
    values.insert("rows_total".into(), json!(found.rows_total));
    values.insert("rows_good".into(), json!(found.ok));
    values.insert("rows_bad".into(), json!(found.failed));
    values.insert("file_sm3".into(), json!(found.sm3));
    Ok(Computed { values, derivation: Vec::new() })
}

/// `enrolment.import_batch` (SI-CB-011).
pub(crate) async fn import_batch(tx: &mut Tx, deps: &Deps, input: &CaseInput) -> Result<Computed, Fault> {
    let employer = centre_party::employer_of(tx, input).await?;
    let case_no = case_of(input)?;
    under_case(tx, &case_no);
    let roster = batch::roster(tx, &deps.files, file_of(input)?).await?;
    let (done, flaws) = batch::import(tx, &deps.policy.current(), &employer, &case_no, &roster).await?;
    let mut values = Map::new();
    values.insert("rows_total".into(), json!(done.rows_total));
    values.insert("ok".into(), json!(done.ok));
    values.insert("failed".into(), json!(done.failed));
    values.insert("warned".into(), json!(done.warned));
    values.insert("document".into(), result_document(&employer, &roster.file, &done, &flaws));
    values.insert(
        "facts".into(),
        json!([
            { "label": "总行数", "value": done.rows_total.to_string() },
            { "label": "成功", "value": done.ok.to_string() },
            { "label": "失败", "value": done.failed.to_string() },
        ]),
    );
    Ok(Computed { values, derivation: Vec::new() })
}

fn result_document(employer: &Employer, file: &StoredFile, done: &Batch, flaws: &[FlawRow]) -> Value {
    let failures: Vec<Value> = flaws
        .iter()
        .take(PRINTED)
        .map(|flaw| {
            json!({
                "row": flaw.row, "name": flaw.name, "column": flaw.column_name, "value": flaw.value,
                "code": flaw.code, "reason": flaw.reason, "hint": flaw.hint,
            })
        })
        .collect();
    let time =
        |at: chrono::DateTime<chrono::Utc>| shanghai(at).to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    json!({
        "batch_no": done.case_no,
        "item_name": "职工参保批量登记",
        "employer_name": employer.name,
        "employer_no": employer.no,
        "uscc": employer.uscc,
        "file_name": file.name,
        "file_sm3": file.sm3,
        "submitted_at": time(done.submitted_at),
        "finished_at": time(done.finished_at.unwrap_or(done.submitted_at)),
        "rows_total": done.rows_total,
        "ok": done.ok,
        "failed": done.failed,
        "warned": done.warned,
        "failures": failures,
        "failures_omitted": flaws.len().saturating_sub(PRINTED),
    })
}
