//! Retirement and pension rules: (facts, parameters) → (figure, derivation). Pure; each cites its article.

mod divisor;
mod eligibility;
mod index;
mod pension;
mod retirement;
#[cfg(test)]
mod tests;

pub use divisor::divisor_months;
pub use eligibility::{Eligibility, EligibilityFacts, RetireKind, eligibility};
pub use index::{IndexFacts, MonthBase, average_index};
pub use pension::{Pension, PensionFacts, Transitional, pension};
pub use retirement::{Category, Flexible, Statutory, minimum_months, reached_on, statutory};
