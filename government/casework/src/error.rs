//! What can go wrong in casework, and what a person is told.

use base_db::DbError;
use base_kernel::{Fault, FaultKind};

/// A refusal or failure of casework.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Something below refused: a rule, an effect, a document.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// No such case, or not visible to this actor.
    #[error("case not found or not visible")]
    CaseNotFound,
    /// No such task, or not visible to this actor.
    #[error("task not found or not visible")]
    TaskNotFound,
    /// The state of the case or task does not allow the action.
    #[error("not allowed now: {0}")]
    NotNow(String),
    /// The officer may not handle this case.
    #[error("recused: {0}")]
    Recused(String),
    /// The task belongs to somebody else.
    #[error("task is with somebody else")]
    NotYours,
    /// An opinion is required.
    #[error("opinion missing")]
    OpinionMissing,
    /// The action id was used for something else.
    #[error("action id used before for another action")]
    ActionReused,
    /// The item or its process can't be found in the catalogue.
    #[error("catalogue: {0}")]
    Catalogue(String),
    /// The calendar does not reach the day a limit ends.
    #[error("calendar: {0}")]
    Calendar(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Fault(fault) => fault,
            Error::CaseNotFound => {
                Self::not_found("casework.case_not_found", "未找到该办件，请核对办件编号，或确认您有查看权限")
            }
            Error::TaskNotFound => {
                Self::not_found("casework.task_not_found", "未找到该任务，可能已由他人办理，请刷新列表")
            }
            Error::NotNow(message) => Self::conflict("casework.not_now", message),
            Error::Recused(message) => Self::forbidden("casework.recused", message),
            Error::NotYours => {
                Self::conflict("casework.not_yours", "该任务不在您名下，请先领办，或刷新后重试")
            }
            Error::OpinionMissing => {
                Self::invalid_field("casework.opinion_missing", "opinion", "请填写办理意见（不少于 2 个字）")
            }
            Error::ActionReused => {
                Self::conflict("casework.action_reused", "该操作编号已用于其他操作，请刷新页面后重试")
            }
            Error::Catalogue(detail) => Self::internal(detail),
            Error::Calendar(detail) => Self::new(
                FaultKind::Unavailable,
                "casework.calendar",
                format!("工作日历尚未发布，无法计算办理期限：{detail}。请联系参数管理员维护日历"),
            ),
        }
    }
}
