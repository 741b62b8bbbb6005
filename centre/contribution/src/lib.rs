//! Contribution bases, monthly levy and receipt

pub mod calculator;
pub mod rules;
