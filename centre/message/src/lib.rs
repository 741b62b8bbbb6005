#![doc = include_str!("../README.md")]

mod commands;
mod error;
mod filters;
mod model;
mod routes;
mod store;
mod templates;
#[cfg(test)]
mod tests;

use base_db::{Db, Migration};
use base_slice::{Named, Slice, SubscriberFn, subscriber};

pub use commands::send;
pub use error::Error;
pub use model::{Message, Recipient, Send};
pub use templates::{Composed, Templates};

/// Schema `message`.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 100, name: "message", sql: include_str!("../migrations/0100_message.sql") }];

/// Events that become messages.
pub const TOPICS: [&str; 9] = [
    "casework.case_submitted",
    "casework.case_accepted",
    "casework.correction_requested",
    "casework.case_resubmitted",
    "casework.case_rejected",
    "casework.case_closed",
    "casework.case_withdrawn",
    "benefit.paid",
    "enrolment.enrolled",
];

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// Everything this crate brings.
#[must_use]
pub fn slice(db: &Db, templates: &Templates) -> Slice {
    Slice {
        name: "centre-message",
        routes: routes::router(db.clone()),
        migrations: MIGRATIONS,
        subscribers: TOPICS.into_iter().map(|topic| receiver(topic, templates.clone())).collect(),
        ..Slice::default()
    }
}

fn receiver(topic: &'static str, templates: Templates) -> Named<SubscriberFn> {
    subscriber(topic, move |tx, event| {
        let templates = templates.clone();
        Box::pin(async move {
            commands::receive(tx, &templates, event).await?;
            Ok(())
        })
    })
}
