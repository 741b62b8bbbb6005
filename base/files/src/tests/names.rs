//! Names that people give.

use proptest::prelude::*;

use crate::{disposition, safe_name};

#[test]
fn path_parts_and_control_characters_go() {
    assert_eq!(safe_name("../../etc/passwd"), "passwd");
    assert_eq!(safe_name("C:\\用户\\张三\\身份证.jpg"), "身份证.jpg");
    assert_eq!(safe_name("a\u{0}b\r\n.pdf"), "ab.pdf");
    assert_eq!(safe_name("发票\u{202E}gpj.exe"), "发票gpj.exe");
    assert_eq!(safe_name("..hidden.png"), "hidden.png");
    assert_eq!(safe_name("///"), "未命名");
    assert_eq!(safe_name("  "), "未命名");
}

#[test]
fn a_long_name_keeps_its_extension() {
    let name = safe_name(&format!("{}.xlsx", "长".repeat(300)));
    assert_eq!(name.chars().count(), 120);
    assert!(name.ends_with("长.xlsx"));
}

#[test]
fn a_header_carries_chinese_and_nothing_else() {
    assert_eq!(
        disposition("核定表 1.pdf", false),
        "attachment; filename*=UTF-8''%E6%A0%B8%E5%AE%9A%E8%A1%A8%201.pdf"
    );
    assert!(disposition("a\r\nb\"", true).bytes().all(|b| (0x20..0x7F).contains(&b)));
}

proptest! {
    #[test]
    fn any_name_becomes_safe(given in "\\PC{0,300}") {
        let name = safe_name(&given);
        prop_assert!((1..=120).contains(&name.chars().count()));
        prop_assert!(!name.contains(['/', '\\', '\0', '\n']));
        prop_assert!(!name.starts_with('.'));
        prop_assert_eq!(safe_name(&name), name);
    }
}
