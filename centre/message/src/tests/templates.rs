//! Templates are checked at the start and read like messages.

use serde_json::{Map, Value, json};

use super::{catalogue, real};
use crate::{Error, Templates};

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("{other}"),
    }
}

/// A folder with one template.
fn one(text: &str) -> Result<Templates, Error> {
    let dir = std::env::temp_dir().join(format!("renshe-message-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&dir).unwrap();
    std::fs::write(dir.join("probe.yaml"), text).unwrap();
    let read = Templates::read(&dir);
    std::fs::remove_dir_all(dir).unwrap();
    read
}

#[test]
fn the_texts_read_as_the_items_ask() {
    let templates = real();
    let approved = map(json!({"case_no": "HRSS1", "total_fen": 814_660, "start_month": "2026-08"}));
    let body = templates.compose("retirement-approved", &approved).unwrap().body;
    assert!(body.starts_with("您的退休申请已核定，基本养老金标准8,146.60元/月，2026年8月起发放。"), "{body}");
    let bare = templates.compose("retirement-approved", &map(json!({"case_no": "HRSS1"}))).unwrap().body;
    assert!(bare.starts_with("您的退休申请已核定。《基本养老金核定表》"), "{bare}");

    let batch = map(json!({"case_no": "B1", "item_name": "批量登记", "ok": 1195, "failed": 5}));
    let body = templates.compose("batch-closed", &batch).unwrap().body;
    assert!(body.starts_with("批次B1：成功1195人，失败5人，请下载结果明细。"), "{body}");

    let correction = json!({"case_no": "C1", "item_name": "信息变更", "items": ["户籍证明", "文号"], "deadline": "2026-07-15"});
    let body = templates.compose("case-correction", &map(correction)).unwrap().body;
    assert!(body.contains("1. 户籍证明\n") && body.contains("2. 文号\n请于2026年7月15日前"), "{body}");

    let enrolled = map(json!({"employer_name": "上海某公司", "start_month": "2026-07"}));
    let body = templates.compose("employee-enrolled", &enrolled).unwrap().body;
    assert!(body.starts_with("您已由上海某公司参加社会保险，起始月2026年7月。如"), "{body}");
}

#[test]
fn every_template_that_an_item_names_exists() {
    let templates = real();
    let mut seen = 0;
    for entry in std::fs::read_dir(catalogue().join("items/social-insurance")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let item: Value = serde_yaml_ng::from_str(&text).unwrap();
        for name in item["messages"].as_object().into_iter().flat_map(|named| named.values()) {
            let name = name.as_str().unwrap();
            assert!(templates.has(name), "{} names {name}", item["code"]);
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn data_are_never_template() {
    let given = map(json!({"case_no": "{{ 7 * 7 }}", "item_name": "{% for x in y %}"}));
    let composed = real().compose("case-closed", &given).unwrap();
    assert!(composed.title.contains("{% for x in y %}") && composed.body.contains("{{ 7 * 7 }}"));
}

#[test]
fn faulty_templates_are_found_at_the_start() {
    let faulty = [
        "title: '{{ a '\nbody: b\nvariables: [a]\nexample: { a: 1 }\n",
        "title: '{{ a | nothing }}'\nbody: b\nvariables: [a]\nexample: { a: 1 }\n",
        "title: '{{ a | cn_date }}'\nbody: b\nvariables: [a]\nexample: { a: 1 }\n",
        "title: '{{ a }}'\nbody: '{{ b }}'\nvariables: [a]\nexample: { a: 1 }\n",
        "title: '{{ a }}'\nbody: b\nvariables: [a, c]\nexample: { a: 1, c: 1 }\n",
        "title: '{{ a }}'\nbody: b\nvariables: [a]\nexample: {}\n",
        // Breaks only when the optional value is absent.
        "title: '{{ a }}'\nbody: '{{ b | yuan }}'\nvariables: [a, 'b?']\nexample: { a: 1, b: 100 }\n",
        "title: t\nbody: b\n",
        "title: t\nbody: b\nvariables: []\nexample: {}\nextra: 1\n",
    ];
    for text in faulty {
        let error = one(text).expect_err(text);
        assert!(error.to_string().contains("probe"), "{error}");
    }
    let sound = "title: '{{ a }}'\nbody: 'x{% if b %}{{ b | yuan }}{% endif %}'\nvariables: [a, 'b?']\nexample: { a: 1, b: 2 }\n";
    one(sound).unwrap();
}

#[test]
fn missing_and_unfit_values_are_refused() {
    let templates = real();
    let none = templates.compose("case-closed", &Map::new()).unwrap_err();
    assert!(matches!(none, Error::MissingVariable { ref variable, .. } if variable == "item_name"), "{none}");
    let unfit = map(json!({"case_no": "1", "item_name": "x", "items": [], "deadline": "soon"}));
    assert!(matches!(templates.compose("case-correction", &unfit), Err(Error::Template { .. })));
    assert!(matches!(templates.compose("no-such", &Map::new()), Err(Error::UnknownTemplate(_))));
}

#[test]
fn a_very_long_text_is_cut_visibly() {
    let given = map(json!({"case_no": "1", "item_name": "长".repeat(3000)}));
    let composed = real().compose("case-closed", &given).unwrap();
    assert_eq!((composed.title.chars().count(), composed.title.ends_with('…')), (100, true));
    assert_eq!((composed.body.chars().count(), composed.body.ends_with('…')), (2000, true));
}
