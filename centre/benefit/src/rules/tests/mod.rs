//! Golden cases, the exhaustive comparison of retirement ages, and properties of the pension.

#![expect(clippy::unwrap_used, reason = "tests")]

mod golden;
mod pension;
mod retirement;

use engine_decision::ParameterSet;

fn shipped() -> ParameterSet {
    centre_policy::shipped().unwrap()
}
