//! Every template sets its sample: text complete, nothing cut off, no empty boxes.

use serde_json::Value;

use super::{keep, meta, renderer, sample, text_of};

const TITLES: [(&str, &str); 8] = [
    ("pension-award", "基本养老金核定表"),
    ("contribution-certificate", "参保缴费证明"),
    ("batch-result", "批量处理结果单"),
    ("enrolment-receipt", "参保登记回执"),
    ("key-change-confirmation", "关键信息变更确认单"),
    ("acceptance-notice", "受理通知书"),
    ("correction-notice", "一次性补正通知书"),
    ("rejection-notice", "不予核定决定书"),
];

#[test]
fn every_template_has_a_sample_and_sets_it() {
    let renderer = renderer();
    let names: Vec<&str> = renderer.templates().collect();
    assert_eq!(names.len(), TITLES.len(), "{names:?}");
    for (name, title) in TITLES {
        let data = sample(name);
        let pdf = renderer.render(name, &data, &meta(title)).unwrap_or_else(|e| panic!("{name}: {e}")).0;
        keep(name, &pdf);
        let Some(text) = text_of(&pdf) else { continue };
        let flat = squeeze(&text);
        for expected in [title, "YLHD-2026-0000123", "3105882047719603", "电子印章", "2026年7月1日"] {
            assert!(flat.contains(&squeeze(expected)), "{name}: {expected} is not in\n{text}");
        }
        // Short values stand unbroken in the text; long ones may wrap in a cell.
        each_short_text(&data, &mut |value| {
            assert!(flat.contains(&squeeze(value)), "{name}: {value} is not in\n{text}");
        });
    }
}

/// Spaces and the joints of wrapped lines say nothing about content.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

fn each_short_text(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        // Months, days and times are printed in words.
        Value::String(text) if looks_dated(text) => {}
        Value::String(text) if text.chars().count() <= 5 => visit(text),
        Value::Array(rows) => rows.iter().for_each(|row| each_short_text(row, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_short_text(field, visit)),
        _ => {}
    }
}

fn looks_dated(text: &str) -> bool {
    text.len() >= 7 && text.as_bytes()[4] == b'-' && text[..4].bytes().all(|b| b.is_ascii_digit())
}
