//! Organisations, staff, grants.

use base_kernel::{OrgCode, PersonNo, UserId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Level of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 市.
    City,
    /// 区.
    District,
    /// 街镇.
    Community,
}

impl Level {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Community => "community",
        }
    }
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Code, for example `310104-01`.
    pub code: OrgCode,
    /// Full name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// The organisation above; none for the root.
    pub parent: Option<OrgCode>,
    /// Codes from the root down to this one, joined by `/`.
    pub path: String,
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub user: UserId,
    /// Name as printed on documents.
    pub name: String,
    /// The natural person, for recusal (回避).
    pub person: Option<PersonNo>,
    /// Where they belong.
    pub organisation: OrgCode,
    /// Whether they may work; follows the account's status.
    pub active: bool,
}

/// A grant in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Role code.
    pub role: String,
    /// Where.
    pub organisation: OrgCode,
    /// Last day; none without end.
    pub until: Option<NaiveDate>,
}

/// A grant that an administrator wants a user to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Role code.
    #[schema(example = "R03", pattern = "^R[0-9]{2}$")]
    pub role: String,
    /// Organisation code.
    #[schema(example = "310104-01", pattern = "^[0-9]{6}(-[0-9]{2,3})?$")]
    pub org: String,
    /// Last day; left out, the last day the grant has now, or none.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

/// Somebody who may be given a task: active, with the role in force at or above the place of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitled {
    /// The account.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// The natural person, for recusal.
    pub person: Option<PersonNo>,
    /// Organisation the role was granted at; the deepest when there are several.
    pub organisation: OrgCode,
}

/// A member of staff in a list, active or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// Name of the home organisation.
    pub organisation_name: String,
    /// Whether the account may sign in.
    pub active: bool,
}
