//! Words of the slice.

use base_kernel::{CaseNo, DocumentId, FileId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Whose document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A natural person: key (distribution key) and name; the name is masked on the verification page.
    Person(String, String),
    /// An organisation: key and name, shown in full.
    Organisation(String, String),
}

/// What verification shows to anybody: chosen by the issuer, digits of identity and account numbers masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fact {
    /// Chinese label.
    #[serde(rename = "name", alias = "label")]
    pub label: String,
    /// Value as printed.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A document to issue.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Template, for example `pension-award`.
    pub template: String,
    /// Title printed on it.
    pub title: String,
    /// Two to eight capital letters; the number is `<prefix>-<year>-<sequence>`.
    pub number_prefix: String,
    /// Organisation in the heading and under the seal.
    pub issuer: String,
    /// Whose it is.
    pub holder: Holder,
    /// What the template declares; anything else is left out of the record.
    pub data: Value,
    /// What verification shows.
    pub facts: Vec<Fact>,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// The case it results from.
    pub case_no: Option<CaseNo>,
    /// By which a repeated call finds the document it issued before, for example case number and slot.
    pub key: Option<String>,
}

/// A document just issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Id.
    pub id: DocumentId,
    /// Number, for example `YLHD-2026-0000123`.
    pub number: String,
    /// Sixteen digits.
    pub verify_code: String,
}

/// Whether a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Issued and standing.
    Issued,
    /// Declared void.
    Void,
}

/// A document on record, without its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Template.
    pub template: String,
    /// SM3 of the template: until rendered, the one in force at issue; afterwards the one the PDF was made with.
    pub template_digest: String,
    /// Title.
    pub title: String,
    /// Number.
    pub number: String,
    /// Sixteen digits.
    pub verify_code: String,
    /// Key of the holder.
    pub holder_key: String,
    /// Name of the holder as verification shows it.
    pub holder_shown: String,
    /// Organisation that issued it.
    pub issuer: String,
    /// What verification shows.
    pub facts: Vec<Fact>,
    /// Case.
    pub case_no: Option<CaseNo>,
    /// When issued.
    pub issued_at: DateTime<Utc>,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Whether it stands.
    pub status: Status,
    /// Why it does not.
    pub void_reason: Option<String>,
    /// SM3 of the PDF once rendered, in hexadecimal.
    pub sm3: Option<String>,
    /// The stored PDF once rendered.
    pub file_id: Option<FileId>,
}

impl Document {
    /// Name for a download.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}.pdf", self.title, self.number)
    }
}
