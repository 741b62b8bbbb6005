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

/// The longest things that can come: nothing may leave its cell or the page.
#[test]
fn long_values_wrap() {
    let renderer = renderer();
    let company =
        "上海临港国际人工智能产业创新发展与科技成果转化服务（集团）股份有限公司浦东新区第二分公司".repeat(2);
    let english =
        "Shanghai-International-Precision-Machinery-Manufacturing-And-Trading-Company-Limited".repeat(2);
    let mut data = sample("pension-award");
    data["name"] = format!("古丽努尔{}买买提", "·阿卜杜热西提".repeat(6)).into();
    data["employer_name"] = format!("{company}{english}").into();
    data["bank_name"] = company.clone().into();
    data["derivation"][3]["formula"] = "（12346.00＋12346.00×1.3527）÷2×40×1%".repeat(6).into();
    data["derivation"][3]["value"] = "123456789012.00元".into();
    let mut issuer = meta("基本养老金核定表");
    issuer.issuer = "上海市社会保险事业管理中心浦东新区分中心川沙新镇社区事务受理服务中心".into();
    let pdf = renderer.render("pension-award", &data, &issuer).unwrap().0;
    keep("long", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let flat = squeeze(&text);
    assert!(flat.contains("川沙新镇社区事务受理服务中心"), "{text}");
    for part in ["Shanghai-Int", "Company-Limi", "买买提"] {
        assert!(flat.contains(part), "{part} is not in\n{text}");
    }
}

/// Amounts in words as on a cheque (支付结算办法 附一).
#[test]
fn amounts_are_written_in_words() {
    let cases = [
        (885_940_i64, "捌仟捌佰伍拾玖元肆角整"),
        (100_000, "壹仟元整"),
        (1_000_500, "壹万零伍元整"),
        (10_000_000, "壹拾万元整"),
        (100_050_000, "壹佰万零伍佰元整"),
        (10_000_000_500, "壹亿零伍元整"),
        (101, "壹元零壹分"),
        (600_714, "陆仟零柒元壹角肆分"),
        (10, "壹角整"),
        (0, "零元整"),
    ];
    for (fen, words) in cases {
        let mut data = sample("pension-award");
        data["total_fen"] = fen.into();
        let pdf = renderer().render("pension-award", &data, &meta("基本养老金核定表")).unwrap().0;
        let Some(text) = text_of(&pdf) else { return };
        assert!(squeeze(&text).contains(&format!("（大写）{words}")), "{fen}: {words} is not in\n{text}");
    }
}
