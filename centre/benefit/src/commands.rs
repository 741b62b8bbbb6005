//! Award, void, pay.

use base_db::{Db, Tx};
use base_jobs::enqueue_event;
use base_kernel::{AwardId, CaseNo, Fault, Fen, Month};
use base_slice::{CaseInput, Computed};
use centre_fund::PensionPayment;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::facts::text;
use crate::model::{Award, Calculation, Due, Payee, RunReport, part_of};
use crate::store::{self, Paid};

/// `benefit.award`: writes the award as calculated, ends insurance, marks the account. Idempotent by case.
pub(crate) async fn award(tx: &mut Tx, input: &CaseInput) -> Result<Computed, Fault> {
    let case_no = input.case_no.clone().ok_or(Error::Form("case_no"))?;
    if let Some(award) = store::award_by_case(tx, &case_no).await? {
        return Ok(awarded(&award));
    }
    let computed = input.computed.get("benefit.calculate_pension").cloned().ok_or(Error::NotCalculated)?;
    let calculation: Calculation = serde_json::from_value(computed).map_err(|_| Error::NotCalculated)?;
    let person = centre_party::subject_of(tx, input).await?;
    let award = Award {
        id: tx.new_id::<AwardId>(),
        part: part_of(&person.no),
        person: person.no.clone(),
        case_no,
        retire_kind: calculation.retire_kind.clone(),
        retire_month: calculation.retire_month,
        start_month: calculation.start_month,
        basic: calculation.basic_fen,
        account: calculation.account_fen,
        transitional: calculation.transitional_fen,
        total: calculation.total_fen,
        provisional: calculation.provisional,
        facts: json!(calculation),
        derivation: Vec::new(),
        payee: payee(input)?,
        status: "active".into(),
        awarded_at: tx.now(),
    };
    store::award_insert(tx, &award).await?;
    centre_enrolment::retire(tx, &person.no, award.start_month).await?;
    centre_fund::account_mark_retired(tx, &person.no, award.retire_month).await?;
    centre_party::person_set_receiving(tx, &person.no, Some(award.start_month)).await?;
    Ok(awarded(&award))
}

fn awarded(award: &Award) -> Computed {
    let mut values = Map::new();
    values.insert("award_id".into(), json!(award.id));
    values.insert("amount".into(), json!(award.total.to_string()));
    values.insert("start_month".into(), json!(award.start_month));
    Computed { values, derivation: Vec::new() }
}

fn payee(input: &CaseInput) -> Result<Payee, Error> {
    let field = |key: &'static str| text(input, key).map(str::to_owned).ok_or(Error::Form(key));
    Ok(Payee { name: field("payee_name")?, bank: field("payee_bank")?, account: field("payee_account")? })
}

/// `benefit.void_award`: takes an award back before its first payment. Idempotent by case.
pub(crate) async fn void(tx: &mut Tx, input: &CaseInput) -> Result<Computed, Fault> {
    let case_no: CaseNo = input.case_no.clone().ok_or(Error::Form("case_no"))?;
    let award = store::award_by_case(tx, &case_no).await?.ok_or(Error::NoAward)?;
    if award.status == "void" {
        return Ok(Computed::default());
    }
    if store::payment_any(tx, &award).await? {
        return Err(Error::AlreadyPaid.into());
    }
    store::award_void(tx, &award, "业务回退").await?;
    centre_enrolment::unretire(tx, &award.person, award.start_month).await?;
    centre_fund::account_unmark_retired(tx, &award.person).await?;
    centre_party::person_set_receiving(tx, &award.person, None).await?;
    Ok(Computed::default())
}

/// Pays what is due for `month` and before: sixteen partitions, each one step. Any number of nodes may run it at once
/// and it may be stopped anywhere; run again, it goes on where it stood and pays nobody twice.
///
/// # Errors
/// [`Error`]; finished partitions stay finished.
pub async fn payment_run(db: &Db, month: Month) -> Result<RunReport, Error> {
    let mut tx = db.begin_system().await?;
    store::run_open(&mut tx, month).await?;
    tx.commit().await?;
    loop {
        let mut tx = db.begin_system().await?;
        let Some(part) = store::run_take(&mut tx, month).await? else {
            let report = store::run_total(&mut tx, month).await?;
            return Ok(report);
        };
        pay_part(&mut tx, month, part).await?;
        tx.commit().await?;
    }
}

async fn pay_part(tx: &mut Tx, run: Month, part: i16) -> Result<(), Error> {
    let due = store::due_of_part(tx, run, part).await?;
    let today = tx.today();
    // The account part comes from the personal account as long as it lasts, the rest from the pooled fund.
    let payments: Vec<PensionPayment> = due
        .iter()
        .map(|due| PensionPayment {
            reference: reference(due),
            person: due.person.clone(),
            amount: due.amount,
            from_account: due.account,
            booked: run,
            paid: today,
            case_no: None,
        })
        .collect();
    let parts = centre_fund::pension_post(tx, &payments).await.map_err(Fault::from)?;
    let mut paid = Vec::with_capacity(due.len());
    for due in due {
        let kind = if due.month == run { "regular" } else { "arrears" };
        let reference = reference(&due);
        let account = parts.get(&reference).map_or(Fen::ZERO, |parts| parts.account);
        announce(tx, &due, kind).await?;
        paid.push(Paid { due, kind, account, reference });
    }
    store::payment_insert_many(tx, run, part, &paid).await?;
    let sum: Fen = paid.iter().map(|paid| paid.due.amount).sum();
    let count = i64::try_from(paid.len()).unwrap_or(i64::MAX);
    store::run_done(tx, run, part, count, sum).await
}

async fn announce(tx: &mut Tx, due: &Due, kind: &str) -> Result<(), Error> {
    let payload = json!({
        "template": "benefit-paid",
        "recipients": [{ "person_no": due.person }],
        "variables": { "month": due.month, "amount": due.amount.to_string() },
    });
    let key = format!("{}:{}:{kind}", due.person, due.month);
    Ok(enqueue_event(tx, "benefit.paid", &key, &payload).await?)
}

/// The same payment always has the same reference, so that the ledger refuses a second one by itself.
fn reference(due: &Due) -> String {
    format!("pension {} {} {}", due.person, due.month, due.award)
}

/// Reads a job's month; this month when it names none.
pub(crate) fn month_of(payload: &Value, now: chrono::DateTime<chrono::Utc>) -> Result<Month, Fault> {
    match payload.get("month").and_then(Value::as_str) {
        Some(text) => text.parse().map_err(|error: base_kernel::MonthError| {
            Fault::invalid_field("benefit.month", "month", error.to_string())
        }),
        None => Month::of(base_kernel::shanghai_today(now)).map_err(Fault::internal),
    }
}
