//! What a person or a client is told when something can't be done.
//!
//! Each crate has its own error enum; at its public face the enum turns into a [`Fault`], which carries a stable
//! code, a Chinese sentence that says what to do, the fields concerned, and (for the log only) the cause.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The class of a fault; `base-web` maps it to an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The input is wrong; the sender can mend it (422).
    Invalid,
    /// The request can't be read at all (400).
    Malformed,
    /// Not signed in, or the session ended (401).
    Unauthenticated,
    /// Signed in, but not allowed (403).
    Forbidden,
    /// Not there, or not visible to this actor (404: the two are not told apart).
    NotFound,
    /// The record moved on since it was read, or the state does not allow the action (409).
    Conflict,
    /// Larger than accepted (413).
    TooLarge,
    /// In a form that this address does not accept (415).
    WrongMedia,
    /// Too many in a short time (429).
    TooMany,
    /// A part this needs is not available now; trying again may help (503).
    Unavailable,
    /// A defect or broken invariant on our side (500).
    Internal,
}

/// One field at fault, as the form names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// Key of the field in the form or request, for example `id_no` or `rows[3].wage`.
    pub field: String,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}

/// A refusal or failure with everything its reader needs.
#[derive(Debug)]
pub struct Fault {
    /// Class.
    pub kind: FaultKind,
    /// Stable code for clients, for example `benefit.years_short`.
    pub code: &'static str,
    /// One or two Chinese sentences: what happened, what to do next.
    pub message: String,
    /// Fields concerned; empty when the fault is not about fields.
    pub fields: Vec<FieldFault>,
    /// The cause, for the log.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault of any kind.
    pub fn new(kind: FaultKind, code: &'static str, message: impl Into<String>) -> Self {
        Self { kind, code, message: message.into(), fields: Vec::new(), cause: None }
    }

    /// Wrong input as a whole.
    pub fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FaultKind::Invalid, code, message)
    }

    /// Wrong input in named fields.
    #[must_use]
    pub fn invalid_fields(code: &'static str, fields: Vec<FieldFault>) -> Self {
        let mut fault = Self::new(FaultKind::Invalid, code, "填写的内容有误，请按提示修改后重新提交");
        fault.fields = fields;
        fault
    }

    /// Wrong input in one field.
    pub fn invalid_field(code: &'static str, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid_fields(code, vec![FieldFault { field: field.into(), message: message.into() }])
    }

    /// Not there or not visible.
    pub fn not_found(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FaultKind::NotFound, code, message)
    }

    /// Not allowed.
    pub fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FaultKind::Forbidden, code, message)
    }

    /// State does not allow it.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(FaultKind::Conflict, code, message)
    }

    /// A failure on our side with its cause; the person only learns that it was recorded.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut fault = Self::new(
            FaultKind::Internal,
            "internal",
            "系统出现异常，已记录。请稍后重试，或联系技术支持并提供请求编号",
        );
        fault.cause = Some(cause.into());
        fault
    }

    /// Adds a cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）", self.message, self.code)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}
