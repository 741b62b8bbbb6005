//! What can go wrong with benefits, and what a person is told.

use base_db::DbError;
use base_kernel::Fault;
use engine_decision::RuleError;

/// A refusal or failure of this slice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A rule gives no figure.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// Something of a neighbour refused.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The form lacks something that its validation should have asked for.
    #[error("form: {0}")]
    Form(&'static str),
    /// The category that decides the retirement age is not established.
    #[error("retirement category not established")]
    NoCategory,
    /// The award was calculated for nobody: `calculate_pension` did not run.
    #[error("not calculated")]
    NotCalculated,
    /// The person has a pension already.
    #[error("already receiving")]
    AlreadyReceiving,
    /// The award was paid; only a recovery can undo it.
    #[error("already paid")]
    AlreadyPaid,
    /// No award.
    #[error("no award")]
    NoAward,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let error = DbError::from(error);
        match error.constraint() {
            Some("award_one_active") => Self::AlreadyReceiving,
            _ => Self::Db(error),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Rule(error) => error.into(),
            Error::Fault(fault) => fault,
            Error::Form(field) => {
                Self::invalid_field("benefit.form", field, "该项未填写或格式不正确，请核对后重新填写")
            }
            Error::NoCategory => Self::invalid(
                "benefit.no_category",
                "尚未认定退休类别（男 60 周岁、女 55 周岁或女 50 周岁），请先按档案和岗位性质认定",
            ),
            Error::NotCalculated => {
                Self::conflict("benefit.not_calculated", "尚未完成养老金测算，请退回初审重新测算")
            }
            Error::AlreadyReceiving => Self::conflict(
                "benefit.already_receiving",
                "该人员已核定基本养老金，不能重复核定。如需变更，请办理基本养老金重核",
            ),
            Error::AlreadyPaid => Self::conflict(
                "benefit.already_paid",
                "该待遇已经发放，不能直接撤销。请办理业务回退并追回已发金额",
            ),
            Error::NoAward => Self::not_found("benefit.no_award", "未找到养老金核定记录"),
        }
    }
}
