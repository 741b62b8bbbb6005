//! Contributions that came in.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{CaseNo, EmployerNo, Fen, Month, PersonNo};
use chrono::NaiveDate;
use engine_ledger::{Transfer, transfer_id};

use crate::books::{PENSION, code, personal, pooled, treasury};
use crate::{FundError, store};

/// A person's contribution to be recorded on the personal account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// Whose account.
    pub person: PersonNo,
    /// Contribution month (费款所属期).
    pub month: Month,
    /// Fen, above zero.
    pub amount: Fen,
}

/// A sum for the pooled fund of an insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pooled {
    /// Insurance by code.
    pub insurance: String,
    /// Contribution month.
    pub month: Month,
    /// Fen, above zero.
    pub amount: Fen,
}

/// What one payment of an employer (or of one person) divides into.
#[derive(Debug, Clone)]
pub struct LevyReceipt {
    /// Number of the receipt; posting it again changes nothing.
    pub reference: String,
    /// Who paid.
    pub payer: Payer,
    /// Month in which it is booked; where that is closed, the first open month.
    pub booked: Booked,
    /// Day on which the money arrived.
    pub arrived: NaiveDate,
    /// The case behind it.
    pub case_no: Option<CaseNo>,
    /// Parts for personal accounts; the same person may appear for several months.
    pub deposits: Vec<Deposit>,
    /// Parts for the pooled funds.
    pub pooled: Vec<Pooled>,
}

/// When a receipt is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Booked {
    /// All of it in one month.
    In(Month),
    /// Each part in its own contribution month: history brought in from an older system.
    InOwnMonth,
}

impl Booked {
    fn of(self, part: Month, closed: Option<Month>) -> Month {
        let wanted = match self {
            Self::In(month) => month,
            Self::InOwnMonth => part,
        };
        closed.map_or(wanted, |closed| wanted.max(closed.plus(1)))
    }
}

/// Who paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payer {
    /// An employer.
    Employer(EmployerNo),
    /// A person for themselves.
    Person(PersonNo),
}

impl Payer {
    fn owner(&self) -> &str {
        match self {
            Self::Employer(no) => no.as_str(),
            Self::Person(no) => no.as_str(),
        }
    }
}

/// Posts a receipt: every part from the treasury to the personal account or pooled fund it is for. Accounts are opened
/// as needed. Parts of nothing are left out.
///
/// # Errors
/// [`FundError::Ledger`]; the transaction must then be rolled back.
pub async fn levy_receipt_post(tx: &mut Tx, receipt: &LevyReceipt) -> Result<(), FundError> {
    let mut people: Vec<&str> = receipt.deposits.iter().map(|deposit| deposit.person.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    if !people.is_empty() {
        store::account_open(tx, &people).await?;
        store::account_lock(tx, &people).await?;
    }
    let mut transfers = Vec::with_capacity(receipt.deposits.len() + receipt.pooled.len());
    let closed = engine_ledger::closed_through(tx, PENSION).await?;
    for deposit in receipt.deposits.iter().filter(|deposit| deposit.amount.0 > 0) {
        let month = deposit.month.to_string();
        transfers.push(Transfer {
            id: transfer_id(&["deposit", &receipt.reference, deposit.person.as_str(), &month]),
            owner: deposit.person.0.clone(),
            debit: treasury(PENSION),
            credit: personal(&deposit.person),
            amount: deposit.amount,
            code: code::DEPOSIT,
            period: receipt.booked.of(deposit.month, closed),
            effective: receipt.arrived,
            case_no: receipt.case_no.clone(),
            reference: format!("{} {month}", receipt.reference),
        });
    }
    let mut closed_of: BTreeMap<&str, Option<Month>> = BTreeMap::new();
    for part in receipt.pooled.iter().filter(|part| part.amount.0 > 0) {
        let closed = match closed_of.get(part.insurance.as_str()) {
            Some(known) => *known,
            None => {
                let found = engine_ledger::closed_through(tx, &part.insurance).await?;
                closed_of.insert(&part.insurance, found);
                found
            }
        };
        let month = part.month.to_string();
        transfers.push(Transfer {
            id: transfer_id(&["pooled", &receipt.reference, receipt.payer.owner(), &part.insurance, &month]),
            owner: receipt.payer.owner().to_owned(),
            debit: treasury(&part.insurance),
            credit: pooled(&part.insurance),
            amount: part.amount,
            code: code::POOLED,
            period: receipt.booked.of(part.month, closed),
            effective: receipt.arrived,
            case_no: receipt.case_no.clone(),
            reference: format!("{} {month}", receipt.reference),
        });
    }
    engine_ledger::post(tx, &transfers).await?;
    Ok(())
}

/// Records one person's contribution on the personal account.
///
/// # Errors
/// [`FundError::Amount`] unless above zero, [`FundError::Ledger`].
pub async fn account_credit_contribution(
    tx: &mut Tx,
    deposit: &Deposit,
    reference: &str,
    arrived: NaiveDate,
) -> Result<(), FundError> {
    if deposit.amount.0 <= 0 {
        return Err(FundError::Amount("a contribution is above zero"));
    }
    let receipt = LevyReceipt {
        reference: reference.to_owned(),
        payer: Payer::Person(deposit.person.clone()),
        booked: Booked::In(deposit.month),
        arrived,
        case_no: tx.ctx().case.clone(),
        deposits: vec![deposit.clone()],
        pooled: Vec::new(),
    };
    levy_receipt_post(tx, &receipt).await
}
