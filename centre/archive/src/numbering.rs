//! Archive numbers (档号, items.md §7.4): `全宗号-门类·年度-保管期限-类别.环节-件号`.

use base_kernel::ItemCode;

use crate::retention::Term;

/// The number without its last part; the item number runs within it.
pub(crate) fn prefix(
    org_path: &str,
    item: &ItemCode,
    year: i32,
    term: Term,
    class: &str,
    link: &str,
) -> String {
    format!("{}-{}·{year}-{}-{class}.{link}", fonds(org_path), branch(item), term.code())
}

/// 全宗号: `310` for the city, the district code for a district and what lies below it.
fn fonds(org_path: &str) -> &str {
    let district = org_path.split('/').nth(1).and_then(|segment| segment.get(..6));
    match district.filter(|code| code.bytes().all(|b| b.is_ascii_digit()) && *code != "310000") {
        Some(code) => code,
        None => "310",
    }
}

/// 门类 by domain of the item.
fn branch(item: &ItemCode) -> &'static str {
    match item.as_str().split('-').next().unwrap_or_default() {
        "SI" => "SB",
        "EM" => "JY",
        "LR" => "LD",
        "TA" => "RC",
        _ => "QT",
    }
}
