#![doc = include_str!("../README.md")]

mod checks;
mod commands;
mod effects;
mod error;
mod model;
mod number;
mod read;
mod scope;
mod sources;
mod store;
mod subject;

use base_db::Migration;
use base_slice::{Slice, check, effect, source};

pub use commands::{
    employer_change_status, employer_register, person_change_contact, person_change_key, person_register,
    person_register_many, person_set_category, person_set_receiving, staff_join, staff_leave,
};
pub use error::PartyError;
pub use model::{
    Category, Employer, EmployerStatus, KeyChange, KeyValues, NewEmployer, NewPerson, Person, PersonChange,
    PersonStatus, masked_id, sex_code, sex_name,
};
pub use number::{employer_no_valid, person_no_valid};
pub use read::{
    employer_by_no, employer_by_uscc, employers_by_no, people_by_id_no, people_by_no, people_search,
    person_by_id_no, person_by_no, person_history, person_lock, staff_is, staff_of, staff_of_employer,
};
pub use scope::Scope;
pub use subject::{employer_of, subject_of};

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 40, name: "party", sql: include_str!("../migrations/0040_party.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[&[(&str, &str)]] = &[store::person::STATEMENTS, store::employer::STATEMENTS];

/// What the slice brings.
#[must_use]
pub fn slice() -> Slice {
    Slice {
        name: "centre-party",
        migrations: MIGRATIONS,
        effects: vec![effect("party.change_key_data", |tx, input| {
            Box::pin(effects::change_key_data(tx, input))
        })],
        checks: vec![
            check("party.key_change_differs", |tx, input| Box::pin(checks::key_change_differs(tx, input))),
            check("party.key_change_receiving", |tx, input| {
                Box::pin(checks::key_change_receiving(tx, input))
            }),
            check("party.key_change_early_birth", |tx, input| {
                Box::pin(checks::key_change_early_birth(tx, input))
            }),
            check("party.id_not_taken", |tx, input| Box::pin(checks::id_not_taken(tx, input))),
        ],
        sources: vec![
            source("party.applicant", |tx, input| Box::pin(sources::applicant(tx, input))),
            source("party.employer", |tx, input| Box::pin(sources::employer(tx, input))),
        ],
        ..Slice::default()
    }
}

#[cfg(test)]
mod tests;
