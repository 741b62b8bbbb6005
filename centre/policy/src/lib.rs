#![doc = include_str!("../README.md")]

mod catalogue;
mod commands;
mod error;
mod model;
mod policy_store;
mod routes;
mod store;
#[cfg(test)]
mod tests;

use base_db::{Db, Migration};
use base_slice::{Permission, Slice};

pub use catalogue::{Catalogue, CatalogueError, shipped, shipped_calendar};
pub use commands::{desk_rows, propose, reject, release};
pub use error::Error;
pub use model::{DeskRow, Proposal, RowStatus};
pub use policy_store::PolicyStore;
pub use store::sql_files;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 50, name: "policy", sql: include_str!("../migrations/0050_policy.sql") }];

/// Look at parameters.
pub const READ: &str = "policy.read";
/// Propose values.
pub const MANAGE: &str = "policy.manage";
/// Release and reject values proposed by others.
pub const APPROVE: &str = "policy.approve";

/// Everything policy brings to the application.
#[must_use]
pub fn slice(db: Db, policy: PolicyStore) -> Slice {
    Slice {
        name: "centre-policy",
        routes: routes::routes(db, policy),
        migrations: MIGRATIONS,
        permissions: &[
            Permission { code: READ, name: "查看政策参数" },
            Permission { code: MANAGE, name: "录入政策参数" },
            Permission { code: APPROVE, name: "审定政策参数" },
        ],
        ..Slice::default()
    }
}
