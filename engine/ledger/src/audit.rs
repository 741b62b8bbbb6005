//! Proof that the books agree with themselves.

use base_db::Db;
use base_kernel::{Ctx, Fen, RequestId};
use uuid::Uuid;

use crate::{LedgerError, store};

/// What an audit found.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Sums of each book.
    pub books: Vec<BookSum>,
    /// What does not agree; empty when the books are in order.
    pub wrong: Vec<Finding>,
}

impl Findings {
    /// Whether everything agrees.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// Both sides of one book.
#[derive(Debug, Clone)]
pub struct BookSum {
    /// Book.
    pub book: String,
    /// All debits over all accounts, fen.
    pub debits: Fen,
    /// All credits over all accounts, fen.
    pub credits: Fen,
    /// Transfers.
    pub transfers: i64,
    /// Their amount, fen.
    pub moved: Fen,
}

/// One thing that does not agree.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What, in Chinese.
    pub check: &'static str,
    /// Ids concerned, at most a hundred.
    pub offenders: Vec<String>,
}

/// Compares every kept total with its transfers, every closed period with its sums, both sides of every book, and
/// every reversal with its original, in one consistent view of the database. Takes as long as it takes.
///
/// # Errors
/// [`LedgerError::Db`].
pub async fn audit(db: &Db) -> Result<Findings, LedgerError> {
    let mut tx = db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await?;
    store::audit_begin(&mut tx).await?;
    let books = store::audit_books(&mut tx).await?;
    let mut wrong: Vec<Finding> = store::audit_offenders(&mut tx)
        .await?
        .into_iter()
        .filter(|(_, offenders)| !offenders.is_empty())
        .map(|(check, offenders)| Finding { check, offenders })
        .collect();
    let unbalanced: Vec<String> = books
        .iter()
        .filter(|sum| sum.debits != sum.credits || sum.debits != sum.moved)
        .map(|sum| sum.book.clone())
        .collect();
    if !unbalanced.is_empty() {
        wrong.push(Finding { check: "账簿借贷不平", offenders: unbalanced });
    }
    tx.rollback().await?;
    Ok(Findings { books, wrong })
}
