//! What can go wrong with a document.

use base_db::DbError;
use base_files::FileError;
use base_kernel::{Fault, FaultKind};

/// Why a document can't be issued, rendered or shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A face is not in the font folder.
    #[error(
        "font {name} not found below {dir}: 未找到出具文书所需的字体。请先执行 make run 安装字体，或检查配置中的字体目录"
    )]
    FontMissing {
        /// File name of the face.
        name: &'static str,
        /// Folder searched.
        dir: String,
    },
    /// A template can't be read, or declares its data in an unreadable way.
    #[error("template {name}: {detail}")]
    Template {
        /// Template or folder.
        name: String,
        /// What is wrong.
        detail: String,
    },
    /// No template of that name.
    #[error("no template {0}")]
    UnknownTemplate(String),
    /// The data lack something the template declares; the text is Chinese.
    #[error("data do not fit the template: {0}")]
    Data(String),
    /// The data are larger than one document may carry.
    #[error("data too large for one document")]
    DataTooLarge,
    /// Characters that no installed font has.
    #[error("no glyph for {0:?}")]
    Glyphs(Vec<char>),
    /// The document came out longer than allowed.
    #[error("{0} pages")]
    TooManyPages(usize),
    /// The address does not fit a QR code.
    #[error("QR code: {0}")]
    Qr(String),
    /// The typesetter refused; a defect of the template.
    #[error("typesetting failed: {0}")]
    Typesetting(String),
    /// Rendering took longer than allowed.
    #[error("rendering took too long")]
    TooSlow,
    /// Too many documents are being rendered at this moment.
    #[error("renderer busy")]
    Busy,
    /// No such document, or not visible to the caller.
    #[error("no such document")]
    NotFound,
    /// The document was declared void.
    #[error("document is void")]
    Void,
    /// A prefix that is not two to eight capital letters.
    #[error("number prefix {0:?}")]
    Prefix(String),
    /// Too many verifications in a short time.
    #[error("too many verifications")]
    TooMany,
    /// Stored content failed.
    #[error(transparent)]
    File(#[from] FileError),
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
        let busy = "当前出具文书的人较多，请稍后重试";
        match error {
            Error::Data(detail) => {
                Self::invalid("document.data", format!("无法出具文书：{detail}。请补全后重试"))
            }
            Error::DataTooLarge | Error::TooManyPages(_) => {
                Self::invalid("document.too_large", "文书内容过多，请缩小范围后分次出具")
            }
            Error::Glyphs(missing) => Self::invalid("document.glyphs", glyph_message(&missing)),
            Error::NotFound => Self::not_found("document.not_found", "文书不存在，或您无权查看"),
            Error::Void => Self::conflict("document.void", "该文书已作废，请以重新出具的文书为准"),
            Error::Busy | Error::TooSlow => {
                Self::new(FaultKind::Unavailable, "document.busy", busy).because(error)
            }
            Error::TooMany => {
                Self::new(FaultKind::TooMany, "document.too_many", "核验过于频繁，请一分钟后再试")
            }
            Error::FontMissing { .. } => Self::new(
                FaultKind::Unavailable,
                "document.fonts",
                "系统缺少出具文书所需的字体，请联系技术支持（执行 make run 可安装）",
            )
            .because(error),
            Error::File(error) => error.into(),
            Error::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}

/// Names the characters by code point: the reader's own font may lack them as well.
fn glyph_message(missing: &[char]) -> String {
    let named: Vec<String> =
        missing.iter().take(10).map(|c| format!("{c}（U+{:04X}）", u32::from(*c))).collect();
    format!("文书中含有字体未收录的字：{}。请联系技术支持补充字体后再出具", named.join("、"))
}
