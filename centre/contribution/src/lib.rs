#![doc = include_str!("../README.md")]

pub mod calculator;
mod commands;
mod error;
mod jobs;
mod levy;
mod model;
mod read;
mod receipt;
mod routes;
pub mod rules;
mod seed;
mod store;

use base_db::{Db, Migration};
use base_slice::{Named, Permission, Slice, Timer};
use centre_policy::PolicyStore;

pub use commands::{deemed_record, liability_start, liability_stop, wage_declare};
pub use error::ContributionError;
pub use levy::{LevyReport, Unconfirmed, Withheld, levy_report, levy_run};
pub use model::{
    Arrear, DeemedService, Liability, LiabilityStop, Line, LineStatus, PaidMonths, WageDeclaration,
};
pub use read::{
    arrears, arrears_months, deemed_service, history, line_explain, months_total, paid_bases, paid_lines,
    paid_months, wages,
};
pub use receipt::{NewReceipt, Receipt, receipt_record};
pub use rules::Insurance;
pub use seed::{HistorySeed, HistorySeeded, LegacyRates, history_seed};

/// Schema files.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 70,
    name: "contribution",
    sql: include_str!("../migrations/0070_contribution.sql"),
}];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[&[(&str, &str)]] =
    &[store::STATEMENTS, store::levy::STATEMENTS, store::liability::STATEMENTS, store::line::STATEMENTS];

/// Permissions of the slice.
pub const PERMISSIONS: &[Permission] = &[
    Permission { code: routes::READ, name: "查询缴费记录" },
    Permission { code: routes::RUN, name: "启动征缴与登记到账" },
];

/// Name of the levy job.
pub(crate) const LEVY_JOB: &str = "contribution.levy";

/// What the slice brings.
#[must_use]
pub fn slice(db: Db, policy: PolicyStore) -> Slice {
    Slice {
        name: "centre-contribution",
        routes: routes::routes(db).merge(calculator::routes(policy.clone())),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        jobs: vec![Named { name: LEVY_JOB, run: jobs::levy(policy) }],
        // Every night: whoever was enrolled since the last run is billed for the running month.
        timers: vec![Timer { job: LEVY_JOB, crontab: "10 1 * * *" }],
        ..Slice::default()
    }
}

#[cfg(test)]
mod tests;
