//! The shipped catalogue, the store and the routes.

#![expect(clippy::unwrap_used, reason = "tests")]

mod catalogue;
mod desk;
mod routes;

use base_kernel::RegionCode;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const SHANGHAI: RegionCode = RegionCode::SHANGHAI;
