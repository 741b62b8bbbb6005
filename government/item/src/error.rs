//! What can be wrong with the catalogue or with a request for an item.

use base_db::DbError;
use base_kernel::Fault;

/// A catalogue that can't be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file can't be read or has the wrong shape.
    #[error("目录文件 {file} 无法识别，请按提示的位置修改：{detail}")]
    Unreadable {
        /// File.
        file: String,
        /// Line, column and reason.
        detail: String,
    },
    /// Two files hold the same version of the same item, or the same process or code set.
    #[error("{code} 的同一版本出现在两个文件中：{first} 与 {second}")]
    Twice {
        /// Item, process or code set.
        code: String,
        /// One file.
        first: String,
        /// The other.
        second: String,
    },
    /// A version that was published before has other content now.
    #[error("事项 {code} 第 {version} 版已发布，内容不能再改（文件 {file}）。请将 version 加 1 后再修改")]
    Changed {
        /// Item.
        code: String,
        /// Version.
        version: u32,
        /// File.
        file: String,
    },
    /// A process file is not sound.
    #[error(transparent)]
    Process(#[from] engine_process::DefinitionError),
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A refusal or failure of this slice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// No such item.
    #[error("item not found")]
    NotFound,
    /// A reason of at most 500 characters is required.
    #[error("reason missing or too long")]
    Reason,
    /// No new applications at present.
    #[error("item suspended")]
    Suspended {
        /// Why.
        reason: String,
    },
    /// Somebody else changed the status at the same moment.
    #[error("status changed by another step")]
    Raced,
    /// No such code set.
    #[error("code set not found")]
    NoCodeSet,
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
            Error::NotFound => {
                Self::not_found("item.not_found", "未找到该事项，请核对事项编码，或在事项列表中查找")
            }
            Error::Reason => {
                Self::invalid_field("item.reason", "reason", "请填写暂停或恢复的原因，不超过 500 个字")
            }
            Error::Suspended { reason } => Self::conflict(
                "item.suspended",
                format!(
                    "该事项暂停受理：{reason}。已提交的办件不受影响，恢复时间请留意通知或拨打 12333 咨询"
                ),
            ),
            Error::Raced => Self::conflict("item.raced", "该事项的状态刚刚被其他管理员变更，请刷新后查看"),
            Error::NoCodeSet => Self::not_found("item.no_code_set", "未找到该代码集，请核对名称"),
        }
    }
}
