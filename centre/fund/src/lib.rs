//! Personal accounts and fund books on the ledger

pub mod rules;
