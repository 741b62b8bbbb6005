//! What changes the books: post, reverse, close.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};

use base_db::Tx;
use base_kernel::{CaseNo, Month, TransferId};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::model::{Account, Totals, Transfer};
use crate::{LedgerError, store};

/// Transfers written by one statement: enough to make round trips cheap, few enough to keep locks short.
const BATCH_MAX: usize = 5_000;

/// What a posting did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Posted {
    /// Transfers that are new in the books.
    pub added: usize,
    /// Transfers that were there already, with the same content.
    pub repeated: usize,
}

/// How a transfer is taken back.
#[derive(Debug, Clone)]
pub struct Reversal {
    /// Id of the reversing transfer, chosen by the client.
    pub id: TransferId,
    /// Why, by the client's list of codes.
    pub code: i32,
    /// Open period in which it is booked.
    pub period: Month,
    /// Day of effect.
    pub effective: NaiveDate,
    /// The case behind it.
    pub case_no: Option<CaseNo>,
    /// The client's reference.
    pub reference: String,
}

/// Posts transfers, in the caller's transaction: all of them or, when it fails, none.
///
/// Accounts come into being as they are named. A transfer whose id is in the books with the same content is passed
/// over, so that a repeated request or a restarted run changes nothing.
///
/// # Errors
/// [`LedgerError`]: an amount of zero or less, accounts that do not pair, an id used before for something else, a
/// closed period, an overdrawn account. The transaction must then be rolled back.
pub async fn post(tx: &mut Tx, transfers: &[Transfer]) -> Result<Posted, LedgerError> {
    let distinct = distinct(transfers)?;
    if distinct.is_empty() {
        return Ok(Posted::default());
    }
    periods_open(tx, &distinct).await?;
    let mut posted = Posted::default();
    for batch in distinct.chunks(BATCH_MAX) {
        let added = batch_post(tx, batch).await?;
        posted.added += added;
        posted.repeated += batch.len() - added;
    }
    Ok(posted)
}

/// Checks each transfer by itself and drops repetitions within the request; the rest in order of owner and id.
fn distinct(transfers: &[Transfer]) -> Result<Vec<&Transfer>, LedgerError> {
    let mut by_id: BTreeMap<(&str, TransferId), &Transfer> = BTreeMap::new();
    for transfer in transfers {
        if transfer.amount.0 <= 0 {
            return Err(LedgerError::AmountNotPositive(transfer.id));
        }
        if transfer.debit.book != transfer.credit.book || transfer.debit.id() == transfer.credit.id() {
            return Err(LedgerError::AccountsDoNotPair(transfer.id));
        }
        match by_id.entry((&transfer.owner, transfer.id)) {
            Slot::Vacant(slot) => {
                slot.insert(transfer);
            }
            Slot::Occupied(slot) if *slot.get() == transfer => {}
            Slot::Occupied(_) => return Err(LedgerError::IdReused(transfer.id)),
        }
    }
    Ok(by_id.into_values().collect())
}

/// Shares the books with other postings until the transaction ends, then refuses what is closed.
async fn periods_open(tx: &mut Tx, transfers: &[&Transfer]) -> Result<(), LedgerError> {
    let books: BTreeSet<&str> = transfers.iter().map(|t| t.debit.book.as_str()).collect();
    let books: Vec<String> = books.into_iter().map(ToOwned::to_owned).collect();
    store::books_share(tx, &books).await?;
    let closed = store::closed_through(tx, &books).await?;
    for transfer in transfers {
        refuse_closed(&closed, &transfer.debit.book, transfer.period)?;
    }
    Ok(())
}

fn refuse_closed(closed: &BTreeMap<String, Month>, book: &str, period: Month) -> Result<(), LedgerError> {
    match closed.get(book) {
        Some(&through) if period <= through => {
            Err(LedgerError::PeriodClosed { book: book.to_owned(), period, through })
        }
        _ => Ok(()),
    }
}

