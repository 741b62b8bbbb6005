//! What can go wrong with a message.

use base_db::DbError;
use base_kernel::Fault;

/// Why a message can't be composed, sent or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template file can't be read or is faulty.
    #[error("message template {name}: {detail}")]
    Template {
        /// Template.
        name: String,
        /// What is wrong.
        detail: String,
    },
    /// No template of that name.
    #[error("no message template {0}")]
    UnknownTemplate(String),
    /// A variable that the template declares is not among the data.
    #[error("message template {template} lacks variable {variable}")]
    MissingVariable {
        /// Template.
        template: String,
        /// Variable.
        variable: String,
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
    /// No such message, or not for this caller.
    #[error("no such message")]
    NotFound,
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
            Error::NotFound => Self::not_found("message.not_found", "消息不存在，请刷新后重试"),
            Error::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}
