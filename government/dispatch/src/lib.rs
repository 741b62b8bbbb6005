#![doc = include_str!("../README.md")]

mod commands;
mod error;
mod model;
mod store;
#[cfg(test)]
mod tests;

use base_db::Migration;
use base_slice::Slice;

pub use commands::{allot, release, taken, transfer};
pub use error::Error;
pub use model::{Allotment, Candidate, Request, Rule, Scored};
pub use store::{allotment_of, sql_files};

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 150, name: "dispatch", sql: include_str!("../migrations/0150_dispatch.sql") }];

/// What this slice brings.
#[must_use]
pub fn slice() -> Slice {
    Slice { name: "government-dispatch", migrations: MIGRATIONS, ..Slice::default() }
}
