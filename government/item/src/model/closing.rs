//! What follows when a case is closed, and examples.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Audience;

/// How a closed case is archived (`items.md` §7).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSpec {
    /// Category.
    pub category: String,
    /// Business link.
    pub link: String,
    /// Module code in the archive number, for example `YL`.
    pub class: String,
    /// Y, D100, D50, D30 or D10.
    pub retention: String,
    /// person or employer.
    pub subject: Audience,
    /// Mark of the retention rule, for an archivist to confirm.
    pub mark: String,
}

/// The result document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultSpec {
    /// Name.
    pub name: String,
    /// Template.
    pub template: String,
    /// Prefix of its number.
    pub number_prefix: String,
    /// Days it is valid; none: without end.
    #[serde(default)]
    pub valid_days: Option<u32>,
    /// What closing with it is called; required where the name says so (`items.md` §1.6 rule 2).
    #[serde(default)]
    pub kind: Option<ResultKind>,
}

/// What closing with a result document is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    /// 出证办结.
    Certificate,
    /// 出文办结.
    Document,
    /// 审批办结.
    Approval,
    /// 核定单, 回执, 证明 and the like.
    Other,
}

/// An example that tests run end to end.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Fields as typed.
    pub form: Map<String, Value>,
    /// What comes of it, by name.
    #[serde(default)]
    pub expect: Map<String, Value>,
}
