#![doc = include_str!("../README.md")]

pub mod cases;
mod derivation;
mod error;
mod load;
mod merge;
mod parameter;
mod rounding;
mod rule;
mod set;
#[cfg(test)]
mod tests;
mod value;

pub use derivation::{Derivation, ParameterUse, Quantity, Step};
pub use error::{LoadError, MergeError, ParameterError};
pub use parameter::{Origin, Parameter, Status};
pub use rounding::Rounding;
pub use rule::{RuleError, Ruled};
pub use set::{Definition, ParameterSet};
pub use value::{Table, Value, ValueKind};
