#![doc = include_str!("../README.md")]

mod account;
mod books;
mod error;
mod interest;
mod jobs;
mod model;
mod payment;
mod receipt;
mod routes;
pub mod rules;
mod statement;
mod store;

use base_db::{Db, Migration};
use base_slice::{Named, Slice};
use centre_policy::PolicyStore;

pub use account::{
    account_balance, account_import, account_mark_retired, account_status, account_unmark_retired,
    account_years,
};
pub use books::{FundTotals, PENSION, audit, book_close, fund_totals};
pub use error::FundError;
pub use interest::{InterestChoice, account_year_interest};
pub use jobs::{InterestRun, year_interest_run};
pub use model::{AccountStatement, AccountStatus, AccountYearRow, StatementYear};
pub use payment::{PaidParts, PensionPayment, pension_post, pension_reverse};
pub use receipt::{
    Booked, Deposit, LevyReceipt, Payer, Pooled, account_credit_contribution, levy_receipt_post,
};
pub use statement::account_statement;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 60, name: "fund", sql: include_str!("../migrations/0060_fund.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// What the slice brings.
#[must_use]
pub fn slice(db: Db, policy: PolicyStore) -> Slice {
    Slice {
        name: "centre-fund",
        routes: routes::routes(db),
        migrations: MIGRATIONS,
        jobs: vec![Named { name: "fund.year_interest", run: jobs::year_interest(policy) }],
        ..Slice::default()
    }
}

#[cfg(test)]
mod tests;
