//! Money that came in for an employer's month.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{EmployerNo, Fen, Month};
use centre_fund::{Booked, Deposit, LevyReceipt, Payer, Pooled};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ContributionError;
use crate::rules::Insurance;
use crate::store;
use crate::store::line::{self, Amounts};

/// A payment as the tax authority reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReceipt {
    /// Who paid.
    pub employer: EmployerNo,
    /// Contribution month.
    pub month: Month,
    /// Number at the tax authority; the same number again changes nothing.
    pub reference: String,
    /// Day on which the money arrived.
    pub arrived: NaiveDate,
}

/// What a receipt settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Receipt {
    /// Receipt.
    pub id: Uuid,
    /// Lines settled.
    pub lines: i64,
    /// Amount, fen.
    #[schema(value_type = i64)]
    pub amount_fen: Fen,
}

/// Settles everything that is due for an employer's month: lines become paid, personal accounts and pooled funds are
/// credited, all in the caller's step.
///
/// # Errors
/// [`ContributionError::NothingDue`], [`ContributionError::Fund`].
pub async fn receipt_record(tx: &mut Tx, new: &NewReceipt) -> Result<Receipt, ContributionError> {
    store::gate(tx, [&new.employer]).await?;
    if let Some((id, lines, amount_fen)) =
        line::receipt_find(tx, &new.employer, new.month, &new.reference).await?
    {
        return Ok(Receipt { id, lines, amount_fen });
    }
    let id: Uuid = tx.new_id();
    let settled = line::settle(tx, &new.employer, new.month, id, new.arrived).await?;
    if settled.is_empty() {
        return Err(ContributionError::NothingDue(new.employer.clone(), new.month));
    }
    let amount: Fen = settled.iter().map(Amounts::total).sum();
    let head = (id, new.month, new.reference.as_str(), new.arrived);
    line::receipt_add(tx, &new.employer, head, (settled.len(), amount)).await?;
    let booked = Month::of(new.arrived).map_err(|_| ContributionError::Span)?;
    let receipt =
        divided(&settled, id, Payer::Employer(new.employer.clone()), Booked::In(booked), new.arrived);
    centre_fund::levy_receipt_post(tx, &receipt).await?;
    let lines = i64::try_from(settled.len()).unwrap_or(i64::MAX);
    Ok(Receipt { id, lines, amount_fen: amount })
}

/// Account parts by person and month, the rest by insurance and month.
pub(crate) fn divided(
    settled: &[Amounts],
    id: Uuid,
    payer: Payer,
    booked: Booked,
    arrived: NaiveDate,
) -> LevyReceipt {
    let mut pooled: BTreeMap<(Insurance, Month), Fen> = BTreeMap::new();
    let mut deposits = Vec::new();
    for line in settled {
        if line.account.0 > 0 {
            deposits.push(Deposit { person: line.person.clone(), month: line.month, amount: line.account });
        }
        *pooled.entry((line.insurance, line.month)).or_default() += line.total() - line.account;
    }
    let pooled = pooled
        .into_iter()
        .map(|((insurance, month), amount)| Pooled { insurance: insurance.code().to_owned(), month, amount })
        .collect();
    LevyReceipt { reference: id.to_string(), payer, booked, arrived, case_no: None, deposits, pooled }
}
