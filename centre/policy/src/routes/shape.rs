//! Rows as they go over the wire.

use base_kernel::RegionCode;
use chrono::{DateTime, NaiveDate, Utc};
use engine_decision::{Origin, Parameter, Status};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{DeskRow, Proposal, RowStatus};

/// One dated value of a parameter.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ParameterRow {
    /// Key.
    #[schema(example = "pension.base")]
    key: String,
    /// Chinese name.
    name: String,
    /// The dated value.
    #[serde(flatten)]
    row: HistoryRow,
}

/// One dated value.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HistoryRow {
    /// Region; `000000` is the nation.
    #[schema(value_type = String, example = "310000")]
    region: RegionCode,
    /// Value as text: decimals, yuan, months, a choice, or the rows of a table.
    #[schema(example = "12577.00")]
    value: String,
    /// Unit.
    unit: String,
    /// First day.
    from: NaiveDate,
    /// Last day; none while open.
    to: Option<NaiveDate>,
    /// Document number.
    doc_no: Option<String>,
    /// Day the document lapses.
    doc_expiry: Option<NaiveDate>,
    /// Basis tag.
    basis: String,
    /// `confirmed` or `unconfirmed`; the latter carries no automatic decision.
    #[schema(value_type = String)]
    status: Status,
    /// What a reader must know.
    note: Option<String>,
    /// `shipped` or `desk`.
    #[schema(value_type = String)]
    origin: Origin,
}

impl From<&Parameter> for HistoryRow {
    fn from(row: &Parameter) -> Self {
        Self {
            region: row.region,
            value: row.value.to_string(),
            unit: row.unit.clone(),
            from: row.effective_from,
            to: row.effective_to,
            doc_no: row.doc_no.clone(),
            doc_expiry: row.doc_expiry,
            basis: row.basis.clone(),
            status: row.status,
            note: row.note.clone(),
            origin: row.origin,
        }
    }
}

impl From<&Parameter> for ParameterRow {
    fn from(row: &Parameter) -> Self {
        Self { key: row.key.clone(), name: row.name.clone(), row: row.into() }
    }
}

/// A value to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRow {
    /// Key of an existing parameter.
    #[schema(example = "contribution.medical.employer_rate")]
    key: String,
    /// Region.
    #[schema(value_type = String, example = "310000")]
    region: RegionCode,
    /// First day.
    from: NaiveDate,
    /// Last day; none while open.
    to: Option<NaiveDate>,
    /// Value: decimals and yuan as text, months as number, tables as object.
    #[schema(value_type = Object, example = "0.09")]
    value: serde_json::Value,
    /// Document number.
    #[schema(example = "沪医保规〔2027〕1号")]
    doc_no: String,
    /// Day the document lapses.
    doc_expiry: Option<NaiveDate>,
    /// What it was read from.
    basis: String,
    /// What a reader must know.
    note: Option<String>,
}

impl From<NewRow> for Proposal {
    fn from(new: NewRow) -> Self {
        Self {
            key: new.key,
            region: new.region,
            from: new.from,
            to: new.to,
            value: new.value,
            doc_no: new.doc_no,
            doc_expiry: new.doc_expiry,
            basis: new.basis,
            note: new.note,
        }
    }
}

/// A row of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProposalRow {
    /// Id.
    id: Uuid,
    /// Key.
    key: String,
    /// Region.
    #[schema(value_type = String)]
    region: RegionCode,
    /// First day.
    from: NaiveDate,
    /// Last day.
    to: Option<NaiveDate>,
    /// Value as it was entered.
    #[schema(value_type = Object)]
    value: serde_json::Value,
    /// Document number.
    doc_no: String,
    /// Day the document lapses.
    doc_expiry: Option<NaiveDate>,
    /// What it was read from.
    basis: String,
    /// What a reader must know.
    note: Option<String>,
    /// Where it stands.
    status: RowStatus,
    /// Who proposed it.
    proposed_by: String,
    /// When.
    proposed_at: DateTime<Utc>,
    /// Who decided.
    decided_by: Option<String>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// What they said.
    opinion: Option<String>,
}

impl From<DeskRow> for ProposalRow {
    fn from(row: DeskRow) -> Self {
        let proposal = row.proposal;
        Self {
            id: row.id,
            key: proposal.key,
            region: proposal.region,
            from: proposal.from,
            to: proposal.to,
            value: proposal.value,
            doc_no: proposal.doc_no,
            doc_expiry: proposal.doc_expiry,
            basis: proposal.basis,
            note: proposal.note,
            status: row.status,
            proposed_by: row.proposed_by_name,
            proposed_at: row.proposed_at,
            decided_by: row.decided_by_name,
            decided_at: row.decided_at,
            opinion: row.opinion,
        }
    }
}
