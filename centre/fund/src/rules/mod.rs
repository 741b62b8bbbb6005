//! Fund rules: (facts, parameters) → (figure, derivation). Pure.

mod interest;
#[cfg(test)]
mod tests;

pub use interest::{AccountYear, InterestMethod, YearCredit, credit_year, method_in_force};
