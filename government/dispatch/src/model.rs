//! Words of dispatch.

use base_kernel::{CaseNo, TaskId, UserId};
use serde::{Deserialize, Serialize};

/// An officer who holds the role at the place of the task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Account.
    pub user: UserId,
    /// Name, for the explanation.
    pub name: String,
    /// Why this officer may not have it (回避, four eyes); none when nothing stands in the way.
    pub recused: Option<String>,
}

/// A task that needs an officer.
#[derive(Debug, Clone)]
pub struct Request {
    /// Task.
    pub task: TaskId,
    /// Its case.
    pub case_no: CaseNo,
    /// Everyone who holds the role there.
    pub candidates: Vec<Candidate>,
    /// The officer who had this work before, for work that comes back.
    pub previous: Option<UserId>,
}

/// Why the chosen officer was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Least open work among the entitled.
    LeastLoaded,
    /// The officer who had it before.
    SameOfficer,
    /// Nobody may have it: needs an administrator.
    NobodyEntitled,
    /// Handed over by a person.
    Transferred,
}

impl Rule {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LeastLoaded => "least_loaded",
            Self::SameOfficer => "same_officer",
            Self::NobodyEntitled => "nobody_entitled",
            Self::Transferred => "transferred",
        }
    }
}

/// One candidate as it was weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// Account.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// Open tasks at that moment; the fewer the better. None for those recused.
    pub open_tasks: Option<i64>,
    /// Why left out.
    pub excluded: Option<String>,
}

/// The outcome, kept with the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// Deciding rule.
    pub rule: Rule,
    /// Who got it.
    pub chosen: Option<UserId>,
    /// Everyone weighed.
    pub candidates: Vec<Scored>,
}
