//! Golden cases, the exhaustive comparison of retirement ages, and properties of the pension.

#![expect(clippy::unwrap_used, reason = "tests")]

mod golden;
mod pension;
mod retirement;

use std::sync::LazyLock;

use engine_decision::ParameterSet;

/// Read once: the properties ask for it hundreds of times.
static SHIPPED: LazyLock<ParameterSet> = LazyLock::new(|| centre_policy::shipped().unwrap());

fn shipped() -> ParameterSet {
    SHIPPED.clone()
}
