//! What changes a case. Each command is one step in one transaction: authorise, load, apply the event to the process,
//! carry out what the process asks for, save, record, announce.

mod act;
mod applicant;
mod claim;
mod close;
mod handover;
mod open;
mod recusal;
mod step;

pub(crate) use act::allowed_actions;
pub(crate) use applicant::owned;
pub use handover::HandoverPlan;
pub(crate) use recusal::{candidates, entitled};
