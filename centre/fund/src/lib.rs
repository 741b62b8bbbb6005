#![doc = include_str!("../README.md")]

mod account;
mod books;
mod error;
mod interest;
mod model;
mod payment;
mod receipt;
mod routes;
pub mod rules;
mod statement;
mod store;

use base_db::{Db, Migration};
use base_slice::Slice;

pub use account::{
    account_balance, account_import, account_mark_retired, account_status, account_unmark_retired,
    account_years,
};
pub use books::{FundTotals, PENSION, audit, book_close, fund_totals};
pub use error::FundError;
pub use interest::{InterestChoice, account_year_interest};
pub use model::{AccountStatement, AccountStatus, AccountYearRow, StatementYear};
pub use payment::{PaidParts, PensionPayment, pension_post, pension_reverse};
pub use receipt::{Deposit, LevyReceipt, Payer, Pooled, account_credit_contribution, levy_receipt_post};
pub use statement::account_statement;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 60, name: "fund", sql: include_str!("../migrations/0060_fund.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// What the slice brings.
#[must_use]
pub fn slice(db: &Db) -> Slice {
    Slice {
        name: "centre-fund",
        routes: routes::routes(db.clone()),
        migrations: MIGRATIONS,
        ..Slice::default()
    }
}

#[cfg(test)]
mod tests;
