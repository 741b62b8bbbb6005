#![doc = include_str!("../README.md")]

mod calculate;
pub mod calculators;
mod checks;
mod commands;
mod error;
mod facts;
mod model;
mod routes;
pub mod rules;
mod store;

use std::sync::Arc;

use base_db::{Db, Migration};
use base_slice::{JobFn, Named, Permission, Slice, Timer, check, effect, source};
use centre_policy::PolicyStore;

pub use commands::payment_run;
pub use error::Error;
pub use model::{Award, Calculation, Payee, RunReport};
pub use store::sql_files;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 90, name: "benefit", sql: include_str!("../migrations/0090_benefit.sql") }];

const PERMISSIONS: &[Permission] = &[
    Permission { code: routes::READ, name: "查看待遇" },
    Permission { code: routes::RUN, name: "启动待遇发放" },
];

/// What this slice brings.
#[must_use]
pub fn slice(db: Db, policy: PolicyStore) -> Slice {
    let set = {
        let policy = policy.clone();
        move || policy.current()
    };
    let run: JobFn = Arc::new(|db, payload| {
        Box::pin(async move {
            let month = commands::month_of(&payload, db.now())?;
            commands::payment_run(&db, month).await?;
            Ok(())
        })
    });
    let (s1, s2, s3, s4) = (set.clone(), set.clone(), set.clone(), set);
    Slice {
        name: "centre-benefit",
        routes: routes::routes(db).merge(calculators::routes(policy.clone())),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        effects: vec![
            effect("benefit.calculate_pension", move |tx, input| {
                Box::pin(calculate::calculate(tx, s1(), input))
            }),
            effect("benefit.award", |tx, input| Box::pin(commands::award(tx, input))),
            effect("benefit.void_award", |tx, input| Box::pin(commands::void(tx, input))),
        ],
        checks: vec![
            check("benefit.minimum_months", move |tx, input| {
                Box::pin(checks::minimum_months(tx, s2(), input))
            }),
            check("benefit.month_within_limits", move |tx, input| {
                Box::pin(checks::month_within_limits(tx, s3(), input))
            }),
            check("benefit.notice_period", |_, input| Box::pin(async move { checks::notice_period(input) })),
            check("benefit.not_already_retired", |tx, input| {
                Box::pin(checks::not_already_retired(tx, input))
            }),
            check("benefit.no_arrears", |tx, input| Box::pin(checks::no_arrears(tx, input))),
            check("benefit.deemed_over_120", |_, input| {
                Box::pin(async move { Ok(checks::deemed_over_120(input)) })
            }),
            check("benefit.index_by_hand", |_, input| Box::pin(async move { checks::index_by_hand(input) })),
            check("benefit.birth_conflict", |_, input| {
                Box::pin(async move { Ok(checks::birth_conflict(input)) })
            }),
        ],
        sources: vec![source("benefit.retirement_preview", move |tx, input| {
            Box::pin(checks::preview(tx, s4(), input))
        })],
        jobs: vec![Named { name: "benefit.payment_run", run }],
        timers: vec![Timer { job: "benefit.payment_run", crontab: "0 6 15 * *" }],
        ..Slice::default()
    }
}
