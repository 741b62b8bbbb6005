//! What can go wrong at intake, and what the applicant is told.

use base_db::DbError;
use base_kernel::{Fault, FaultKind, FieldFault};

/// A refusal or failure of intake.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Something below refused.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// No such item, or it is suspended.
    #[error("item not available: {0}")]
    ItemNotAvailable(String),
    /// The actor is not of the kind the item is for.
    #[error("item is not for this kind of applicant")]
    NotForYou,
    /// No such draft of this user.
    #[error("draft not found")]
    DraftNotFound,
    /// The draft became a case already.
    #[error("draft already submitted")]
    AlreadySubmitted,
    /// Too many open drafts.
    #[error("too many drafts")]
    TooManyDrafts,
    /// Fields or materials are wrong.
    #[error("{} fields at fault", .0.len())]
    Fields(Vec<FieldFault>),
    /// A blocking rule stands in the way.
    #[error("rule {code} blocks")]
    Blocked {
        /// Rule code.
        code: String,
        /// Facts and advice, in Chinese.
        message: String,
        /// Fields concerned.
        fields: Vec<FieldFault>,
    },
    /// No such material in the item.
    #[error("material not in the item")]
    NoSuchMaterial,
    /// The person the application is about is not known, or not of this employer.
    #[error("person not found or not of this employer")]
    PersonNotFound,
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
            Error::ItemNotAvailable(code) => Self::not_found(
                "intake.item_not_available",
                format!("事项 {code} 不存在或已暂停办理，请在事项列表中重新选择"),
            ),
            Error::NotForYou => Self::forbidden(
                "intake.not_for_you",
                "您的账号类型不能办理该事项，请核对事项的服务对象后更换账号登录",
            ),
            Error::DraftNotFound => Self::not_found(
                "intake.draft_not_found",
                "未找到该草稿，可能已提交或删除，请在“我的草稿”中查看",
            ),
            Error::AlreadySubmitted => Self::conflict(
                "intake.already_submitted",
                "该申请已经提交，不能再修改。请在“我的办件”中查看进度",
            ),
            Error::TooManyDrafts => {
                Self::conflict("intake.too_many_drafts", "未提交的草稿已达 50 份，请先提交或删除不需要的草稿")
            }
            Error::Fields(fields) => Self::invalid_fields("intake.fields", fields),
            Error::Blocked { message, fields, .. } => {
                let mut fault = Self::new(FaultKind::Invalid, "intake.blocked", message);
                fault.fields = fields;
                fault
            }
            Error::NoSuchMaterial => {
                Self::not_found("intake.no_such_material", "该事项不需要这项材料，请刷新页面后重试")
            }
            Error::PersonNotFound => Self::invalid(
                "intake.person_not_found",
                "未找到申请对应的参保人员，或该人员不属于本单位，请核对身份证号或人员编号",
            ),
        }
    }
}