async fn batch_post(tx: &mut Tx, batch: &[&Transfer]) -> Result<usize, LedgerError> {
    let mut accounts: BTreeMap<(String, Uuid), &Account> = BTreeMap::new();
    for account in batch.iter().flat_map(|t| [&t.debit, &t.credit]) {
        accounts.insert((account.owner.clone(), account.id()), account);
    }
    let keeping = accounts.values().filter(|account| account.kind.totals == Totals::Kept).count();
    store::accounts_open(tx, &accounts).await?;
    let locked = store::accounts_lock(tx, &accounts).await?;
    if locked != keeping {
        // A kind was redefined under the same code: its rows no longer say what the program believes.
        return Err(LedgerError::Unbalanced(format!("{keeping} accounts should keep totals, {locked} do")));
    }
    let written = store::transfers_post(tx, batch).await.map_err(LedgerError::of_posting)?;
    let added = usize::try_from(written.added).unwrap_or(usize::MAX);
    let whole = added == batch.len();
    if written.debit != written.amount || written.credit != written.amount {
        return Err(LedgerError::Unbalanced(format!("{written:?}")));
    }
    if whole && usize::try_from(written.kept).unwrap_or(usize::MAX) != keeping {
        return Err(LedgerError::Unbalanced(format!("{written:?}, {keeping} accounts keep totals")));
    }
    if !whole && let Some(id) = store::transfer_differs(tx, batch).await? {
        return Err(LedgerError::IdReused(id));
    }
    Ok(added)
}

/// Takes a transfer back by its mirror image, linked to it. The same reversal again changes nothing.
///
/// # Errors
/// [`LedgerError::NothingToReverse`], [`LedgerError::AlreadyReversed`] by another reversal,
/// [`LedgerError::PeriodClosed`], [`LedgerError::Overdrawn`] when the money is gone already.
pub async fn reverse(tx: &mut Tx, owner: &str, id: TransferId, by: &Reversal) -> Result<(), LedgerError> {
    let found = store::transfer_find(tx, owner, id).await?;
    let Some((book, debit, credit)) = found else { return Err(LedgerError::NothingToReverse(id)) };
    store::books_share(tx, std::slice::from_ref(&book)).await?;
    let closed = store::closed_through(tx, std::slice::from_ref(&book)).await?;
    let keeping = store::accounts_lock_by_id(tx, [debit, credit]).await?;
    if let Some(existing) = store::transfer_reversal(tx, owner, id).await? {
        return if existing == by.id { Ok(()) } else { Err(LedgerError::AlreadyReversed(id)) };
    }
    refuse_closed(&closed, &book, by.period)?;
    let written = store::transfer_reverse(tx, owner, id, by).await;
    let (added, kept) = written.map_err(|error| match error.constraint() {
        Some("transfer_reversed_once") => LedgerError::AlreadyReversed(id),
        Some("transfer_pk") => LedgerError::IdReused(by.id),
        _ => LedgerError::of_posting(error),
    })?;
    if added != 1 || kept != keeping {
        return Err(LedgerError::Unbalanced(format!("reversal wrote {added}, moved {kept} of {keeping}")));
    }
    Ok(())
}

/// Closes a book through `period`: nothing can be posted into it or any earlier period afterwards.
///
/// Waits for postings under way and holds up new ones until the transaction ends, so keep it short and leave the
/// sums to [`period_totals_build`].
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn period_close(tx: &mut Tx, book: &str, period: Month) -> Result<(), LedgerError> {
    store::book_own(tx, book).await?;
    let books = [book.to_owned()];
    if store::closed_through(tx, &books).await?.get(book).is_some_and(|&through| through >= period) {
        return Ok(());
    }
    store::closing_add(tx, book, period).await?;
    Ok(())
}

/// Sums summed accounts over closed periods, so that their balance reads open periods only. Returns the last period
/// summed, none when there was nothing to do. Run it after the closing has committed.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn period_totals_build(tx: &mut Tx, book: &str) -> Result<Option<Month>, LedgerError> {
    Ok(store::closing_total(tx, book).await?)
}
