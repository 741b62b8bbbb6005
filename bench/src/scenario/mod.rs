//! What users do, one request at a time. Pure: an actor says what it asks next and learns from the answer, so that the
//! scenario is tested without a server.

mod citizen;
mod officer;

use anyhow::Context;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use citizen::Citizen;
pub use officer::Officer;

/// The item whose cases are carried: two-level review, three officers.
pub const ITEM: &str = "SI-CB-023";

/// Kinds of requests, the lines of the result table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// List of items.
    Items,
    /// One item with its form.
    Item,
    /// Begin a draft, filled in by the system.
    Draft,
    /// Hand in a material.
    Upload,
    /// Save the fields.
    Fill,
    /// Submit: the case is opened and the first officer chosen.
    Submit,
    /// One case with history, as its applicant or officer sees it.
    Case,
    /// The citizen's cases.
    Cases,
    /// Unread messages.
    Unread,
    /// Messages.
    Messages,
    /// Insurance record.
    Insurance,
    /// Check of a result document by its code.
    Verify,
    /// Rate the closed case.
    Rate,
    /// The officer's list of what to do.
    Todo,
    /// Figures above that list.
    Summary,
    /// Take a task.
    Claim,
    /// Pass it on.
    Pass,
}

impl Op {
    /// Every kind, in the order of the table.
    pub const ALL: [Self; 17] = [
        Self::Items,
        Self::Item,
        Self::Draft,
        Self::Upload,
        Self::Fill,
        Self::Submit,
        Self::Case,
        Self::Cases,
        Self::Unread,
        Self::Messages,
        Self::Insurance,
        Self::Verify,
        Self::Rate,
        Self::Todo,
        Self::Summary,
        Self::Claim,
        Self::Pass,
    ];

    /// Name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "query   items",
            Self::Item => "query   item",
            Self::Draft => "submit  draft",
            Self::Upload => "submit  material",
            Self::Fill => "submit  fields",
            Self::Submit => "submit  submission",
            Self::Case => "query   case",
            Self::Cases => "query   my cases",
            Self::Unread => "query   unread",
            Self::Messages => "query   messages",
            Self::Insurance => "query   insurance",
            Self::Verify => "query   certificate",
            Self::Rate => "submit  rating",
            Self::Todo => "query   work list",
            Self::Summary => "query   summary",
            Self::Claim => "claim   task",
            Self::Pass => "approve task",
        }
    }
}

/// What goes with a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing: a GET.
    None,
    /// POST with JSON.
    Post(Value),
    /// PATCH with JSON.
    Patch(Value),
    /// POST of a file, as a form does.
    File(&'static str, Vec<u8>),
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Kind.
    pub op: Op,
    /// Address below `/api/v1`.
    pub path: String,
    /// What goes with it.
    pub body: Body,
}

impl Ask {
    fn get(op: Op, path: impl Into<String>) -> Self {
        Self { op, path: path.into(), body: Body::None }
    }

    fn post(op: Op, path: impl Into<String>, body: Value) -> Self {
        Self { op, path: path.into(), body: Body::Post(body) }
    }
}

/// Somebody who uses the platform. The same request is asked again until [`Actor::learn`] or [`Actor::refused`] was
/// called, and every request of the scenario may be repeated.
pub trait Actor: Send {
    /// The next request.
    fn next(&self) -> Ask;

    /// Takes in a successful answer; how many cases it completed.
    ///
    /// # Errors
    /// The answer is not what the contract says.
    fn learn(&mut self, answer: &[u8]) -> anyhow::Result<u64>;

    /// Goes on after a refusal.
    fn refused(&mut self);
}

#[derive(Deserialize)]
struct Page<T> {
    rows: Vec<T>,
}

#[derive(Deserialize)]
struct Receipt {
    case_no: String,
}

#[derive(Deserialize)]
struct CaseSeen {
    state: String,
    #[serde(default)]
    documents: Vec<DocumentSeen>,
}

#[derive(Deserialize)]
struct DocumentSeen {
    verify_code: String,
}

#[derive(Deserialize)]
struct Outcome {
    state: String,
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> anyhow::Result<T> {
    serde_json::from_slice(answer).with_context(|| {
        let text = String::from_utf8_lossy(answer);
        format!("unexpected answer: {}", text.chars().take(200).collect::<String>())
    })
}
