//! Reading a roster file. Everything a hostile or careless file can do ends in one Chinese sentence.
//!
//! A workbook is unpacked once into nothing to learn its true size before the reader sees it (the sizes in its directory
//! may lie), and its cells are streamed, so that a stray cell in row 1,048,576 costs nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, sink};

use calamine::{DataRef, Reader, Xlsx};

use crate::rules::{COLUMNS, Cell, RawRow};

/// Most rows of a roster (E03).
pub const MAX_ROWS: usize = 5_000;

/// Sheet that holds the rows.
pub const SHEET: &str = "增员花名册";

/// Sheet that explains them and carries the version of the template.
pub(crate) const GUIDE: &str = "填写说明";

/// Version of the template.
pub const VERSION: &str = "2026-1";

/// Most bytes of an unpacked workbook; 5,000 rows need about five million.
const MAX_UNPACKED: u64 = 24 * 1024 * 1024;

/// Most entries of a workbook.
const MAX_ENTRIES: usize = 500;

/// What is wrong with the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFlaw {
    /// Neither a workbook nor a table of text.
    #[error("文件无法读取，可能已损坏或不是 xlsx、csv 文件。请下载模板重新填写")]
    Unreadable,
    /// Larger than any roster when unpacked.
    #[error("文件展开后过大，可能含有大量空行、图片或格式。请将数据复制到新下载的模板后重新上传")]
    TooLarge,
    /// Not UTF-8.
    #[error("CSV 文件须为 UTF-8 编码。请另存为“CSV UTF-8（逗号分隔）”后重新上传")]
    Encoding,
    /// The sheet is not there.
    #[error("文件中没有名为“增员花名册”的工作表。请使用页面提供的模板")]
    NoSheet,
    /// Made from another version of the template.
    #[error("模板版本不是当前版本 2026-1。请重新下载模板填写")]
    Version,
    /// A heading is missing or in another place.
    #[error("第 1 行第 {column} 列应为“{heading}”。请使用页面提供的模板，不要增删或移动列")]
    Heading {
        /// Letter of the column.
        column: char,
        /// What should stand there.
        heading: &'static str,
    },
    /// No rows.
    #[error("文件中没有数据行。请从第 2 行开始填写")]
    Empty,
    /// Too many rows.
    #[error("文件超过 5000 行。请拆分为多个文件，分别上传")]
    TooManyRows,
}

/// The rows of a roster, those without any content left out.
///
/// # Errors
/// [`FileFlaw`].
pub(crate) fn read(content: &[u8]) -> Result<Vec<RawRow>, FileFlaw> {
    let rows = if content.starts_with(b"PK\x03\x04") { workbook(content)? } else { text(content)? };
    if rows.is_empty() { Err(FileFlaw::Empty) } else { Ok(rows) }
}

fn workbook(content: &[u8]) -> Result<Vec<RawRow>, FileFlaw> {
    measure(content)?;
    let mut book = Xlsx::new(Cursor::new(content)).map_err(|_| FileFlaw::Unreadable)?;
    let sheets = book.sheet_names();
    if !sheets.iter().any(|name| name == SHEET) {
        return Err(FileFlaw::NoSheet);
    }
    if sheets.iter().any(|name| name == GUIDE) && guide_version(&mut book)? != VERSION {
        return Err(FileFlaw::Version);
    }
    let date_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(SHEET).map_err(|_| FileFlaw::Unreadable)?;
    let mut rows: BTreeMap<u32, [Cell; 13]> = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(|_| FileFlaw::Unreadable)? {
        let Some(slot) = usize::try_from(cell.pos.1).ok().filter(|column| *column < COLUMNS.len()) else {
            continue;
        };
        let value = if cell.formula.is_some() { Cell::Formula } else { cell_of(&cell.value, date_1904) };
        if value.is_empty() {
            continue;
        }
        // One more than allowed, for the heading.
        if rows.len() > MAX_ROWS && !rows.contains_key(&cell.pos.0) {
            return Err(FileFlaw::TooManyRows);
        }
        rows.entry(cell.pos.0).or_default()[slot] = value;
    }
    let heading = rows.remove(&0).unwrap_or_default();
    headings(&heading.map(|cell| cell.text()))?;
    if rows.len() > MAX_ROWS {
        return Err(FileFlaw::TooManyRows);
    }
    Ok(rows.into_iter().map(|(row, cells)| RawRow { row: row + 1, cells }).collect())
}

