#![doc = include_str!("../README.md")]

mod batch;
mod certificate;
mod checks;
mod commands;
mod effects;
mod error;
mod model;
mod read;
mod routes;
mod rules;
mod sheet;
mod sources;
mod store;
mod workbook;

use base_db::{Db, Migration};
use base_files::Files;
use base_slice::{Permission, Slice, check, effect, source, subscriber};
use centre_policy::PolicyStore;

pub use commands::{enrol_one, retire, stop, unretire};
pub use error::EnrolmentError;
pub use model::{Employment, Insurance, NewEnrolment, Period, PeriodStatus};
pub use read::{StaffMember, employer_of, employs, history, months_insured, staff_list};
pub use rules::{COLUMNS, Column, Flaw};
pub use sheet::{FileFlaw, MAX_ROWS, SHEET, VERSION};
pub use workbook::template;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 80, name: "enrolment", sql: include_str!("../migrations/0080_enrolment.sql") }];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[&[(&str, &str)]] = &[store::period::STATEMENTS, store::batch::STATEMENTS];

/// Look at staff and rosters of employers in one's area.
pub const READ: &str = "enrolment.read";

/// What the slice stands on besides the database.
#[derive(Clone)]
pub struct Deps {
    /// Where uploaded rosters are.
    pub files: Files,
    /// Parameters in force.
    pub policy: PolicyStore,
}

/// What the slice brings.
#[must_use]
pub fn slice(db: Db, deps: Deps) -> Slice {
    let (enrol, checking, importing, size) = (deps.clone(), deps.clone(), deps.clone(), deps);
    Slice {
        name: "centre-enrolment",
        routes: routes::routes(db),
        migrations: MIGRATIONS,
        permissions: &[Permission { code: READ, name: "查询参保信息" }],
        effects: vec![
            effect("enrolment.enrol", move |tx, input| {
                let deps = enrol.clone();
                Box::pin(async move { effects::enrol(tx, &deps, input).await })
            }),
            effect("enrolment.check_batch", move |tx, input| {
                let deps = checking.clone();
                Box::pin(async move { effects::check_batch(tx, &deps, input).await })
            }),
            effect("enrolment.import_batch", move |tx, input| {
                let deps = importing.clone();
                Box::pin(async move { effects::import_batch(tx, &deps, input).await })
            }),
            effect("enrolment.certificate", |tx, input| Box::pin(certificate::certificate(tx, input))),
        ],
        checks: vec![
            check("enrolment.not_insured_elsewhere", |tx, input| {
                Box::pin(checks::not_insured_elsewhere(tx, input))
            }),
            check("enrolment.not_retired", |tx, input| Box::pin(checks::not_retired(tx, input))),
            check("enrolment.start_month", |tx, input| Box::pin(checks::start_month(tx, input))),
            check("enrolment.batch_size", move |tx, input| {
                let deps = size.clone();
                Box::pin(async move { checks::batch_size(tx, &deps, input).await })
            }),
            check("enrolment.certificate_span", |tx, input| Box::pin(checks::certificate_span(tx, input))),
            check("enrolment.certificate_rate", |tx, input| Box::pin(checks::certificate_rate(tx, input))),
        ],
        sources: vec![source("enrolment.history", |tx, input| Box::pin(sources::history(tx, input)))],
        subscribers: ["casework.case_rejected", "casework.case_withdrawn"]
            .into_iter()
            .map(|topic| subscriber(topic, |tx, event| Box::pin(release(tx, event))))
            .collect(),
        ..Slice::default()
    }
}

/// A case that ended without an import gives its roster free: the same file may be handed in again.
async fn release(tx: &mut base_db::Tx, event: &base_slice::Event) -> Result<(), base_kernel::Fault> {
    if let Some(case_no) = event.payload.get("case_no").and_then(serde_json::Value::as_str) {
        store::batch::release(tx, case_no).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
