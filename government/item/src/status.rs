//! Whether an item can be applied for.

use base_db::Tx;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::store;

/// Whether an item can be applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// 已发布.
    Published,
    /// 已暂停: no new cases; running ones go on.
    Suspended,
}

impl ItemStatus {
    /// The word of API and database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Suspended => "suspended",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        match word {
            "published" => Some(Self::Published),
            "suspended" => Some(Self::Suspended),
            _ => None,
        }
    }
}

/// A change of status with its reason and author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// Status since then.
    pub status: ItemStatus,
    /// Reason.
    pub reason: String,
    /// Who changed it.
    pub author_name: String,
    /// When.
    pub changed_at: DateTime<Utc>,
}

/// Most characters of a reason.
const REASON_MAX: usize = 500;

/// Refuses a new application for an item that is suspended, with the reason given for it.
///
/// # Errors
/// [`Error::Suspended`].
pub async fn require_published(tx: &mut Tx, code: &str) -> Result<(), Error> {
    match store::statuses(tx, Some(code)).await?.remove(code) {
        Some(StatusChange { status: ItemStatus::Suspended, reason, .. }) => Err(Error::Suspended { reason }),
        _ => Ok(()),
    }
}

/// Suspends an item or opens it again. Saying the same twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Reason`], [`Error::Raced`].
pub async fn set_status(
    tx: &mut Tx,
    catalogue: &Catalogue,
    code: &str,
    status: ItemStatus,
    reason: &str,
) -> Result<(), Error> {
    let reason = reason.trim();
    if catalogue.current(code).is_none() {
        return Err(Error::NotFound);
    }
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        return Err(Error::Reason);
    }
    let known = store::statuses(tx, Some(code)).await?.remove(code);
    if known.map_or(ItemStatus::Published, |change| change.status) == status {
        return Ok(());
    }
    store::set_status(tx, code, status, reason).await.map_err(|error| match error.constraint() {
        Some("status_change_order") => Error::Raced,
        _ => error.into(),
    })
}
