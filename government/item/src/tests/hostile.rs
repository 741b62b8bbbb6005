//! Whatever a program sends, a form answers with faults in Chinese and never panics.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::day;
use crate::form::{json_schema, masked_text, validate, validate_partial, value_text};
use crate::{Catalogue, Item};

/// Any JSON a body can hold, with texts that look like the real ones.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        "[0-9X]{15,19}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?".prop_map(Value::from),
        "(.|\\n){0,10}".prop_map(Value::from),
        prop::sample::select(vec![
            "110",
            "normal",
            "female",
            "name",
            "today",
            "field:name",
            "9".repeat(5000).leak()
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,8}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// A form of any item with any values, some of its keys unknown.
fn form() -> impl Strategy<Value = (Item, Map<String, Value>)> {
    let items: Vec<Item> = Catalogue::shipped().unwrap().all().map(|entry| entry.item.clone()).collect();
    prop::sample::select(items).prop_flat_map(|item| {
        let mut keys: Vec<String> = item.fields().map(|field| field.key.clone()).collect();
        keys.push("unknown".into());
        keys.push("键".repeat(100));
        let values = prop::collection::btree_map(prop::sample::select(keys), json_value(), 0..30);
        values.prop_map(move |values| (item.clone(), values.into_iter().collect()))
    })
}

proptest! {
    #[test]
    fn no_form_panics((item, form) in form()) {
        let today = day("2026-07-01");
        for fault in validate(&item, &form, today).err().unwrap_or_default() {
            prop_assert!(fault.message.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", fault.message);
            prop_assert!(fault.message.chars().count() < 200);
        }
        let partial = validate_partial(&item, &form, today);
        prop_assert!(partial.len() <= item.fields().count() + 20);
    }

    #[test]
    fn every_type_takes_anything(value in json_value(), (item, _) in form()) {
        let today = day("2026-07-01");
        for field in item.fields() {
            let mut bare = item.clone();
            for other in bare.form.iter_mut().flat_map(|section| &mut section.fields) {
                other.required = false;
                other.show_when = None;
            }
            let form = Map::from_iter([(field.key.clone(), value.clone())]);
            if let Ok(done) = validate(&bare, &form, today) {
                let again = validate(&bare, &done, today);
                prop_assert_eq!(again.ok(), Some(done), "normalised once, normalised for good");
            }
            let _ = masked_text(&value_text(field, &value));
        }
        let _ = json_schema(&item);
    }
}
