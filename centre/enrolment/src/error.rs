//! Why enrolment refuses.

use base_db::DbError;
use base_files::FileError;
use base_kernel::{Fault, MonthError};
use centre_party::PartyError;

use crate::rules::Flaw;
use crate::sheet::FileFlaw;

/// A refusal or failure of enrolment.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The registers refused.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// The stored file can't be had.
    #[error(transparent)]
    File(#[from] FileError),
    /// The roster as a whole can't be read.
    #[error(transparent)]
    Roster(#[from] FileFlaw),
    /// The person can't be enrolled this way.
    #[error("refused: {}", .0.iter().map(|flaw| flaw.code).collect::<Vec<_>>().join(" "))]
    Refused(Vec<Flaw>),
    /// A form field that validation should have caught.
    #[error("form field {0}")]
    Form(&'static str),
    /// Not there, or not visible to the reader.
    #[error("batch not found or not visible")]
    BatchNotFound,
    /// The same file was handed in before.
    #[error("same roster as case {0}")]
    SameFile(String),
    /// The employer may not enrol anybody now.
    #[error("employer is not in good standing")]
    EmployerClosed,
    /// Somebody else enrolled the person in the meantime.
    #[error("enrolled meanwhile")]
    Moved,
    /// A workbook could not be written.
    #[error("workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The contribution centre refused.
    #[error("contribution: {0}")]
    Contribution(Box<Fault>),
}

impl From<sqlx::Error> for EnrolmentError {
    fn from(error: sqlx::Error) -> Self {
        let error = DbError::from(error);
        match error.constraint() {
            Some("period_one_active" | "period_one_active_here") => Self::Moved,
            _ => Self::Db(error),
        }
    }
}

impl From<MonthError> for EnrolmentError {
    fn from(_: MonthError) -> Self {
        Self::Form("month")
    }
}

impl From<EnrolmentError> for Fault {
    fn from(error: EnrolmentError) -> Self {
        match error {
            EnrolmentError::Db(error) => error.into(),
            EnrolmentError::Party(error) => error.into(),
            EnrolmentError::File(error) => error.into(),
            EnrolmentError::Contribution(fault) => *fault,
            EnrolmentError::Roster(flaw) => {
                Self::invalid_field("enrolment.roster", "file_id", flaw.to_string())
            }
            EnrolmentError::Refused(flaws) => {
                let fields = flaws.iter().map(Flaw::as_field).collect();
                Self::invalid_fields("enrolment.refused", fields)
            }
            EnrolmentError::Form(field) => {
                Self::invalid_field("enrolment.form", field, "内容缺失或格式不正确，请重新填写")
            }
            EnrolmentError::BatchNotFound => {
                Self::not_found("enrolment.batch_not_found", "未找到该批次，或您无权查看。请核对办件编号")
            }
            EnrolmentError::SameFile(case) => Self::conflict(
                "enrolment.same_file",
                format!("同一文件已在办件{case}中导入，请勿重复导入。如有修改请上传修改后的文件"),
            ),
            EnrolmentError::EmployerClosed => Self::conflict(
                "enrolment.employer_closed",
                "本单位的社会保险登记状态不正常，不能办理增员。请先到经办窗口恢复登记",
            ),
            EnrolmentError::Moved => {
                Self::conflict("enrolment.moved", "该人员的参保状态刚刚发生变化，请刷新后核对并重新办理")
            }
            EnrolmentError::Workbook(_) => Self::internal(error),
        }
    }
}
