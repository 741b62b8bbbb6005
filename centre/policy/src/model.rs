//! Words of the desk: proposed and decided rows.

use base_kernel::{RegionCode, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a desk row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowStatus {
    /// Waits for a second person.
    Proposed,
    /// In force by its dates.
    Released,
    /// Refused by the second person.
    Rejected,
}

impl RowStatus {
    /// The stored form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Released => "released",
            Self::Rejected => "rejected",
        }
    }
}

/// What someone proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Key of an existing parameter.
    pub key: String,
    /// Region it is to hold in.
    pub region: RegionCode,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while open.
    pub to: Option<NaiveDate>,
    /// Value in the form of the catalogue files.
    pub value: serde_json::Value,
    /// Document number.
    pub doc_no: String,
    /// Day the document lapses.
    pub doc_expiry: Option<NaiveDate>,
    /// What it was read from.
    pub basis: String,
    /// What a reader must know.
    pub note: Option<String>,
}

/// A row of the desk with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// Id.
    pub id: Uuid,
    /// What was proposed.
    pub proposal: Proposal,
    /// Where it stands.
    pub status: RowStatus,
    /// Who proposed it.
    pub proposed_by: UserId,
    /// Their name then.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Name of who decided.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What they said.
    pub opinion: Option<String>,
}
