//! Words of the slice.

use base_kernel::{Actor, ActorKind, CaseNo, EmployerNo, PersonNo, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who gets a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// One account.
    User(UserId),
    /// Whoever signs in as this person.
    Person(PersonNo),
    /// The operators of this employer.
    Employer(EmployerNo),
}

impl Recipient {
    /// As stored.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::User(user) => format!("user:{user}"),
            Self::Person(person) => format!("person:{person}"),
            Self::Employer(employer) => format!("employer:{employer}"),
        }
    }

    /// The recipients that `actor` reads for.
    #[must_use]
    pub fn of(actor: &Actor) -> Vec<Self> {
        let mut reads = vec![Self::User(actor.user)];
        if actor.kind == ActorKind::Citizen {
            reads.extend(actor.person.clone().map(Self::Person));
        }
        if actor.kind == ActorKind::Employer {
            reads.extend(actor.employer.clone().map(Self::Employer));
        }
        reads
    }
}

/// A message to send.
#[derive(Debug, Clone)]
pub struct Send {
    /// By which a repetition is recognised: each recipient gets one message for one key.
    pub event_key: String,
    /// Template in `catalogue/templates/messages`.
    pub template: String,
    /// Case it is about.
    pub case_no: Option<CaseNo>,
    /// Who gets it; may be empty.
    pub recipients: Vec<Recipient>,
    /// Values for the template.
    pub variables: Map<String, Value>,
}

/// A message as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    /// Id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Text; line breaks matter.
    pub body: String,
    /// Case it is about.
    pub case_no: Option<String>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When it was first read.
    pub read_at: Option<DateTime<Utc>>,
}

/// What the events carry that messages are made of.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Payload {
    #[serde(default)]
    pub(crate) case_no: Option<CaseNo>,
    #[serde(default)]
    pub(crate) item_code: Option<String>,
    #[serde(default)]
    pub(crate) item_name: Option<String>,
    /// No template, no message: the item names none for this event.
    #[serde(default)]
    pub(crate) template: Option<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<PayloadRecipient>,
    #[serde(default)]
    pub(crate) variables: Map<String, Value>,
}

/// One recipient; exactly one of the three is given.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PayloadRecipient {
    #[serde(default)]
    user_id: Option<UserId>,
    #[serde(default)]
    person_no: Option<PersonNo>,
    #[serde(default)]
    employer_no: Option<EmployerNo>,
}

impl PayloadRecipient {
    pub(crate) fn recipients(self) -> impl Iterator<Item = Recipient> {
        let user = self.user_id.map(Recipient::User);
        let person = self.person_no.map(Recipient::Person);
        let employer = self.employer_no.map(Recipient::Employer);
        [user, person, employer].into_iter().flatten()
    }
}
