//! What can go wrong with an archive record.

use base_db::DbError;
use base_kernel::Fault;

/// Why a case can't be filed or a record shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The retention table can't be read or contradicts itself.
    #[error("retention table: {0}")]
    Table(String),
    /// The item names a business link that the retention table does not have.
    #[error("no retention rule for {category} / {link}")]
    UnknownLink {
        /// Category.
        category: String,
        /// Business link.
        link: String,
    },
    /// An event's payload has not the agreed shape.
    #[error("payload of {topic}")]
    Payload {
        /// Topic.
        topic: String,
        /// What serde says.
        #[source]
        source: serde_json::Error,
    },
    /// A date beyond the calendar.
    #[error("date out of range")]
    Calendar,
    /// No such record, or outside the caller's scope.
    #[error("no such record")]
    NotFound,
    /// A document failed.
    #[error(transparent)]
    Document(#[from] engine_document::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found("archive.not_found", "档案不存在，或不在您的管理范围内"),
            Error::Db(error) => error.into(),
            Error::Document(error) => error.into(),
            error => Self::internal(error),
        }
    }
}
