//! Vocabulary everything shares: money, months, identity numbers, ids, clock, calendar, actor.
//!
//! This crate knows no database, no HTTP and no social-security rule; every other crate may use it, so it stays
//! small and stable. Nothing in it reads the wall clock except [`SystemClock`].

mod actor;
mod clock;
mod fault;
mod ids;
mod money;
mod month;

pub use actor::{Actor, ActorKind, Channel, Ctx};
pub use clock::{Clock, FixedClock, SystemClock, shanghai, shanghai_today};
pub use fault::{Fault, FaultKind, FieldFault};
pub use ids::*;
pub use money::{Fen, MoneyError};
pub use month::{Month, MonthError, MonthSpan};
