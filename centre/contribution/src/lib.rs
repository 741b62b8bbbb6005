//! Contribution bases, monthly levy and receipt

pub mod rules;
