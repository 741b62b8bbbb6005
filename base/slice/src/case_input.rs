//! What effects, checks and sources get to see of a case, and what they hand back.

use base_kernel::{CaseNo, EmployerNo, FieldFault, ItemCode, PersonNo};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The case as the item's functions see it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseInput {
    /// Item.
    pub item: ItemCode,
    /// Case number; none while it is still a draft.
    pub case_no: Option<CaseNo>,
    /// The person the case is about.
    pub person: Option<PersonNo>,
    /// The employer that applies.
    pub employer: Option<EmployerNo>,
    /// Form fields by key, as validated against the item's form.
    pub form: Map<String, Value>,
    /// What earlier nodes computed, by effect name.
    pub computed: Map<String, Value>,
    /// Arguments that the catalogue gives at the place of use.
    pub args: Map<String, Value>,
}

/// What an effect hands back; stored on the case under the effect's name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Computed {
    /// Figures and facts, for later nodes, the screen and the result document.
    pub values: Map<String, Value>,
    /// How the figures came about (`engine-decision` derivation steps), shown to clerk and citizen alike.
    pub derivation: Vec<Value>,
}

/// The answer to one rule.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CheckOutcome {
    /// Whether the rule's condition is met, that is, nothing stands in the way.
    pub passed: bool,
    /// Chinese sentence with the facts looked at, for example `累计缴费 176 个月，最低 180 个月`.
    pub detail: String,
    /// Fields it concerns.
    pub fields: Vec<FieldFault>,
    /// Facts, for the record.
    pub facts: Map<String, Value>,
}

impl CheckOutcome {
    /// Nothing stands in the way.
    #[must_use]
    pub fn pass() -> Self {
        Self { passed: true, ..Self::default() }
    }

    /// Something stands in the way.
    pub fn fail(detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..Self::default() }
    }
}
