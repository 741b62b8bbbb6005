//! Books and accounts of the fund on the ledger.
//!
//! A book is an insurance by its code (110, 210, …). In it, the treasury account is debited when money comes in and
//! credited when it goes out; against it stand the personal accounts and the pooled fund.

use base_db::{Db, Tx};
use base_kernel::{Fen, Month, PersonNo};
use engine_ledger::{Account, AccountKind, Findings, Side, Totals};

use crate::FundError;

/// Code of the employees' pension insurance, which has personal accounts.
pub const PENSION: &str = "110";

/// Owner of the shared accounts: the pooling area (统筹区).
const CITY: &str = "310000";

/// Personal account: what the fund holds for one person, never below zero.
pub(crate) const PERSONAL: AccountKind =
    AccountKind { code: "personal", side: Side::Credit, totals: Totals::Kept, limited: true };
/// Pooled fund (统筹基金).
pub(crate) const POOLED: AccountKind =
    AccountKind { code: "pooled", side: Side::Credit, totals: Totals::Summed, limited: false };
/// Money at the treasury (财政专户、支出户).
pub(crate) const TREASURY: AccountKind =
    AccountKind { code: "treasury", side: Side::Debit, totals: Totals::Summed, limited: false };

/// Why money moved.
pub(crate) mod code {
    /// Person's contribution recorded on the personal account.
    pub(crate) const DEPOSIT: i32 = 101;
    /// Contributions into the pooled fund.
    pub(crate) const POOLED: i32 = 102;
    /// Balance brought in from an older system.
    pub(crate) const CARRIED: i32 = 111;
    /// Yearly interest.
    pub(crate) const INTEREST: i32 = 201;
    /// Pension paid from the personal account.
    pub(crate) const PAID_ACCOUNT: i32 = 301;
    /// Pension paid from the pooled fund.
    pub(crate) const PAID_POOLED: i32 = 302;
}

pub(crate) fn personal(person: &PersonNo) -> Account {
    Account::new(PENSION, PERSONAL, person.as_str())
}

pub(crate) fn pooled(insurance: &str) -> Account {
    Account::new(insurance, POOLED, CITY)
}

pub(crate) fn treasury(insurance: &str) -> Account {
    Account::new(insurance, TREASURY, CITY)
}

/// Position of one insurance's fund, fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FundTotals {
    /// Money at the treasury.
    pub treasury: Fen,
    /// Pooled fund; below zero when pensions were paid beyond what came in.
    pub pooled: Fen,
}

/// Position of the fund of one insurance.
///
/// # Errors
/// [`FundError::Ledger`].
pub async fn fund_totals(tx: &mut Tx, insurance: &str) -> Result<FundTotals, FundError> {
    let treasury = engine_ledger::balance(tx, &treasury(insurance)).await?.on(Side::Debit);
    let pooled = engine_ledger::balance(tx, &pooled(insurance)).await?.on(Side::Credit);
    Ok(FundTotals { treasury, pooled })
}

/// Closes the book of an insurance through a month (月结).
///
/// # Errors
/// [`FundError::Ledger`].
pub async fn book_close(
    db: &Db,
    ctx: base_kernel::Ctx,
    insurance: &str,
    month: Month,
) -> Result<(), FundError> {
    let mut tx = db.begin(ctx.clone()).await?;
    engine_ledger::period_close(&mut tx, insurance, month).await?;
    tx.commit().await?;
    // The sums follow in a step of their own, so that postings do not wait for them.
    let mut tx = db.begin(ctx).await?;
    engine_ledger::period_totals_build(&mut tx, insurance).await?;
    tx.commit().await?;
    Ok(())
}

/// Proof that the books agree with themselves.
///
/// # Errors
/// [`FundError::Ledger`].
pub async fn audit(db: &Db) -> Result<Findings, FundError> {
    Ok(engine_ledger::audit(db).await?)
}
