//! Files that are careless or hostile.

use std::io::Write;

use rust_xlsxwriter::{Formula, Workbook};
use zip::write::SimpleFileOptions;

use super::{csv_of, row, xlsx_of};
use crate::rules::{COLUMNS, Cell, Column};
use crate::sheet::{FileFlaw, GUIDE, SHEET, read};

#[test]
fn workbook_and_text_read_alike() {
    let rows = [row(1), row(2)];
    let (from_book, from_text) = (read(&xlsx_of(&rows)).unwrap(), read(&csv_of(&rows)).unwrap());
    assert_eq!(from_book, from_text);
    assert_eq!(from_book[1].row, 3);
    let with_mark = [b"\xEF\xBB\xBF".to_vec(), csv_of(&rows)].concat();
    assert_eq!(read(&with_mark).unwrap(), from_text);
}

#[test]
fn the_template_is_a_roster_without_rows() {
    assert_eq!(read(&crate::template().unwrap()), Err(FileFlaw::Empty));
}

#[test]
fn wrong_files_are_named() {
    let headings = COLUMNS.map(|column| column.heading()).join(",");
    for (content, flaw) in [
        (Vec::new(), FileFlaw::Empty),
        (b"PK\x03\x04 and nothing more".to_vec(), FileFlaw::Unreadable),
        (xlsx_of(&[row(1)])[..900].to_vec(), FileFlaw::Unreadable),
        (vec![0xD0, 0xD5, 0xC3, 0xFB, b',', 0xB5, 0xD8], FileFlaw::Encoding),
        (vec![0xFF, 0xFE, b'a', 0], FileFlaw::Encoding),
        (b"a\0b".to_vec(), FileFlaw::Unreadable),
        (b"name,id\n1,2\n".to_vec(), FileFlaw::Heading { column: 'A', heading: "序号" }),
        (headings.replace("险种", "保险").into_bytes(), FileFlaw::Heading { column: 'M', heading: "险种" }),
        (headings.clone().into_bytes(), FileFlaw::Empty),
        ([headings.as_bytes(), "\n,,,\n".repeat(6_000).as_bytes()].concat(), FileFlaw::Empty),
        (csv_of(&vec![row(1); 5_001]), FileFlaw::TooManyRows),
    ] {
        assert_eq!(read(&content), Err(flaw));
    }
    assert_eq!(read(&csv_of(&vec![row(1); 5_000])).unwrap().len(), 5_000);
}

fn book(sheet: &str, write: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(sheet).unwrap();
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.write_string(0, at, column.heading()).unwrap();
    }
    write(sheet);
    book
}

#[test]
fn wrong_workbooks_are_named() {
    let mut other = book("Sheet1", |_| {});
    assert_eq!(read(&other.save_to_buffer().unwrap()), Err(FileFlaw::NoSheet));
    let mut old = book(SHEET, |_| {});
    old.add_worksheet().set_name(GUIDE).unwrap().write_string(0, 1, "2019-3").unwrap();
    assert_eq!(read(&old.save_to_buffer().unwrap()), Err(FileFlaw::Version));
    let mut shifted = book(SHEET, |sheet| {
        sheet.write_string(0, 3, "身份证").unwrap();
    });
    let flaw = FileFlaw::Heading { column: 'D', heading: "证件号码" };
    assert_eq!(read(&shifted.save_to_buffer().unwrap()), Err(flaw));
}

#[test]
fn formulas_stray_cells_and_dates() {
    let mut strange = book(SHEET, |sheet| {
        sheet.write_formula(1, 10, Formula::new("=1+1").set_result("10000")).unwrap();
        sheet.write_number(1, 6, 202_607).unwrap();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_number_with_format(1, 7, 46_204, &date).unwrap();
        sheet.write_string(1_048_575, 0, "末行").unwrap();
        sheet.write_string(5, 200, "旁注").unwrap();
    });
    let rows = read(&strange.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 1_048_576]);
    assert_eq!(rows[0].cell(Column::Wage), &Cell::Formula);
    assert_eq!(rows[0].cell(Column::StartMonth).month(), Some(super::month("2026-07")));
    assert_eq!(rows[0].cell(Column::HireDate), &Cell::Date(super::day("2026-07-01")));
    let csv = format!("{}\n1,=cmd()|x,\"=\"\"01\"\"\"\n", COLUMNS.map(|column| column.heading()).join(","));
    let rows = read(csv.as_bytes()).unwrap();
    assert_eq!(rows[0].cell(Column::Name), &Cell::Formula);
    assert_eq!(rows[0].cell(Column::IdType), &Cell::Text("01".into()));
}

/// A workbook whose sheet is replaced by other XML.
fn with_sheet(xml: &mut dyn Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut whole = zip::ZipArchive::new(std::io::Cursor::new(xlsx_of(&[row(1)]))).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..whole.len() {
        let entry = whole.by_index_raw(index).unwrap();
        if entry.name().unwrap() != "xl/worksheets/sheet1.xml" {
            out.raw_copy_file(entry).unwrap();
        }
    }
    out.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    for part in xml {
        out.write_all(&part).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn bombs_and_millions_of_empty_rows_are_refused_small() {
    let mut blanks = std::iter::repeat_n(vec![b' '; 1 << 20], 64);
    let bomb = with_sheet(&mut blanks);
    assert!(bomb.len() < 200_000);
    assert_eq!(read(&bomb), Err(FileFlaw::TooLarge));
    let head = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#
        .to_vec();
    let rows =
        (1..=1_000_000_u32).map(|row| format!(r#"<row r="{row}"><c r="A{row}" s="1"/></row>"#).into_bytes());
    let mut many = std::iter::once(head).chain(rows).chain([b"</sheetData></worksheet>".to_vec()]);
    assert_eq!(read(&with_sheet(&mut many)), Err(FileFlaw::TooLarge));
    let head = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#
        .to_vec();
    let rows = (1..=100_000_u32).map(|row| format!(r#"<row r="{row}"/>"#).into_bytes());
    let mut many = std::iter::once(head).chain(rows).chain([b"</sheetData></worksheet>".to_vec()]);
    assert!(matches!(read(&with_sheet(&mut many)), Err(FileFlaw::Heading { .. })));
}
