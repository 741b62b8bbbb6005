//! What every rule gives back.

use base_kernel::{Fault, MoneyError, MonthError};

use crate::{Derivation, Parameter, ParameterError, Rounding};

/// A figure with how it came about, or why there is none.
pub type Ruled<T> = Result<(T, Derivation), RuleError>;

/// Why a rule gives no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// A parameter is missing, unconfirmed or of the wrong type.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// A fact is out of range; the sender can mend it.
    #[error("{message}")]
    Input {
        /// Name of the fact as the caller sends it, for example `wage_fen`.
        field: &'static str,
        /// What is wrong and what to do, in Chinese.
        message: String,
    },
    /// An amount left the range of 64 bits of fen.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A month left the calendar.
    #[error(transparent)]
    Month(#[from] MonthError),
    /// The text of a parameter names nothing that the rules know: a defect of the catalogue.
    #[error("政策参数 {key} 的取值“{value}”无法识别，请联系政策参数管理员")]
    Choice {
        /// Key.
        key: String,
        /// Value.
        value: String,
    },
}

impl RuleError {
    /// A fact out of range.
    pub fn input(field: &'static str, message: impl Into<String>) -> Self {
        Self::Input { field, message: message.into() }
    }
}

impl From<RuleError> for Fault {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Parameter(error) => error.into(),
            RuleError::Input { field, message } => Self::invalid_field("rule.input", field, message),
            RuleError::Money(error) => Self::invalid("rule.amount", error.to_string()),
            RuleError::Month(error) => Self::invalid("rule.month", error.to_string()),
            RuleError::Choice { .. } => Self::internal(error),
        }
    }
}

impl Parameter {
    /// The value as a rounding rule.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`], [`RuleError::Choice`].
    pub fn rounding(&self) -> Result<Rounding, RuleError> {
        let code = self.text()?;
        Rounding::from_code(code)
            .ok_or_else(|| RuleError::Choice { key: self.key.clone(), value: code.to_owned() })
    }
}
