#![doc = include_str!("../README.md")]

mod clock;
mod commands;
mod desk;
mod error;
mod model;
mod read;
mod routes;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod view;

use base_db::{Db, Migration};
use base_slice::{Permission, Slice};

pub use commands::HandoverPlan;
pub use desk::Desk;
pub use error::Error;
pub use model::*;
pub use rules::Answers;
pub use store::sql_files;
pub use view::*;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 160, name: "casework", sql: include_str!("../migrations/0160_casework.sql") }];

const PERMISSIONS: &[Permission] = &[
    Permission { code: routes::TASK_ACT, name: "办理任务" },
    Permission { code: read::CASE_READ, name: "查看本机构办件" },
    Permission { code: read::CASE_READ_ANY, name: "查看全部办件（监察、审计）" },
    Permission { code: routes::HANDOVER, name: "工作交接" },
];

/// What this slice brings.
#[must_use]
pub fn slice(db: Db, desk: Desk) -> Slice {
    Slice {
        name: "government-casework",
        routes: routes::routes(db, desk),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        ..Slice::default()
    }
}
