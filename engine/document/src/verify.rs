//! What anybody learns who has a verification code.

use std::time::Duration;

use base_db::Db;
use base_kernel::shanghai_today;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tokio::time::{Instant, sleep_until};
use utoipa::ToSchema;

use crate::{Document, Error, Fact, Status, store};

/// Every answer takes at least this long, so that the time does not tell a known code from an unknown one.
const FLOOR: Duration = Duration::from_millis(60);

/// The outcome of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verification {
    /// Whether the document exists and stands today.
    pub valid: bool,
    /// How it stands.
    pub outcome: Outcome,
    /// One Chinese sentence on it.
    pub reason: String,
    /// Title of the document.
    pub document_name: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Organisation that issued it.
    pub issuer: Option<String>,
    /// When.
    pub issued_at: Option<DateTime<Utc>>,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Holder, the name masked.
    pub holder: Option<String>,
    /// What the document certifies, without personal data.
    pub facts: Vec<Fact>,
    /// SM3 of the PDF, to compare a file at hand.
    pub sm3: Option<String>,
}

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Genuine and standing.
    Genuine,
    /// Genuine, but its validity has ended.
    Expired,
    /// Declared void.
    Void,
    /// No such document.
    Unknown,
}

/// Looks a code up; spaces and hyphens in it don't matter.
///
/// # Errors
/// [`Error::Db`].
pub async fn verify(db: &Db, code: &str) -> Result<Verification, Error> {
    let answer_at = Instant::now() + FLOOR;
    let digits: String = code.chars().filter(|c| !matches!(c, ' ' | '-')).take(17).collect();
    // An ill-formed code is looked up all the same: it finds nothing, in the same time.
    let document = store::find_by_code(db, &digits).await?;
    let outcome = document.as_ref().map_or_else(unknown, |found| tell(found, shanghai_today(db.now())));
    sleep_until(answer_at).await;
    Ok(outcome)
}

fn unknown() -> Verification {
    Verification {
        valid: false,
        outcome: Outcome::Unknown,
        reason: "未找到与该验证码对应的文书，请核对16位验证码。如确认无误，该文书可能不是由本系统出具".into(),
        document_name: None,
        number: None,
        issuer: None,
        issued_at: None,
        valid_until: None,
        holder: None,
        facts: Vec::new(),
        sm3: None,
    }
}

fn tell(document: &Document, today: NaiveDate) -> Verification {
    let expired = document.valid_until.is_some_and(|last| last < today);
    let (outcome, reason) = match document.status {
        Status::Void => (Outcome::Void, "该文书已作废，请以重新出具的文书为准"),
        Status::Issued if expired => (Outcome::Expired, "该文书由本系统出具，但已超过有效期，请重新打印"),
        Status::Issued => (Outcome::Genuine, "该文书由本系统出具，内容以下列信息为准"),
    };
    Verification {
        valid: outcome == Outcome::Genuine,
        outcome,
        reason: reason.into(),
        document_name: Some(document.title.clone()),
        number: Some(document.number.clone()),
        issuer: Some(document.issuer.clone()),
        issued_at: Some(document.issued_at),
        valid_until: document.valid_until,
        holder: Some(document.holder_shown.clone()),
        facts: document.facts.clone(),
        sm3: document.sm3.clone(),
    }
}
