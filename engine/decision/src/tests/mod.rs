//! Windows, refusals, merging, rounding, rendering.

#![expect(clippy::unwrap_used, reason = "tests")]

mod derivation;
mod merge;
mod rounding;
mod set;

use base_kernel::RegionCode;
use chrono::NaiveDate;

use crate::{LoadError, ParameterSet};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn region(text: &str) -> RegionCode {
    text.parse().unwrap()
}

/// A file of one decimal parameter `rate` with these rows.
fn file(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("  - {{ {row} }}\n")).collect();
    format!("key: rate\nname: 费率\ntype: decimal\nunit: ''\nvalues:\n{rows}")
}

fn load(rows: &[&str]) -> Result<ParameterSet, LoadError> {
    ParameterSet::load([("rate.yaml", file(rows))])
}
