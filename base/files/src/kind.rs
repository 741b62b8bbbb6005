//! What a file really is, told from its content.

use crate::FileError;

/// An accepted kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// JPEG picture.
    Jpg,
    /// PNG picture.
    Png,
    /// Office Open XML workbook without macros.
    Xlsx,
    /// Comma-separated text in UTF-8.
    Csv,
}

/// Most bytes a workbook may hold when unpacked: 5,000 rows need a hundredth of it.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// Most entries in a workbook.
const MAX_ENTRIES: usize = 2_000;

impl Kind {
    /// Usual extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpg => "jpg",
            Self::Png => "png",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The kind an extension names, `jpeg` included.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        let known = [Self::Pdf, Self::Jpg, Self::Png, Self::Xlsx, Self::Csv];
        let extension = extension.to_ascii_lowercase();
        let extension = if extension == "jpeg" { "jpg" } else { extension.as_str() };
        known.into_iter().find(|kind| kind.extension() == extension)
    }

    /// Tells the kind from the content.
    ///
    /// # Errors
    /// [`FileError::UnknownKind`], [`FileError::NotUtf8`] or [`FileError::UnsafeWorkbook`].
    pub fn sniff(content: &[u8]) -> Result<Self, FileError> {
        const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n'];
        if content.starts_with(b"%PDF-") {
            Ok(Self::Pdf)
        } else if content.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Ok(Self::Jpg)
        } else if content.starts_with(&PNG) {
            Ok(Self::Png)
        } else if content.starts_with(b"PK\x03\x04") {
            workbook(content).map(|()| Self::Xlsx)
        } else {
            text_table(content).map(|()| Self::Csv)
        }
    }
}

/// Text that a table reader can take: UTF-8, no control characters but tab and line ends.
fn text_table(content: &[u8]) -> Result<(), FileError> {
    let looks_binary = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n');
    if content.iter().any(looks_binary) {
        return Err(FileError::UnknownKind);
    }
    let text = std::str::from_utf8(content).map_err(|_| FileError::NotUtf8)?;
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    // A page or picture in markup is text as well, but never a table.
    if start.starts_with('<') || start.starts_with("%!") {
        return Err(FileError::UnknownKind);
    }
    Ok(())
}

/// Reads the central directory (APPNOTE.TXT §4.3.12): a workbook, without macros, of reasonable size when unpacked.
fn workbook(content: &[u8]) -> Result<(), FileError> {
    let mut has = (false, false);
    let mut unpacked = 0_u64;
    for entry in central_directory(content).ok_or(FileError::UnknownKind)? {
        has.0 |= entry.name == b"[Content_Types].xml";
        has.1 |= entry.name == b"xl/workbook.xml";
        unpacked = unpacked.saturating_add(u64::from(entry.unpacked));
        if entry.name.ends_with(b"vbaProject.bin") {
            return Err(FileError::UnsafeWorkbook("含有宏"));
        }
        if entry.encrypted {
            return Err(FileError::UnsafeWorkbook("已加密"));
        }
    }
    match has {
        _ if unpacked > MAX_UNPACKED => Err(FileError::UnsafeWorkbook("解压后过大")),
        (true, true) => Ok(()),
        _ => Err(FileError::UnknownKind),
    }
}

struct Entry<'a> {
    name: &'a [u8],
    unpacked: u32,
    encrypted: bool,
}

/// Entries of a zip archive; none when the archive is cut off or has too many.
fn central_directory(content: &[u8]) -> Option<Vec<Entry<'_>>> {
    let tail = content.len().saturating_sub(65_557);
    let end = content[tail..].windows(4).rposition(|window| window == b"PK\x05\x06")? + tail;
    let count = usize::from(u16_at(content, end + 10)?);
    let mut at = usize::try_from(u32_at(content, end + 16)?).ok()?;
    if count > MAX_ENTRIES {
        return None;
    }
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        if content.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let length = |offset| u16_at(content, at + offset).map(usize::from);
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        entries.push(Entry {
            name: content.get(at + 46..at + 46 + name)?,
            unpacked: u32_at(content, at + 24)?,
            encrypted: u16_at(content, at + 8)? & 1 == 1,
        });
        at += 46 + name + extra + comment;
    }
    Some(entries)
}

fn u16_at(content: &[u8], at: usize) -> Option<u16> {
    content.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(content: &[u8], at: usize) -> Option<u32> {
    content.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
