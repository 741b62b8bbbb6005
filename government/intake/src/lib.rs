#![doc = include_str!("../README.md")]

mod case_files;
mod draft;
mod error;
mod intake;
mod model;
mod routes;
mod store;
mod submit;
#[cfg(test)]
mod tests;

use base_db::{Db, Migration};
use base_slice::Slice;

pub use draft::Saved;
pub use error::Error;
pub use intake::{Applicant, ApplicantFn, Intake, OpenFn};
pub use model::{Draft, DraftField, MaterialFile, Origin};
pub use store::sql_files;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 180, name: "intake", sql: include_str!("../migrations/0180_intake.sql") }];

/// What this slice brings.
#[must_use]
pub fn slice(db: Db, intake: Intake) -> Slice {
    Slice {
        name: "government-intake",
        routes: routes::routes(db.clone(), intake.clone()).merge(case_files::routes(db, intake)),
        migrations: MIGRATIONS,
        ..Slice::default()
    }
}
