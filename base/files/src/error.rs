//! What can go wrong with a file.

use base_db::DbError;
use base_kernel::{Fault, FaultKind};

/// Why a file was refused or can't be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No bytes.
    #[error("empty file")]
    Empty,
    /// Larger than the limit, in bytes.
    #[error("file larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The content is none of the accepted kinds.
    #[error("content is of no accepted kind")]
    UnknownKind,
    /// The content is of another kind than its name or the place of use says.
    #[error("claimed {claimed}, found {found}")]
    KindDiffers {
        /// Extension the name or the place of use claims.
        claimed: String,
        /// Extension of what was found.
        found: &'static str,
    },
    /// A workbook with macros, encryption, or an unreasonable size when unpacked.
    #[error("unsafe workbook: {0}")]
    UnsafeWorkbook(&'static str),
    /// A text table that is not UTF-8.
    #[error("csv is not UTF-8")]
    NotUtf8,
    /// No such file.
    #[error("no such file")]
    NotFound,
    /// The stored content no longer has the digest on record.
    #[error("stored content of {0} does not match its digest")]
    Damaged(base_kernel::FileId),
    /// The object store failed.
    #[error("object store")]
    Store(#[from] object_store::Error),
    /// The folder can't be used.
    #[error("file folder")]
    Folder(#[source] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for FileError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<FileError> for Fault {
    fn from(error: FileError) -> Self {
        let refuse = |code, message: String| Self::invalid(code, message);
        match error {
            FileError::Empty => refuse("files.empty", "文件没有内容，请重新选择文件".into()),
            FileError::TooLarge { limit } => {
                let message = format!("文件超过{}MB，请压缩后重新上传", limit / (1024 * 1024));
                Self::new(FaultKind::TooLarge, "files.too_large", message)
            }
            FileError::UnknownKind => {
                refuse("files.kind", "不支持此类文件，请上传PDF、JPG、PNG、XLSX或CSV文件".into())
            }
            FileError::KindDiffers { claimed, found } => refuse(
                "files.kind_differs",
                format!("文件内容是{found}，与要求或文件名中的{claimed}不一致，请重新选择文件"),
            ),
            FileError::UnsafeWorkbook(why) => {
                refuse("files.workbook", format!("表格文件{why}，请另存为普通的xlsx文件后重新上传"))
            }
            FileError::NotUtf8 => {
                refuse("files.encoding", "CSV文件须为UTF-8编码，请另存为“CSV UTF-8”后重新上传".into())
            }
            FileError::NotFound => Self::not_found("files.not_found", "文件不存在，或您无权查看"),
            FileError::Db(error) => error.into(),
            error @ (FileError::Damaged(_) | FileError::Store(_) | FileError::Folder(_)) => {
                Self::internal(error)
            }
        }
    }
}
