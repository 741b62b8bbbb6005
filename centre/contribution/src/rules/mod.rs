//! Contribution rules: (facts, parameters) → (figure, derivation). Pure; each cites its basis.
//!
//! For months from 2026-01 the unemployment rate is in use without a confirmed document, so a strict
//! [`ParameterSet`](engine_decision::ParameterSet) refuses the bill. A caller that may go on with flagged figures
//! passes [`accepting_unconfirmed`](engine_decision::ParameterSet::accepting_unconfirmed) and keeps the flags of the
//! derivation with the bill.

mod bill;
mod bounds;
mod flexible;
mod insurance;
mod late_fee;
#[cfg(test)]
mod tests;

pub use bill::{Bill, BillLine, ContributionFacts, PayerKind, bill, bill_of};
pub use bounds::{Bounds, bounds, clamp_base, yearly_average_wage};
pub use flexible::flexible_subsidy;
pub use insurance::{FloatTier, InjuryClass, Insurance};
pub use late_fee::{LateFee, LateFeeFacts, late_fee};
