#![doc = include_str!("../README.md")]

mod documents;
mod error;
mod mask;
mod model;
mod render;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod verify;

use std::sync::Arc;

use base_db::{Db, Migration, Tx};
pub(crate) use base_files::hex;
use base_kernel::DocumentId;
use base_slice::{JobFn, Named, Slice, Step};
use serde::Deserialize;

pub use documents::{DocumentConfig, Documents};
pub use error::Error;
pub use mask::{mask_digits, mask_name};
pub use model::{Document, Fact, Holder, Issue, Issued, Status};
pub use render::{MAX_DATA, MAX_PAGES, Meta, Pdf, Renderer};
pub use verify::{Outcome, Verification, verify};

/// Schema `document`.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 35, name: "document", sql: include_str!("../migrations/0035_document.sql") },
    Migration { number: 36, name: "number_lanes", sql: include_str!("../migrations/0036_number_lanes.sql") },
];

/// Decides whether the actor of the transaction may read a document.
pub type AuthoriseFn = Arc<dyn for<'a> Fn(&'a mut Tx, &'a Document) -> Step<'a, bool> + Send + Sync>;

/// Whether the actor is the holder: the person, or an operator of the employer, under whose key it was issued.
#[must_use]
pub fn is_holder(tx: &Tx, document: &Document) -> bool {
    let actor = tx.actor();
    let person = actor.person.as_ref().map(base_kernel::PersonNo::as_str);
    let employer = actor.employer.as_ref().map(base_kernel::EmployerNo::as_str);
    [person, employer].contains(&Some(document.holder_key.as_str()))
}

/// Every statement, for the test that prepares them against the migrated schema.
pub const STATEMENTS: &[(&str, &str)] = store::STATEMENTS;

/// Everything this crate brings. `authorise` knows who may see the documents of a case.
#[must_use]
pub fn slice(db: &Db, documents: &Documents, authorise: AuthoriseFn) -> Slice {
    Slice {
        name: "engine-document",
        routes: routes::router(db.clone(), documents.clone(), authorise),
        migrations: MIGRATIONS,
        jobs: vec![Named { name: documents::RENDER_JOB, run: render_job(documents.clone()) }],
        ..Slice::default()
    }
}

#[derive(Deserialize)]
struct RenderArgs {
    document_id: DocumentId,
}

fn render_job(documents: Documents) -> JobFn {
    Arc::new(move |db, args| {
        let documents = documents.clone();
        Box::pin(async move {
            let args: RenderArgs = serde_json::from_value(args).map_err(base_kernel::Fault::internal)?;
            documents.pdf(&db, args.document_id).await?;
            Ok(())
        })
    })
}
