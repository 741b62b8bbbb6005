//! Tests of the crate; what they share stands here.

#![expect(clippy::unwrap_used, reason = "tests")]

mod closing;
mod posting;
mod simulation;
mod statements;

use base_db::{Db, Tx};
use base_kernel::{Ctx, Fen, Month, RequestId};
use base_testdb::TestDb;
use uuid::Uuid;

use crate::{Account, AccountKind, MIGRATIONS, Side, Totals, Transfer, transfer_id};

pub(crate) const BOOK: &str = "A";
/// A purse of one owner, never below zero.
pub(crate) const PURSE: AccountKind =
    AccountKind { code: "purse", side: Side::Credit, totals: Totals::Kept, limited: true };
/// The shared pot.
pub(crate) const POT: AccountKind =
    AccountKind { code: "pot", side: Side::Debit, totals: Totals::Summed, limited: false };

pub(crate) async fn database() -> TestDb {
    TestDb::new(&[MIGRATIONS]).await
}

pub(crate) async fn begin(db: &Db) -> Tx {
    db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await.unwrap()
}

pub(crate) fn purse(owner: &str) -> Account {
    Account::new(BOOK, PURSE, owner)
}

pub(crate) fn pot() -> Account {
    Account::new(BOOK, POT, "city")
}

pub(crate) fn july() -> Month {
    Month::new(2026, 7).unwrap()
}

/// Money comes in: pot debited, purse credited.
pub(crate) fn pay_in(owner: &str, number: u32, amount: i64) -> Transfer {
    Transfer {
        id: transfer_id(&["in", owner, &number.to_string()]),
        owner: owner.to_owned(),
        debit: pot(),
        credit: purse(owner),
        amount: Fen(amount),
        code: 1,
        period: july(),
        effective: july().first_day(),
        case_no: None,
        reference: format!("in {number}"),
    }
}

/// Money goes out: purse debited, pot credited.
pub(crate) fn pay_out(owner: &str, number: u32, amount: i64) -> Transfer {
    let id = transfer_id(&["out", owner, &number.to_string()]);
    Transfer { id, debit: purse(owner), credit: pot(), code: 2, ..pay_in(owner, number, amount) }
}
