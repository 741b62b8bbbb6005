//! Database errors, told apart by what a caller can do about them.

use base_kernel::{Fault, FaultKind};

/// A failure of the database or of the data in it.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique, foreign-key, check or exclusion constraint refused the change.
    #[error("constraint {constraint} refused the change")]
    Constraint {
        /// Name of the constraint, which slices map to a field or a sentence.
        constraint: String,
        /// What the driver said.
        #[source]
        source: sqlx::Error,
    },
    /// Two transactions stood in each other's way; the step can be tried again.
    #[error("serialisation failure or deadlock")]
    Contention(#[source] sqlx::Error),
    /// The server can't be reached or no connection came free in time.
    #[error("database not available")]
    Unavailable(#[source] sqlx::Error),
    /// Stored data contradicts an invariant.
    #[error("inconsistent data in {table}: {detail}")]
    Inconsistent {
        /// Table concerned.
        table: &'static str,
        /// What contradicts what.
        detail: String,
    },
    /// Anything else the driver reports.
    #[error("database error")]
    Driver(#[source] sqlx::Error),
}

impl DbError {
    /// Name of the violated constraint, if that is what happened.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Constraint { constraint, .. } => Some(constraint),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        if let Some(database) = error.as_database_error() {
            if let Some(constraint) = database.constraint() {
                return Self::Constraint { constraint: constraint.to_owned(), source: error };
            }
            return match database.code().as_deref() {
                Some("40001" | "40P01" | "55P03") => Self::Contention(error),
                Some("57P01" | "57P02" | "57P03" | "53300") => Self::Unavailable(error),
                _ => Self::Driver(error),
            };
        }
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => {
                Self::Unavailable(error)
            }
            _ => Self::Driver(error),
        }
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        match &error {
            DbError::Contention(_) => {
                Self::conflict("db.contention", "该记录正在被其他人处理，请刷新后重试").because(error)
            }
            DbError::Unavailable(_) => {
                Self::new(FaultKind::Unavailable, "db.unavailable", "系统繁忙，请稍后重试").because(error)
            }
            DbError::Constraint { .. } | DbError::Inconsistent { .. } | DbError::Driver(_) => {
                Self::internal(error)
            }
        }
    }
}
