//! A real PostgreSQL database of its own for every test.
//!
//! [`TestDb::new`] clones a template that holds the migrated schema, in under a tenth of a second. The cluster behind
//! it is private, lies in memory, never syncs, starts at the first use, is shared by all test processes of the user
//! and ends by itself half an hour after the last test. `RENSHE_TEST_DATABASE_URL` names an outside PostgreSQL
//! (15 or later, a role that may create databases) instead.
//!
//! ```text
//! let db = TestDb::new(&[MIGRATIONS]).await;
//! let mut tx = db.begin_as(Actor::system()).await;
//! ```

mod cluster;
mod database;
mod golden;
mod template;
#[cfg(test)]
mod tests;

pub use cluster::{down, up};
pub use database::TestDb;
pub use golden::assert_golden;
