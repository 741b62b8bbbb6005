//! Vocabulary everything shares: money, months, identity numbers, ids, clock, calendar, actor.
//!
//! This crate knows no database, no HTTP and no social-security rule; every other crate may use it, so it stays
//! small and stable. Nothing in it reads the wall clock except [`SystemClock`].

mod actor;
mod bank_card;
mod calendar;
mod case_no;
mod clock;
mod fault;
mod identity;
mod ids;
mod limit;
mod mobile;
mod money;
mod month;
mod region;
mod special_id;
#[cfg(test)]
mod tests;
mod uscc;

pub use actor::{Actor, ActorKind, Channel, Ctx};
pub use bank_card::{BankCard, BankCardError, CardAdvice};
pub use calendar::{Calendar, CalendarError, CalendarSource, CalendarYear, Holiday};
pub use case_no::{CaseNoError, CaseNoParts};
pub use clock::{Clock, FixedClock, SystemClock, shanghai, shanghai_today};
pub use fault::{Fault, FaultKind, FieldFault};
pub use identity::{IdentityError, IdentityKind, IdentityNumber, Sex};
pub use ids::*;
pub use limit::{Due, Limit, LimitUnit};
pub use mobile::{Mobile, MobileError};
pub use money::{Fen, MoneyError};
pub use month::{Month, MonthError, MonthSpan};
pub use region::{RegionCode, RegionError, RegionUse};
pub use special_id::{SpecialId, SpecialIdError};
pub use uscc::{Uscc, UsccError, organisation_code_fits};
