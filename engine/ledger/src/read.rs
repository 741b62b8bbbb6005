//! What may be asked of the books.

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

/// Whether a transfer is in the books.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn transfer_exists(tx: &mut Tx, owner: &str, id: TransferId) -> Result<bool, LedgerError> {
    Ok(store::transfer_find(tx, owner, id).await?.is_some())
}

/// Last closed period of a book.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn closed_through(tx: &mut Tx, book: &str) -> Result<Option<Month>, LedgerError> {
    Ok(store::closed_through(tx, &[book.to_owned()]).await?.get(book).copied())
}
