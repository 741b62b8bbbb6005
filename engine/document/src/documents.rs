//! Issuing inside a business step, rendering once, keeping what was rendered.

use std::sync::Arc;
use std::time::Duration;

use base_db::{Db, Tx};
use base_files::{FileMeta, Files, Kind};
use base_jobs::{Job, enqueue_job};
use base_kernel::{CaseNo, Ctx, DocumentId, RequestId};
use chrono::Datelike;
use rand::RngExt;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::mask::{mask_digits, mask_name};
use crate::store::NewDocument;
use crate::{Document, Error, Fact, Holder, Issue, Issued, Meta, Pdf, Renderer, Status, store};

/// Name of the background job that renders a document.
pub(crate) const RENDER_JOB: &str = "document.render";

/// Longest wait for a free renderer.
const WAIT: Duration = Duration::from_secs(15);

/// Longest rendering. The typesetter can't be stopped half-way; what takes longer keeps its place in the queue of
/// renderers, so that hostile data can slow documents down but not fill the machine.
const LIMIT: Duration = Duration::from_secs(30);

/// What an operator sets.
#[derive(Debug, Clone)]
pub struct DocumentConfig {
    /// Address before the verification code in the QR code, for example `https://…/verify/`.
    pub verify_base: String,
    /// Documents rendered at once.
    pub parallel: usize,
}

/// The documents of the house. Cheap to clone.
#[derive(Clone)]
pub struct Documents(Arc<Parts>);

struct Parts {
    renderer: Arc<Renderer>,
    files: Files,
    verify_base: String,
    slots: Arc<Semaphore>,
}

impl Documents {
    /// Joins renderer and file store.
    #[must_use]
    pub fn new(renderer: Arc<Renderer>, files: Files, config: DocumentConfig) -> Self {
        let slots = Arc::new(Semaphore::new(config.parallel.max(1)));
        Self(Arc::new(Parts { renderer, files, verify_base: config.verify_base, slots }))
    }

    /// The renderer, for previews.
    #[must_use]
    pub fn renderer(&self) -> &Renderer {
        &self.0.renderer
    }

    /// Issues a document as part of the step: number and verification code exist once the step commits, and the PDF is
    /// rendered afterwards by a job or at the first download, whichever comes first.
    ///
    /// # Errors
    /// [`Error::Data`] or [`Error::Glyphs`] when it could never be printed; [`Error::UnknownTemplate`];
    /// [`Error::Prefix`].
    pub async fn issue(&self, tx: &mut Tx, issue: Issue) -> Result<Issued, Error> {
        if let Some(key) = &issue.key
            && let Some(before) = store::find_by_key(tx, key).await?
        {
            return Ok(issued(&before));
        }
        let data = self.0.renderer.accept(&issue.template, &issue.data)?;
        let template_digest = self.0.renderer.digest(&issue.template)?.to_owned();
        check_prefix(&issue.number_prefix)?;
        let year = tx.today().year();
        let sequence = store::next_number(tx, &issue.number_prefix, year).await?;
        let (holder_key, holder_shown) = shown(issue.holder);
        let document = Document {
            id: tx.new_id(),
            template: issue.template,
            template_digest,
            title: issue.title,
            number: format!("{}-{year}-{sequence:07}", issue.number_prefix),
            verify_code: verify_code(),
            holder_key,
            holder_shown,
            issuer: issue.issuer,
            facts: issue.facts.into_iter().map(masked).collect(),
            case_no: issue.case_no,
            issued_at: tx.now(),
            valid_until: issue.valid_until,
            status: Status::Issued,
            void_reason: None,
            sm3: None,
            file_id: None,
        };
        let row = NewDocument { document: &document, data: &data, key: issue.key.as_deref() };
        store::insert(tx, &row).await?;
        let name = format!("{RENDER_JOB}:{}", document.id);
        enqueue_job(tx, &Job::new(RENDER_JOB, json!({ "document_id": document.id })).key(name)).await?;
        Ok(issued(&document))
    }

