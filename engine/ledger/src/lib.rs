#![doc = include_str!("../README.md")]

mod audit;
mod commands;
mod error;
mod model;
mod read;
mod store;

use base_db::Migration;

pub use audit::{BookSum, Finding, Findings, audit};
pub use commands::{Posted, Reversal, period_close, period_totals_build, post, reverse};
pub use error::LedgerError;
pub use model::{Account, AccountKind, Balance, Entry, Movement, Side, Totals, Transfer, transfer_id};
pub use read::{balance, balances, closed_through, entries, movements, open_period, transfers_known};

/// Schema files of the ledger.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 10, name: "ledger", sql: include_str!("../migrations/0010_ledger.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

#[cfg(test)]
mod tests;
