//! Typed ids. Row ids are UUID version 7 handed out by the transaction; business numbers are text with a known shape.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )*};
}

row_id! {
    /// A user account (staff, citizen or employer operator).
    UserId;
    /// A signed-in session.
    SessionId;
    /// A draft application.
    DraftId;
    /// A task of a case.
    TaskId;
    /// One action on a task; chosen by the client, so that a repeated request is recognised.
    ActionId;
    /// A running process.
    InstanceId;
    /// A stored file.
    FileId;
    /// A produced document.
    DocumentId;
    /// A benefit award.
    AwardId;
    /// A ledger transfer.
    TransferId;
    /// One HTTP request, or one run of a job.
    RequestId;
}

macro_rules! business_number {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);
        impl $name {
            /// The number as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self { Self(text) }
        }
    )*};
}

business_number! {
    /// Personal number (人员编号): ten digits, handed out by `centre-party`; the distribution key of personal rows.
    PersonNo;
    /// Employer number (单位编号): ten digits, handed out by `centre-party`.
    EmployerNo;
    /// Case number (办件编号): `HRSS`, area, day, channel, sequence and check digit, 27 characters.
    CaseNo;
    /// Service item code (事项编码), for example `SI-YL-001`.
    ItemCode;
    /// Organisation code in the tree of agencies, for example `310104`.
    OrgCode;
}
