//! The only files of the slice that run SQL.

pub(crate) mod employer;
pub(crate) mod person;
