#![doc = include_str!("../README.md")]

mod action;
mod command;
mod definition;
mod digest;
mod error;
mod event;
mod expr;
mod graph;
mod instance;
mod parse;
mod processes;
mod running;
mod step;
mod store;
mod validate;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use command::{CloseReason, Command, HoldReason, NewTask, OpenedBy, TimerSpan};
pub use definition::{Definition, Flow, Node, NodeKind, Slot, TaskNode, Variable, VariableType};
pub use error::{DefinitionError, DefinitionFault, ProcessError, StepError};
pub use event::{Event, outcome};
pub use expr::{Expression, ExpressionError};
pub use instance::{Instance, Mark, OpenTask, Scope, State, Token, Wait};
pub use processes::Processes;
pub use running::{Running, ServiceCall};
pub use step::{Step, step};

use base_db::Migration;

/// Schema files of the slice.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 20, name: "process", sql: include_str!("../migrations/0020_process.sql") }];
