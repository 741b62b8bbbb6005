//! What may be enrolled: pure functions over a row and what is known of the person.

mod codes;
mod columns;
mod eligible;
mod flaw;
mod read;
mod row;

pub(crate) use codes::name_of_insurances;
pub use columns::{COLUMNS, Column};
pub(crate) use eligible::{Facts, refusals, start_month_refusal, warnings};
pub use flaw::Flaw;
pub(crate) use read::Cell;
pub(crate) use row::{RawRow, Wanted, read_row, wanted_of_form};

#[cfg(test)]
pub(crate) use codes::{ADD_REASONS, EDUCATIONS, HUKOUS};