    /// Declares a document void, for example when the decision behind it was reversed. Doing so again changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn void(&self, tx: &mut Tx, id: DocumentId, reason: &str) -> Result<(), Error> {
        let now = tx.now();
        if store::void(tx, id, now, reason).await? || store::find(tx, id).await?.is_some() {
            return Ok(());
        }
        Err(Error::NotFound)
    }

    /// One document's record.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn find(&self, tx: &mut Tx, id: DocumentId) -> Result<Document, Error> {
        store::find(tx, id).await?.ok_or(Error::NotFound)
    }

    /// The documents of a case, in order of issue.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub async fn of_case(&self, tx: &mut Tx, case: &CaseNo) -> Result<Vec<Document>, Error> {
        Ok(store::of_case(tx, case).await?)
    }

    /// The PDF: the stored one, or rendered now and stored. From then on the bytes never change; what the store hands
    /// back is checked against the digest on record. Authorisation is the caller's.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Busy`] or [`Error::TooSlow`] when rendering can't be had now.
    pub async fn pdf(&self, db: &Db, id: DocumentId) -> Result<(Document, Pdf), Error> {
        let (document, data) = store::with_data(db, id).await?.ok_or(Error::NotFound)?;
        if let Some(file) = document.file_id {
            let (stored, content) = self.0.files.get(db, file).await?;
            if document.sm3.as_deref() != Some(&stored.sm3) {
                return Err(base_files::FileError::Damaged(file).into());
            }
            return Ok((document, Pdf(content)));
        }
        let pdf = self.render(&document, data).await?;
        self.keep(db, &document, &pdf).await?;
        let (document, _) = store::with_data(db, id).await?.ok_or(Error::NotFound)?;
        let file = document.file_id.ok_or(Error::NotFound)?;
        // Another worker may have been faster; what is on record counts, not what was made here.
        let (_, content) = self.0.files.get(db, file).await?;
        Ok((document, Pdf(content)))
    }

    async fn render(&self, document: &Document, data: Value) -> Result<Pdf, Error> {
        let waiting = Arc::clone(&self.0.slots).acquire_owned();
        let slot = timeout(WAIT, waiting).await.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        let meta = Meta {
            title: document.title.clone(),
            number: document.number.clone(),
            verify_code: document.verify_code.clone(),
            verify_url: format!("{}{}", self.0.verify_base, document.verify_code),
            issued_at: document.issued_at,
            valid_until: document.valid_until,
            issuer: document.issuer.clone(),
        };
        let (renderer, template) = (Arc::clone(&self.0.renderer), document.template.clone());
        let work = tokio::task::spawn_blocking(move || {
            let pdf = renderer.render(&template, &data, &meta);
            drop(slot);
            pdf
        });
        let done = timeout(LIMIT, work).await.map_err(|_| Error::TooSlow)?;
        done.map_err(|join| Error::Typesetting(join.to_string()))?
    }

    async fn keep(&self, db: &Db, document: &Document, pdf: &Pdf) -> Result<(), Error> {
        let mut tx = db.begin(Ctx::system(RequestId(uuid::Uuid::new_v4()))).await?;
        if store::lock_rendered(&mut tx, document.id).await?.is_some() {
            return Ok(());
        }
        let meta = FileMeta {
            accept: vec![Kind::Pdf],
            limit: usize::MAX,
            ..FileMeta::new(document.file_name(), "document")
        };
        let file = self.0.files.put(&mut tx, pdf.0.clone(), meta).await?;
        let digest = self.0.renderer.digest(&document.template)?;
        store::rendered(&mut tx, document.id, file.id, &file.sm3, digest).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn issued(document: &Document) -> Issued {
    Issued { id: document.id, number: document.number.clone(), verify_code: document.verify_code.clone() }
}

fn check_prefix(prefix: &str) -> Result<(), Error> {
    let fits = (2..=8).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
    if fits { Ok(()) } else { Err(Error::Prefix(prefix.to_owned())) }
}

/// Sixteen digits from the operating system's random numbers: about 53 bits, so that trying codes finds nothing.
fn verify_code() -> String {
    format!("{:016}", rand::rng().random_range(0..10_000_000_000_000_000_u64))
}

fn shown(holder: Holder) -> (String, String) {
    match holder {
        Holder::Person(key, name) => (key, mask_name(&name)),
        Holder::Organisation(key, name) => (key, name),
    }
}

fn masked(fact: Fact) -> Fact {
    Fact { label: fact.label, value: mask_digits(&fact.value) }
}
