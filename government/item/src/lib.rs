#![doc = include_str!("../README.md")]

mod catalogue;
mod check;
mod codes;
mod error;
mod folder;
pub mod form;
mod model;
mod processes;
mod publish;
mod routes;
mod status;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use base_db::{Db, Migration};
use base_slice::{Permission, Slice};
use engine_process::Processes;

pub use catalogue::{Catalogue, Entry};
pub use check::{Finding, Templates, check};
pub use codes::{Code, CodeSet, Codes};
pub use error::{CatalogueError, Error};
pub use model::*;
pub use processes::{processes_from_folder, shipped_processes};
pub use status::{ItemStatus, StatusChange, require_published, set_status};

/// Schema files of the slice.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 140, name: "item", sql: include_str!("../migrations/0140_item.sql") }];

/// See items beyond what the public sees.
pub const READ: Permission = Permission { code: "item.read", name: "查看事项" };

/// Suspend items and open them again.
pub const MANAGE: Permission = Permission { code: "item.manage", name: "管理事项（暂停、恢复）" };

/// What the slice brings. `role_names` are the Chinese names of the roles that processes name by code.
#[must_use]
pub fn slice(
    db: Db,
    catalogue: Catalogue,
    processes: Processes,
    role_names: BTreeMap<String, String>,
) -> Slice {
    Slice {
        name: "government-item",
        routes: routes::routes(db, catalogue, processes, role_names),
        migrations: MIGRATIONS,
        permissions: const { &[READ, MANAGE] },
        ..Slice::default()
    }
}
