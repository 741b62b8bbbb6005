//! Pensions that go out.

use std::collections::{BTreeMap, BTreeSet};

use base_db::Tx;
use base_kernel::{CaseNo, Fen, Month, PersonNo};
use chrono::NaiveDate;
use engine_ledger::{Reversal, Side, Transfer, transfer_id};

use crate::books::{PENSION, code, personal, pooled, treasury};
use crate::{FundError, store};

/// One payment of a pension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PensionPayment {
    /// Number of the payment, unique for all time; posting it again changes nothing.
    pub reference: String,
    /// Who is paid.
    pub person: PersonNo,
    /// Whole amount, fen, above zero.
    pub amount: Fen,
    /// Part meant to come from the personal account, fen; what the account no longer holds the pooled fund bears.
    pub from_account: Fen,
    /// Month in which it is booked; where that is closed, the first open month.
    pub booked: Month,
    /// Day of payment.
    pub paid: NaiveDate,
    /// The case behind it.
    pub case_no: Option<CaseNo>,
}

/// Where a payment came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidParts {
    /// From the personal account, fen.
    pub account: Fen,
    /// From the pooled fund, fen.
    pub pooled: Fen,
}

/// Posts payments: from the personal account as far as it reaches, the rest from the pooled fund. Returns the parts of
/// those newly posted, by reference; payments posted before are left out.
///
/// # Errors
/// [`FundError::Amount`] for amounts out of range, [`FundError::Ledger`]; the transaction must then be rolled back.
pub async fn pension_post(
    tx: &mut Tx,
    payments: &[PensionPayment],
) -> Result<BTreeMap<String, PaidParts>, FundError> {
    for payment in payments {
        if payment.amount.0 <= 0 || payment.from_account.0 < 0 || payment.from_account > payment.amount {
            return Err(FundError::Amount("a payment is above zero and its account part within it"));
        }
    }
    let mut people: Vec<&str> = payments.iter().map(|payment| payment.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    store::account_open(tx, &people).await?;
    store::account_lock(tx, &people).await?;
    let mut left = balances(tx, &people).await?;
    let posted = posted_before(tx, payments).await?;
    let closed = engine_ledger::closed_through(tx, PENSION).await?;
    let mut parts = BTreeMap::new();
    let mut transfers = Vec::with_capacity(payments.len() * 2);
    for payment in payments.iter().filter(|payment| !posted.contains(&payment.reference)) {
        let held = left.entry(payment.person.as_str()).or_default();
        let account = payment.from_account.min(*held).max(Fen::ZERO);
        *held -= account;
        let split = PaidParts { account, pooled: payment.amount - account };
        if parts.insert(payment.reference.clone(), split).is_some() {
            return Err(FundError::Amount("a payment is listed once"));
        }
        let booked = closed.map_or(payment.booked, |closed| payment.booked.max(closed.plus(1)));
        transfers.extend(transfers_of(payment, split, booked));
    }
    engine_ledger::post(tx, &transfers).await?;
    Ok(parts)
}

async fn balances<'a>(tx: &mut Tx, people: &[&'a str]) -> Result<BTreeMap<&'a str, Fen>, FundError> {
    let accounts: Vec<_> = people.iter().map(|person| personal(&PersonNo((*person).to_owned()))).collect();
    let balances = engine_ledger::balances(tx, &accounts).await?;
    Ok(people.iter().zip(balances).map(|(person, balance)| (*person, balance.on(Side::Credit))).collect())
}

/// References of payments that are in the books, by either of their parts.
async fn posted_before(tx: &mut Tx, payments: &[PensionPayment]) -> Result<BTreeSet<String>, FundError> {
    let asked: Vec<_> = payments
        .iter()
        .flat_map(|p| [part_id(&p.reference, "account"), part_id(&p.reference, "pooled")].map(|id| (p, id)))
        .collect();
    let ids: Vec<_> = asked.iter().map(|(payment, id)| (payment.person.0.clone(), *id)).collect();
    let known = engine_ledger::transfers_known(tx, &ids).await?;
    Ok(asked
        .iter()
        .filter(|(_, id)| known.contains(id))
        .map(|(payment, _)| payment.reference.clone())
        .collect())
}

fn part_id(reference: &str, part: &str) -> base_kernel::TransferId {
    transfer_id(&["pension", reference, part])
}

fn transfers_of(payment: &PensionPayment, split: PaidParts, booked: Month) -> impl Iterator<Item = Transfer> {
    let parts = [
        ("account", personal(&payment.person), split.account, code::PAID_ACCOUNT),
        ("pooled", pooled(PENSION), split.pooled, code::PAID_POOLED),
    ];
    parts.into_iter().filter(|(_, _, amount, _)| amount.0 > 0).map(move |(part, debit, amount, code)| {
        Transfer {
            id: part_id(&payment.reference, part),
            owner: payment.person.0.clone(),
            debit,
            credit: treasury(PENSION),
            amount,
            code,
            period: booked,
            effective: payment.paid,
            case_no: payment.case_no.clone(),
            reference: payment.reference.clone(),
        }
    })
}

/// Takes a payment back, both parts, booked in `booked` or the first open month after it. A payment taken back before
/// stays as it is.
///
/// # Errors
/// [`FundError::Ledger`] when it was never posted.
pub async fn pension_reverse(
    tx: &mut Tx,
    person: &PersonNo,
    reference: &str,
    booked: Month,
    reason: &str,
) -> Result<(), FundError> {
    store::account_lock(tx, &[person.as_str()]).await?;
    let booked = engine_ledger::open_period(tx, PENSION, booked).await?;
    let ids = [("account", code::PAID_ACCOUNT), ("pooled", code::PAID_POOLED)]
        .map(|(part, code)| (part, part_id(reference, part), code));
    let asked: Vec<_> = ids.iter().map(|(_, id, _)| (person.0.clone(), *id)).collect();
    let known = engine_ledger::transfers_known(tx, &asked).await?;
    if known.is_empty() {
        return Err(engine_ledger::LedgerError::NothingToReverse(ids[0].1).into());
    }
    for (part, id, code) in ids {
        if !known.contains(&id) {
            continue;
        }
        let by = Reversal {
            id: transfer_id(&["pension reversed", reference, part]),
            code,
            period: booked,
            effective: tx.today(),
            case_no: tx.ctx().case.clone(),
            reference: reason.to_owned(),
        };
        engine_ledger::reverse(tx, person.as_str(), id, &by).await?;
    }
    Ok(())
}
