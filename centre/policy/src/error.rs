//! What can go wrong at the desk and at start-up.

use base_db::DbError;
use base_kernel::Fault;
use engine_decision::{MergeError, ParameterError};

use crate::CatalogueError;

/// A refusal or failure of this slice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The catalogue can't be used.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A desk row does not fit the catalogue.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// A parameter can't be read.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// A field of a proposal is wrong.
    #[error("field {field}: {message}")]
    Field {
        /// Field of the request.
        field: &'static str,
        /// What to do, in Chinese.
        message: String,
    },
    /// No such proposal.
    #[error("no such proposal")]
    NoRow,
    /// Somebody decided before.
    #[error("already decided")]
    Decided,
    /// Who proposed a value may not release or reject it.
    #[error("proposer and approver are the same person")]
    SamePerson,
    /// There is a row for that key, region and day.
    #[error("a row for that day exists")]
    Exists,
    /// The actor lacks the right.
    #[error("not allowed")]
    NotAllowed,
    /// The database.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        match error.constraint() {
            Some("parameter_row_once") => Self::Exists,
            Some("parameter_row_two_people") => Self::SamePerson,
            _ => Self::Db(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        DbError::from(error).into()
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Merge(error) => error.into(),
            Error::Parameter(error) => error.into(),
            Error::Field { field, message } => Self::invalid_field("policy.field", field, message),
            Error::NoRow => Self::not_found("policy.no_proposal", "未找到该参数提案，请刷新列表后重试"),
            Error::Decided => Self::conflict("policy.decided", "该参数提案已经审定，请刷新列表查看结果"),
            Error::SamePerson => Self::forbidden(
                "policy.same_person",
                "参数提案须由录入人以外的人员审定，请交由其他有权限的人员办理",
            ),
            Error::Exists => Self::conflict(
                "policy.exists",
                "该参数在同一地区、同一生效日期已有待审定或已发布的值，请核对后修改生效日期，或先审定原提案",
            ),
            Error::NotAllowed => {
                Self::forbidden("access.forbidden", "您没有进行此操作的权限。如确需办理，请联系本单位管理员")
            }
            Error::Db(error) => error.into(),
            Error::Catalogue(_) => Self::internal(error),
        }
    }
}
