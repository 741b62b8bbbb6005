//! The state of one running process: a plain value that can be stored as JSON.
//!
//! Its size depends on the definition (nodes, parallel branches) and never on how long it has run: the history lives
//! in the event log. A step therefore costs the same on the first day and after ten thousand events.

use std::collections::BTreeMap;

use base_kernel::{InstanceId, TaskId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::HoldReason;

/// One running or finished process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Id.
    pub id: InstanceId,
    /// Definition it runs on.
    pub definition: String,
    /// Version of the definition, pinned at start.
    pub version: u32,
    /// Where it stands as a whole.
    pub state: State,
    /// Whether the decision was taken, after which the applicant can no longer withdraw.
    pub decided: bool,
    /// How often the applicant was asked for corrections (一次性告知 allows one).
    pub corrections: u32,
    /// Tokens, in the order of their ids.
    pub tokens: Vec<Token>,
    /// Parallel blocks that are open.
    pub scopes: Vec<Scope>,
    /// Tasks that are open.
    pub tasks: Vec<OpenTask>,
    /// Declared variables.
    pub variables: Map<String, Value>,
    /// How often each node was entered.
    pub visits: BTreeMap<String, u32>,
    /// Next free number for tokens and scopes.
    pub(crate) next: u32,
}

/// Where an instance stands as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum State {
    /// Created, [`Event::Start`](crate::Event::Start) not yet applied.
    New,
    /// Running.
    Running,
    /// Everything waits: for the applicant's correction or for a special procedure.
    Held {
        /// Why.
        reason: HoldReason,
    },
    /// Ended.
    Finished {
        /// Outcome.
        outcome: String,
    },
}

impl State {
    /// Short name for a column.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Running => "running",
            Self::Held { reason: HoldReason::Correction } => "correction",
            Self::Held { reason: HoldReason::Suspension } => "suspended",
            Self::Finished { .. } => "finished",
        }
    }
}

/// A token: one thread of the process, at rest on a node.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Number within the instance.
    pub id: u32,
    /// Node it rests on.
    pub node: String,
    /// Visit of that node.
    pub visit: u32,
    /// Parallel block it belongs to; none at the top.
    pub scope: Option<u32>,
    /// What it waits for.
    pub waits: Wait,
    /// Where it can be sent back to, oldest first; a node appears once.
    pub trail: Vec<Mark>,
}

/// What a token waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Wait {
    /// A task.
    Task {
        /// Its id.
        task: TaskId,
    },
    /// A service. `done` when it answered while everything waited, `failed` after a failure.
    Service {
        /// Answered during a hold.
        done: bool,
        /// Failed.
        failed: bool,
    },
    /// A timer; `fired` when it ran out while everything waited.
    Timer {
        /// Ran out during a hold.
        fired: bool,
    },
    /// The other branches at a join.
    Join,
}

/// A place a token can be sent back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A task node.
    Task(String),
    /// A whole parallel block, named by its fork: all branches are done anew.
    Block(String),
}

impl Mark {
    /// The node.
    #[must_use]
    pub fn node(&self) -> &str {
        match self {
            Self::Task(node) | Self::Block(node) => node,
        }
    }
}

/// An open parallel block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scope {
    /// Number within the instance.
    pub id: u32,
    /// Block around it.
    pub parent: Option<u32>,
    /// Its fork.
    pub fork: String,
    /// Trail of the token that was split.
    pub before: Vec<Mark>,
}

/// A task that is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenTask {
    /// Id.
    pub id: TaskId,
    /// `token/node/visit`, with `+n` for the n-th signature.
    pub key: String,
    /// Token that waits for it.
    pub token: u32,
    /// Node.
    pub node: String,
    /// The task that asked for this signature; none for an ordinary task.
    pub signs_for: Option<TaskId>,
    /// Persons asked to sign during this visit, opaque; each is asked once.
    pub asked: Vec<String>,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
}

impl Instance {
    /// An instance that has not begun.
    #[must_use]
    pub fn new(id: InstanceId, definition: &crate::Definition) -> Self {
        Self {
            id,
            definition: definition.id().to_owned(),
            version: definition.version(),
            state: State::New,
            decided: false,
            corrections: 0,
            tokens: Vec::new(),
            scopes: Vec::new(),
            tasks: Vec::new(),
            variables: Map::new(),
            visits: BTreeMap::new(),
            next: 1,
        }
    }

    /// An open task.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&OpenTask> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// The outcome, once finished.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        match &self.state {
            State::Finished { outcome } => Some(outcome),
            _ => None,
        }
    }

    /// Whether a signature for `task` is still awaited.
    #[must_use]
    pub fn awaits_signature(&self, task: TaskId) -> bool {
        self.tasks.iter().any(|open| open.signs_for == Some(task))
    }

    /// Services that wait to be run, as `(node, visit)`.
    pub fn waiting_services(&self) -> impl Iterator<Item = (&str, u32)> {
        self.tokens.iter().filter_map(|token| match token.waits {
            Wait::Service { done: false, failed: false } => Some((token.node.as_str(), token.visit)),
            _ => None,
        })
    }
}
