//! Why a register refuses.

use base_db::DbError;
use base_kernel::{Fault, FieldFault, IdentityError, UsccError};
use base_slice::CheckOutcome;

/// A refusal or failure of the registers.
#[derive(Debug, thiserror::Error)]
pub enum PartyError {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The account is tied to no person, employer or organisation.
    #[error("the account has no data scope")]
    NoScope,
    /// Not there, or outside the reader's scope: the two are not told apart.
    #[error("person not found or not visible")]
    PersonNotFound,
    /// Not there, or outside the reader's scope.
    #[error("employer not found or not visible")]
    EmployerNotFound,
    /// Another active person has the document number.
    #[error("document number is taken")]
    IdTaken,
    /// Another employer has the code.
    #[error("unified social credit code is taken")]
    UsccTaken,
    /// The identity number is wrong.
    #[error("identity number: {0}")]
    Identity(#[source] IdentityError),
    /// The unified social credit code is wrong.
    #[error("unified social credit code: {0}")]
    Uscc(#[source] UsccError),
    /// Fields contradict each other or are out of range.
    #[error("fields at fault")]
    Fields(Vec<FieldFault>),
    /// The record changed since it was read.
    #[error("record changed meanwhile")]
    Moved,
    /// A change that changes nothing or contradicts itself.
    #[error("key change refused: {}", .0.detail)]
    KeyChange(Box<CheckOutcome>),
}

impl From<sqlx::Error> for PartyError {
    fn from(error: sqlx::Error) -> Self {
        let error = DbError::from(error);
        match error.constraint() {
            Some("person_id_once") => Self::IdTaken,
            Some("employer_uscc_once") => Self::UsccTaken,
            _ => Self::Db(error),
        }
    }
}

impl From<PartyError> for Fault {
    fn from(error: PartyError) -> Self {
        match error {
            PartyError::Db(error) => error.into(),
            PartyError::NoScope => Self::forbidden(
                "party.no_scope",
                "您的账号未关联个人、单位或机构，无法查询。请联系系统管理员",
            ),
            PartyError::PersonNotFound => {
                Self::not_found("party.person_not_found", "未找到该人员，或您无权查看。请核对人员编号")
            }
            PartyError::EmployerNotFound => {
                Self::not_found("party.employer_not_found", "未找到该单位，或您无权查看。请核对单位编号")
            }
            PartyError::IdTaken => Self::conflict(
                "party.id_taken",
                "该证件号码已登记在其他人员名下，请核对；一人多号请办理个人账户合并",
            ),
            PartyError::UsccTaken => {
                Self::conflict("party.uscc_taken", "该统一社会信用代码已登记，请勿重复登记")
            }
            PartyError::Identity(cause) => {
                Self::invalid_field("party.id_invalid", "id_no", cause.to_string())
            }
            PartyError::Uscc(cause) => Self::invalid_field("party.uscc_invalid", "uscc", cause.to_string()),
            PartyError::Fields(fields) => Self::invalid_fields("party.fields", fields),
            PartyError::Moved => Self::conflict("party.moved", "该人员信息刚被他人修改，请刷新后重新办理"),
            PartyError::KeyChange(outcome) => {
                let mut fault = Self::invalid("party.key_change", outcome.detail);
                fault.fields = outcome.fields;
                fault
            }
        }
    }
}
