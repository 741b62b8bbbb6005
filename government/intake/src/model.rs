//! Words of intake: drafts, fields with their origin, materials.

use base_kernel::{DraftId, EmployerNo, ItemCode, PersonNo, UserId};
use chrono::{DateTime, Utc};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where the value of a field came from. What was typed wins over what the system knows; the difference is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The applicant typed it.
    Typed,
    /// The system filled it in.
    Prefilled,
    /// The system had filled it in and the applicant changed it.
    Corrected,
}

/// One field of a draft, valid or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DraftField {
    /// Value as typed or filled in.
    #[schema(value_type = Object)]
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
    /// What the system knows, when that differs from the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub prefilled_value: Option<Value>,
}

/// A draft as stored.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Id; also the submission key of the case it becomes.
    pub id: DraftId,
    /// Whose.
    pub user: UserId,
    /// Item.
    pub item: ItemCode,
    /// Version of the item the draft began with.
    pub item_version: i32,
    /// Person it is about, when known.
    pub person: Option<PersonNo>,
    /// Employer that applies.
    pub employer: Option<EmployerNo>,
    /// Fields by key.
    pub fields: IndexMap<String, DraftField>,
    /// Rises with every save.
    pub revision: i32,
    /// The case it became.
    pub case_no: Option<String>,
    /// Begun.
    pub created_at: DateTime<Utc>,
    /// Last saved.
    pub updated_at: DateTime<Utc>,
}

/// A file handed in for a material.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MaterialFile {
    /// File id.
    pub id: Uuid,
    /// Name as uploaded.
    pub name: String,
    /// Media type found in the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SM3 digest, hexadecimal.
    pub sm3: String,
}
