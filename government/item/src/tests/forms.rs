//! Tests of government-item: forms.

use serde_json::{Map, Value, json};

use super::{day, item, map, retirement};
use crate::form::{is_shown, masked_text, validate, validate_field, validate_partial, value_text};
use crate::{FieldKind, Item};

fn faults(item: &Item, form: &Map<String, Value>) -> Vec<(String, String)> {
    let found = validate(item, form, day("2026-07-01")).err().unwrap_or_default();
    found.into_iter().map(|fault| (fault.field, fault.message)).collect()
}

fn keys(item: &Item, form: &Map<String, Value>) -> Vec<String> {
    faults(item, form).into_iter().map(|(key, _)| key).collect()
}

fn with(changes: Value) -> Map<String, Value> {
    let mut form = retirement();
    form.extend(map(changes));
    form
}

#[test]
fn a_whole_form_is_accepted_and_normalised() {
    let yl = item("SI-YL-001");
    let done = validate(&yl, &with(json!({ "name": "  张丽华 " })), day("2026-07-01")).unwrap();
    assert_eq!(done["name"], "张丽华");
    assert_eq!(validate(&yl, &done, day("2026-07-01")).unwrap(), done, "a second time changes nothing");
}

#[test]
fn missing_fields_are_named_in_order() {
    let yl = item("SI-YL-001");
    let found = faults(&yl, &Map::new());
    assert_eq!(found[0], ("person_no".into(), "请填写人员编号".into()));
    assert!(found.contains(&("chosen_month".into(), "请选择选定退休年月".into())));
    let cb = item("SI-CB-011");
    assert!(faults(&cb, &Map::new()).contains(&("file_id".into(), "请上传增员花名册".into())));
}

#[test]
fn blank_text_and_empty_lists_are_missing() {
    let yl = item("SI-YL-001");
    for blank in [json!(""), json!("   "), json!(null), json!("\u{3000}")] {
        assert_eq!(keys(&yl, &with(json!({ "payee_bank": blank }))), ["payee_bank"]);
    }
    let cb = item("SI-CB-028");
    let found = faults(&cb, &map(json!({ "insurance_types": [] })));
    assert!(found.contains(&("insurance_types".into(), "请至少选择一项险种".into())));
}

#[test]
fn wrong_values_say_what_to_do() {
    let yl = item("SI-YL-001");
    let message = |key: &str, value: Value| {
        let found = faults(&yl, &with(json!({ key: value })));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, key);
        let label = &yl.field(key).unwrap().label;
        assert!(found[0].1.contains(label.as_str()), "{} names no {label}", found[0].1);
        found[0].1.clone()
    };
    assert!(message("id_no", json!("310104197012150028")).contains("有误"));
    assert!(message("mobile", json!("23800000003")).contains("有误"));
    assert!(message("payee_account", json!("62220240")).contains("有误"));
    assert!(message("chosen_month", json!("2026-13")).contains("2026-07 的格式"));
    assert!(message("birth_archive", json!("2026-02-30")).contains("2026-07-01 的格式"));
    assert!(message("birth_archive", json!("2026-07-02")).contains("不能晚于 2026-07-01"));
    assert!(message("retire_kind", json!("late2")).contains("从列表中选择"));
    assert!(message("deemed_months", json!(601)).contains("不能大于 600"));
    assert!(message("deemed_months", json!(-1)).contains("不能小于 0"));
    assert!(message("deemed_months", json!(1.5)).contains("整数"));
    assert!(message("virtual_account", json!(1_000_000_001)).contains("10000000.00 元"));
    assert!(message("payee_bank", json!("上".repeat(61))).contains("不能超过 60 个字，现有 61 个字"));
    assert!(message("payee_bank", json!("上海\u{202e}银行")).contains("不能识别的字符"));
    assert!(message("payee_bank", json!(["上海银行"])).contains("格式不正确"));
    assert!(message("remark", json!("字".repeat(501))).contains("500"));
}

#[test]
fn several_lines_are_for_long_texts_only() {
    let yl = item("SI-YL-001");
    assert!(keys(&yl, &with(json!({ "remark": "一\n二" }))).is_empty());
    assert_eq!(keys(&yl, &with(json!({ "payee_bank": "上海\n银行" }))), ["payee_bank"]);
}

#[test]
fn hidden_fields_are_dropped_whatever_was_sent() {
    let yl = item("SI-YL-001");
    let form = with(json!({ "sex": "male", "post_kind": "nonsense", "notice_date": "not a day" }));
    let done = validate(&yl, &form, day("2026-07-01")).unwrap();
    assert!(!done.contains_key("post_kind") && !done.contains_key("notice_date"));
    assert_eq!(keys(&yl, &with(json!({ "retire_kind": "early" }))), ["notice_date"]);
    assert_eq!(keys(&yl, &with(json!({ "post_kind": null }))), ["post_kind"]);
}

