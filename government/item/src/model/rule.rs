//! Rules of an item.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Code within the item.
    pub code: String,
    /// Name in Chinese.
    pub name: String,
    /// Check that answers it.
    pub check: String,
    /// Arguments of the check.
    #[serde(default)]
    pub args: Map<String, Value>,
    /// When it is asked.
    pub when: Vec<RuleMoment>,
    /// What follows when it does not hold.
    pub severity: Severity,
    /// What can be done, in Chinese.
    #[serde(default)]
    pub advice: Option<String>,
    /// Basis.
    #[serde(default)]
    pub basis: Option<String>,
}

/// When a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleMoment {
    /// At submission.
    Submit,
    /// Before a review is passed, on the facts of that moment.
    Review,
}

/// What follows when a rule does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 阻断.
    Block,
    /// 提示.
    Warn,
    /// 提级.
    Escalate,
    /// 抽查.
    Spot,
}

impl Severity {
    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Escalate => "escalate",
            Self::Spot => "spot",
        }
    }
}