fn guide_version(book: &mut Xlsx<Cursor<&[u8]>>) -> Result<String, FileFlaw> {
    let mut reader = book.worksheet_cells_reader(GUIDE).map_err(|_| FileFlaw::Unreadable)?;
    while let Some(cell) = reader.next_cell().map_err(|_| FileFlaw::Unreadable)? {
        if cell.get_position() == (0, 1) {
            return Ok(cell_of(cell.get_value(), false).text());
        }
    }
    Ok(String::new())
}

/// Unpacks into nothing, as far as a roster may go.
fn measure(content: &[u8]) -> Result<(), FileFlaw> {
    let mut archive = zip::ZipArchive::new(Cursor::new(content)).map_err(|_| FileFlaw::Unreadable)?;
    if archive.len() > MAX_ENTRIES {
        return Err(FileFlaw::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|_| FileFlaw::Unreadable)?.take(left + 1);
        let size = std::io::copy(&mut entry, &mut sink()).map_err(|_| FileFlaw::Unreadable)?;
        left = left.checked_sub(size).ok_or(FileFlaw::TooLarge)?;
    }
    Ok(())
}

fn cell_of(value: &DataRef<'_>, date_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => of_text(text),
        DataRef::SharedString(text) => of_text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            day.map_or_else(|| of_text(text), Cell::Date)
        }
        #[expect(clippy::cast_precision_loss, reason = "whole numbers of a sheet are far below 2^53")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(yes) => Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) => day_of(moment.as_f64(), date_1904),
        DataRef::Error(_) => Cell::Broken,
    }
}

/// A day by its serial number: 1 is 1900-01-01, 60 the 29 February 1900 that never was.
fn day_of(serial: f64, date_1904: bool) -> Cell {
    #[expect(clippy::cast_possible_truncation, reason = "held within five digits")]
    let days = serial.floor().clamp(0.0, 99_999.0) as i64 + if date_1904 { 1_462 } else { 0 };
    chrono::NaiveDate::from_ymd_opt(1899, 12, 30)
        .and_then(|epoch| epoch.checked_add_signed(chrono::Duration::days(days)))
        .map_or(Cell::Broken, Cell::Date)
}

fn of_text(text: &str) -> Cell {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn text(content: &[u8]) -> Result<Vec<RawRow>, FileFlaw> {
    if content.contains(&0) && std::str::from_utf8(content).is_ok() {
        return Err(FileFlaw::Unreadable);
    }
    let text = std::str::from_utf8(content).map_err(|_| FileFlaw::Encoding)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut heading: Option<[String; 13]> = None;
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| FileFlaw::Unreadable)?;
        let mut cells: [Cell; 13] = Default::default();
        for (slot, value) in cells.iter_mut().zip(record.iter()) {
            *slot = of_csv(value);
        }
        if heading.is_none() {
            let found = cells.map(|cell| cell.text());
            headings(&found)?;
            heading = Some(found);
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            if rows.len() == MAX_ROWS {
                return Err(FileFlaw::TooManyRows);
            }
            rows.push(RawRow { row: u32::try_from(index + 1).unwrap_or(u32::MAX), cells });
        }
    }
    if heading.is_none() { Err(FileFlaw::Empty) } else { Ok(rows) }
}

/// Text of a csv cell. What a spreadsheet would run as a formula is one here as well; `="310…"` is how they write digits
/// that must stay text, and is taken as such.
fn of_csv(value: &str) -> Cell {
    match of_text(value) {
        Cell::Text(text) => {
            if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
                return of_text(inner);
            }
            if text.starts_with(['=', '@']) { Cell::Formula } else { Cell::Text(text) }
        }
        other => other,
    }
}

fn headings(found: &[String; 13]) -> Result<(), FileFlaw> {
    for (column, found) in COLUMNS.iter().zip(found) {
        // The template marks what must be filled in with an asterisk.
        if found.trim_end_matches(['*', '＊']).trim() != column.heading() {
            return Err(FileFlaw::Heading { column: column.letter(), heading: column.heading() });
        }
    }
    Ok(())
}
