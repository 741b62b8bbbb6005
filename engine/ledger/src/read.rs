//! What may be asked of the books.

use std::collections::BTreeSet;

use base_db::Tx;
use base_kernel::{Month, TransferId};

use crate::model::{Account, Balance, Entry, Movement};
use crate::{LedgerError, store};

/// Totals of one account; zero when nothing was ever posted to it.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn balance(tx: &mut Tx, account: &Account) -> Result<Balance, LedgerError> {
    let found = store::balances(tx, &[account]).await?;
    Ok(found.get(&account.id()).copied().unwrap_or_default())
}

/// Totals of several accounts, in the order asked.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn balances(tx: &mut Tx, accounts: &[Account]) -> Result<Vec<Balance>, LedgerError> {
    let asked: Vec<&Account> = accounts.iter().collect();
    let found = store::balances(tx, &asked).await?;
    Ok(accounts.iter().map(|account| found.get(&account.id()).copied().unwrap_or_default()).collect())
}

/// Movements of an account by period and code, oldest first.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn movements(tx: &mut Tx, account: &Account) -> Result<Vec<Movement>, LedgerError> {
    Ok(store::movements(tx, account.id()).await?)
}

/// Transfers of an account, newest first.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn entries(
    tx: &mut Tx,
    account: &Account,
    limit: i64,
    offset: i64,
) -> Result<Vec<Entry>, LedgerError> {
    Ok(store::entries(tx, account.id(), limit, offset).await?)
}

/// Those of the given transfers (owner and id) that are in the books.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn transfers_known(
    tx: &mut Tx,
    asked: &[(String, TransferId)],
) -> Result<BTreeSet<TransferId>, LedgerError> {
    Ok(store::transfers_known(tx, asked).await?.into_iter().collect())
}

/// The month in which `wanted` can be booked: itself, or the first open month of the book when it is closed.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn open_period(tx: &mut Tx, book: &str, wanted: Month) -> Result<Month, LedgerError> {
    Ok(closed_through(tx, book).await?.map_or(wanted, |closed| wanted.max(closed.plus(1))))
}

/// Last closed period of a book.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn closed_through(tx: &mut Tx, book: &str) -> Result<Option<Month>, LedgerError> {
    Ok(store::closed_through(tx, &[book.to_owned()]).await?.get(book).copied())
}
