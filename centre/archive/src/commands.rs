//! Filing a closed case, and completing its digests once its documents are rendered.

use base_db::{Db, Tx};
use base_jobs::{Job, enqueue_job};
use base_kernel::{Ctx, DocumentId, RequestId};
use base_slice::Event;
use chrono::Datelike;
use engine_document::Documents;
use serde_json::json;
use uuid::Uuid;

use crate::model::{Closed, Component, ComponentKind, Filing, Record, SubjectKind};
use crate::retention::Retention;
use crate::{Error, checks, components, numbering, store};

/// Name of the job that fills in digests of documents rendered after filing.
pub(crate) const COMPLETE_JOB: &str = "archive.complete";

/// Files the case of an event; a second event for the case changes nothing, and an item without archive block is not
/// filed.
pub(crate) async fn receive(
    tx: &mut Tx,
    retention: &Retention,
    documents: &Documents,
    event: &Event,
) -> Result<(), Error> {
    let mut closed: Closed = serde_json::from_value(event.payload.clone())
        .map_err(|source| Error::Payload { topic: event.topic.clone(), source })?;
    let Some(filing) = closed.archive.take() else { return Ok(()) };
    if store::filed(tx, &closed.case_no).await? {
        return Ok(());
    }
    let given = std::mem::take(&mut closed.components);
    let components = components::gather(tx, documents, given).await?;
    let record = record(tx, retention, closed, filing, &components).await?;
    if components.iter().any(awaits_document) {
        let key = format!("{COMPLETE_JOB}:{}", record.id);
        enqueue_job(tx, &Job::new(COMPLETE_JOB, json!({ "record_id": record.id })).key(key)).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    retention: &Retention,
    closed: Closed,
    filing: Filing,
    components: &[Component],
) -> Result<Record, Error> {
    let rule = retention.rule(&filing.category, &filing.link)?;
    let closed_on = closed.closed_on.unwrap_or_else(|| tx.today());
    // The item's term is the one in force for this case; the table gives the code and is checked against the items.
    let term = filing.retention;
    let (keep_from, keep_until) = term.span(closed_on)?;
    let org_path = closed.org_path.unwrap_or_else(|| "310000".into());
    let prefix =
        numbering::prefix(&org_path, &closed.item_code, closed_on.year(), term, &filing.class, &rule.code);
    let sequence = store::next_number(tx, &prefix).await?;
    let checks = checks::four(components);
    let subject_key = match (&closed.subject.person_no, &closed.subject.employer_no, filing.subject) {
        (_, Some(employer), SubjectKind::Employer) => employer.to_string(),
        (Some(person), _, _) => person.to_string(),
        (None, Some(employer), SubjectKind::Person) => employer.to_string(),
        (None, None, _) => closed.case_no.to_string(),
    };
    let record = Record {
        id: tx.new_id(),
        archive_no: format!("{prefix}-{sequence:07}"),
        case_no: closed.case_no,
        item_code: closed.item_code,
        title: closed.item_name,
        category: filing.category,
        link: filing.link,
        term,
        mark: filing.mark,
        subject_kind: filing.subject,
        subject_name: closed.subject.name,
        org_path,
        closed_on,
        keep_from,
        keep_until,
        complete: checks.iter().all(|check| check.passed),
        checks,
        filed_at: tx.now(),
    };
    store::insert(tx, &record, &subject_key, components).await?;
    Ok(record)
}

/// Renders what is not rendered yet, fills in the digests and repeats the four checks.
pub(crate) async fn complete(db: &Db, documents: &Documents, record: Uuid) -> Result<(), Error> {
    let mut tx = db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await?;
    let waiting = store::components(&mut tx, record).await?;
    tx.rollback().await?;
    let mut found = Vec::new();
    for mut component in waiting.into_iter().filter(awaits_document) {
        let id = component.reference.as_deref().and_then(|id| id.parse().ok()).map(DocumentId);
        let Some(id) = id else { continue };
        let (document, pdf) = documents.pdf(db, id).await?;
        component.sm3 = document.sm3;
        component.size = i64::try_from(pdf.0.len()).ok();
        found.push(component);
    }
    let mut tx = db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await?;
    if !store::lock(&mut tx, record).await? {
        return Err(Error::NotFound);
    }
    for component in &found {
        store::complete_component(&mut tx, record, component).await?;
    }
    let checks = checks::four(&store::components(&mut tx, record).await?);
    store::save_checks(&mut tx, record, &checks, checks.iter().all(|check| check.passed)).await?;
    tx.commit().await?;
    Ok(())
}

fn awaits_document(component: &Component) -> bool {
    component.kind == ComponentKind::Document && component.sm3.is_none() && component.reference.is_some()
}
