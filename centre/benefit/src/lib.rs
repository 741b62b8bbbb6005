//! Pension award, payment plan, monthly payment run

pub mod rules;
