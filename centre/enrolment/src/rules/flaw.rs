//! What is wrong with a row, in words its sender can act on.

use base_kernel::FieldFault;

use super::Column;

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Stable code: E1xx what is written, E2xx dates, E3xx the person's standing.
    pub code: &'static str,
    /// Where.
    pub column: Column,
    /// What was written, masked.
    pub value: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
}

impl Flaw {
    pub(crate) fn new(
        code: &'static str,
        column: Column,
        value: &str,
        reason: impl Into<String>,
        hint: &'static str,
    ) -> Self {
        Self { code, column, value: column.masked(value), reason: reason.into(), hint }
    }

    /// As a fault of the single form's field.
    #[must_use]
    pub fn as_field(&self) -> FieldFault {
        FieldFault {
            field: self.column.key().to_owned(), message: format!("{}，{}", self.reason, self.hint)
        }
    }
}