#[test]
fn what_depends_on_a_hidden_field_is_hidden_too() {
    let mut yl = item("SI-YL-001");
    for field in yl.form.iter_mut().flat_map(|section| &mut section.fields) {
        if field.key == "remark" {
            field.required = true;
            field.show_when =
                Some(crate::ShowWhen { field: "post_kind".into(), values: vec![json!("manager")] });
        }
    }
    assert_eq!(keys(&yl, &retirement()), ["remark"]);
    assert!(keys(&yl, &with(json!({ "sex": "male" }))).is_empty(), "post_kind was sent but is not asked");
}

#[test]
fn bounds_look_at_today_and_at_other_fields() {
    let cb = item("SI-CB-028");
    let form = |from: &str, to: &str| {
        map(json!({
            "person_no": "1000000001", "name": "张丽华", "id_no": "310104197012150029", "insurance_types": ["110"],
            "from_month": from, "to_month": to, "detail_level": "summary", "purpose": "loan",
        }))
    };
    assert!(keys(&cb, &form("2025-07", "2026-06")).is_empty());
    let found = faults(&cb, &form("2026-02", "2026-01"));
    assert_eq!(found, [("to_month".into(), "截止年月不能早于起始年月 2026-02，请修改".into())]);
    assert_eq!(keys(&cb, &form("2026-01", "2026-08")), ["to_month"]);
    assert_eq!(keys(&cb, &form("x", "2026-01")), ["from_month"], "a wrong field binds nothing");
    let cb = item("SI-CB-010");
    let month = |text: &str| {
        validate_field(&cb, "start_month", &map(json!({ "start_month": text })), day("2026-12-31"))
    };
    assert!(month("2026-12").is_none() && month("2027-01").is_none());
    assert!(month("2026-11").is_some() && month("2027-02").is_some());
}

#[test]
fn a_promise_has_to_be_made() {
    let mut yl = item("SI-YL-001");
    for field in yl.form.iter_mut().flat_map(|section| &mut section.fields) {
        if field.key == "pre_acceptance" {
            field.must_be_true = true;
        }
    }
    let found = faults(&yl, &with(json!({ "pre_acceptance": false })));
    assert_eq!(found, [("pre_acceptance".into(), "请阅读并勾选“申请预受理”".into())]);
    assert!(keys(&yl, &with(json!({ "pre_acceptance": true }))).is_empty());
}

#[test]
fn boxes_ticked_in_another_order_are_the_same_answer() {
    let cb = item("SI-CB-023");
    let form = |chosen: Value| map(json!({ "change_items": chosen }));
    let fault = |chosen: Value| validate_field(&cb, "change_items", &form(chosen), day("2026-07-01"));
    assert!(fault(json!(["sex", "name"])).is_none());
    assert!(fault(json!(["sex", "sex"])).is_none());
    assert!(fault(json!(["sex", "other"])).is_some());
    assert!(fault(json!(["name", "id_no", "birth", "sex", "name"])).is_some(), "longer than the list");
    assert!(fault(json!("sex")).is_some());
}

#[test]
fn unknown_keys_are_refused_but_not_endlessly() {
    let yl = item("SI-YL-001");
    assert_eq!(keys(&yl, &with(json!({ "salary": 1 }))), ["salary"]);
    let mut form = retirement();
    form.extend((0..1000).map(|n| (format!("x{n}"), json!(n))));
    assert_eq!(keys(&yl, &form).len(), 20);
}

#[test]
fn a_partial_form_has_no_missing_fields() {
    let yl = item("SI-YL-001");
    let form = map(json!({ "mobile": "1380000", "chosen_month": "" }));
    let found = validate_partial(&yl, &form, day("2026-07-01"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].field, "mobile");
}

#[test]
fn values_as_people_read_them() {
    let yl = item("SI-YL-001");
    let text = |key: &str, value: Value| value_text(yl.field(key).unwrap(), &value);
    assert_eq!(text("sex", json!("female")), "女");
    assert_eq!(text("virtual_account", json!(123_456)), "1234.56 元");
    assert_eq!(text("pre_acceptance", json!(true)), "是");
    assert_eq!(text("remark", json!(null)), "");
    let cb = item("SI-CB-010");
    assert_eq!(
        value_text(cb.field("ins_types").unwrap(), &json!(["110", "410"])),
        "企业职工基本养老保险、工伤保险"
    );
    assert_eq!(value_text(cb.field("nation").unwrap(), &json!("02")), "蒙古族");
    assert_eq!(masked_text("310104197012150029"), "310***********0029");
    assert_eq!(masked_text("张丽华"), "张**");
}

#[test]
fn conditions_on_materials() {
    let cb = item("SI-CB-023");
    let archive = cb.materials.iter().find(|material| material.code == "M12").unwrap();
    let shown = |chosen: Value| is_shown(archive.show_when.as_ref(), &map(json!({ "change_items": chosen })));
    assert!(shown(json!(["name", "birth"])) && !shown(json!(["name"])) && !shown(json!(null)));
    assert_eq!(cb.field("new_birth").unwrap().kind, FieldKind::Date);
}
