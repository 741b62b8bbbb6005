//! Words of the ledger: account, transfer, balance.

use base_kernel::{CaseNo, Fen, Month, TransferId};
use chrono::{DateTime, NaiveDate, Utc};
use sm3::{Digest, Sm3};
use uuid::{Uuid, Variant, Version};

/// The side on which an account normally grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Assets and expenses.
    Debit,
    /// Liabilities, income and funds held for someone.
    Credit,
}

/// How an account knows its totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Totals {
    /// On its row, changed by every posting: for the account of one owner.
    Kept,
    /// Summed from transfers when asked: for accounts that very many postings share at the same time.
    Summed,
}

/// A class of accounts. Clients declare theirs as constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountKind {
    /// Short code, part of the account's name.
    pub code: &'static str,
    /// Side on which it grows.
    pub side: Side,
    /// How totals are known.
    pub totals: Totals,
    /// Whether the balance is held at zero or above. Only for [`Totals::Kept`].
    pub limited: bool,
}

/// An account by name. It comes into being with its first transfer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account {
    /// Book that must balance in itself.
    pub book: String,
    /// Class.
    pub kind: AccountKind,
    /// Whose account it is; the distribution key.
    pub owner: String,
}

impl Account {
    /// Names an account.
    pub fn new(book: impl Into<String>, kind: AccountKind, owner: impl Into<String>) -> Self {
        Self { book: book.into(), kind, owner: owner.into() }
    }

    /// The id that belongs to the name: the same on every node, with no lookup.
    #[must_use]
    pub fn id(&self) -> Uuid {
        digest_id(&["account", &self.book, self.kind.code, &self.owner])
    }
}

/// One movement from the credit side's account to the debit side's account, both of one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Chosen by the client; posting the same id again changes nothing. See [`transfer_id`].
    pub id: TransferId,
    /// Whose movement it is: distribution key, usually the owner of one of the accounts.
    pub owner: String,
    /// Account debited.
    pub debit: Account,
    /// Account credited.
    pub credit: Account,
    /// Fen, above zero.
    pub amount: Fen,
    /// Why, by the client's own list of codes, above zero.
    pub code: i32,
    /// Month in which it is booked.
    pub period: Month,
    /// Day on which it takes effect.
    pub effective: NaiveDate,
    /// The case behind it.
    pub case_no: Option<CaseNo>,
    /// The client's own reference, for example the number of a receipt.
    pub reference: String,
}

/// Cumulative totals of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// Sum of debits ever posted, fen.
    pub debits: Fen,
    /// Sum of credits ever posted, fen.
    pub credits: Fen,
}

impl Balance {
    /// The balance as seen from the account's normal side.
    #[must_use]
    pub fn on(self, side: Side) -> Fen {
        match side {
            Side::Debit => self.debits - self.credits,
            Side::Credit => self.credits - self.debits,
        }
    }
}

/// Sum of an account's movements in one period for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Period.
    pub period: Month,
    /// Why.
    pub code: i32,
    /// Debits, fen.
    pub debits: Fen,
    /// Credits, fen.
    pub credits: Fen,
}

/// One transfer as one of its accounts sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The transfer.
    pub id: TransferId,
    /// Side on which this account was posted.
    pub side: Side,
    /// Fen.
    pub amount: Fen,
    /// Why.
    pub code: i32,
    /// Period.
    pub period: Month,
    /// Day of effect.
    pub effective: NaiveDate,
    /// The transfer it takes back.
    pub reverses: Option<TransferId>,
    /// The case behind it.
    pub case_no: Option<CaseNo>,
    /// The client's reference.
    pub reference: String,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A transfer id made from what the transfer is about, so that a repeated run makes the same ids.
#[must_use]
pub fn transfer_id(parts: &[&str]) -> TransferId {
    let mut name = vec!["transfer"];
    name.extend_from_slice(parts);
    TransferId(digest_id(&name))
}

/// First 128 bits of the SM3 digest of the parts, each with its length before it, as a custom (version 8) UUID.
fn digest_id(parts: &[&str]) -> Uuid {
    let mut digest = Sm3::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let digest = digest.finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_bytes(bytes).with_version(Version::Custom).with_variant(Variant::RFC4122).into_uuid()
}

/// Key of the advisory lock that orders postings and closings of a book.
pub(crate) fn book_lock(book: &str) -> i64 {
    i64::from_be_bytes(first_eight(digest_id(&["book", book])))
}

fn first_eight(id: Uuid) -> [u8; 8] {
    let mut bytes = [0_u8; 8];
    bytes.copy_from_slice(&id.as_bytes()[8..]);
    bytes
}

impl Side {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Debit => "debit",
            Self::Credit => "credit",
        }
    }
}

impl Totals {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Summed => "summed",
        }
    }
}
