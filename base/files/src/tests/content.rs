//! What a file is, is told from its content.

use base_kernel::Fault;

use super::archive;
use crate::{FileError, Kind};

const BOOK: [&str; 2] = ["[Content_Types].xml", "xl/workbook.xml"];

#[test]
fn known_kinds_are_told_apart() {
    assert_eq!(Kind::sniff(b"%PDF-1.7\n...").unwrap(), Kind::Pdf);
    assert_eq!(Kind::sniff(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]).unwrap(), Kind::Jpg);
    assert_eq!(Kind::sniff(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap(), Kind::Png);
    assert_eq!(Kind::sniff(&archive(&BOOK, 100, 0)).unwrap(), Kind::Xlsx);
    assert_eq!(Kind::sniff("\u{FEFF}序号,姓名\r\n1,张三\r\n".as_bytes()).unwrap(), Kind::Csv);
}

#[test]
fn other_content_is_refused() {
    let refused = |content: &[u8]| matches!(Kind::sniff(content), Err(FileError::UnknownKind));
    assert!(refused(b"\x7fELF\x02\x01\x01\0"));
    assert!(refused(b"<html><script>1</script></html>"));
    assert!(refused("\u{FEFF} <svg onload=x>".as_bytes()));
    assert!(refused(b"MZ\x90\0"));
    assert!(refused(b"PK\x03\x04 cut off"));
    assert!(refused(&archive(&["word/document.xml", "[Content_Types].xml"], 1, 0)));
    assert!(
        matches!(Kind::sniff(&[0xD0, 0xC5, 0xC3, 0xFB, b',']), Err(FileError::NotUtf8)),
        "GBK text is told apart, so that the person learns what to do"
    );
}

#[test]
fn dangerous_workbooks_are_refused() {
    let why = |names: &[&str], unpacked, flags| match Kind::sniff(&archive(names, unpacked, flags)) {
        Err(FileError::UnsafeWorkbook(why)) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&[BOOK[0], BOOK[1], "xl/vbaProject.bin"], 1, 0), "含有宏");
    assert_eq!(why(&BOOK, 1, 1), "已加密");
    assert_eq!(why(&BOOK, 150 * 1024 * 1024, 0), "解压后过大");
}

#[test]
fn every_refusal_says_what_to_do() {
    let all = [
        FileError::Empty,
        FileError::TooLarge { limit: 20 * 1024 * 1024 },
        FileError::UnknownKind,
        FileError::KindDiffers { claimed: "pdf".into(), found: "png" },
        FileError::UnsafeWorkbook("含有宏"),
        FileError::NotUtf8,
    ];
    for error in all {
        let message = Fault::from(error).message;
        assert!(message.contains('请'), "{message}");
    }
}
