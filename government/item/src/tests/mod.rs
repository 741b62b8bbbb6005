//! Tests of government-item.

#![expect(clippy::unwrap_used, reason = "tests")]

mod catalogue;
mod checks;
mod codes;
mod forms;
mod hostile;
mod processes;
mod routes;
mod schema;
mod store;

use std::collections::BTreeSet;

use base_slice::{CheckOutcome, Computed, Registry, Slice, check, effect, source};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::{Catalogue, Codes, Item, folder};

/// Every name the shipped items use. Whether the slices really bring them, the application checks at start.
#[derive(Default)]
struct Names {
    effects: BTreeSet<&'static str>,
    checks: BTreeSet<&'static str>,
    sources: BTreeSet<&'static str>,
    documents: BTreeSet<&'static str>,
    messages: BTreeSet<&'static str>,
}

fn names() -> Names {
    let mut names = Names::default();
    let keep = |name: &String| -> &'static str { name.clone().leak() };
    for entry in Catalogue::shipped().unwrap().all() {
        let item = &entry.item;
        names.effects.extend(item.effects.values().map(keep));
        names.checks.extend(item.rules.iter().map(|rule| keep(&rule.check)));
        names.sources.extend(item.sources.iter().map(|source| keep(&source.name)));
        names.messages.extend(item.messages.values().map(keep));
        names.documents.extend(item.result.iter().map(|result| keep(&result.template)));
        names
            .documents
            .extend(item.materials.iter().filter_map(|material| material.template.as_ref()).map(keep));
    }
    names
}

/// A registry of functions that do nothing under those names.
fn registry(names: &Names) -> Registry {
    let nothing = |name: &&'static str| effect(name, |_, _| Box::pin(async { Ok(Computed::default()) }));
    let passing = |name: &&'static str| check(name, |_, _| Box::pin(async { Ok(CheckOutcome::pass()) }));
    let empty = |name: &&'static str| source(name, |_, _| Box::pin(async { Ok(Map::new()) }));
    let slice = Slice {
        effects: names.effects.iter().map(nothing).collect(),
        checks: names.checks.iter().map(passing).collect(),
        sources: names.sources.iter().map(empty).collect(),
        ..Slice::default()
    };
    Registry::fold(&[slice]).unwrap()
}

fn file_of(code: &str) -> (String, String) {
    let files = folder::shipped::<folder::ShippedItems>().unwrap();
    files.into_iter().find(|(name, _)| name.ends_with(&format!("{code}.yaml"))).unwrap()
}

/// A catalogue of one shipped item with texts replaced.
fn altered(code: &str, changes: &[(&str, &str)]) -> Result<Catalogue, crate::CatalogueError> {
    let (name, mut text) = file_of(code);
    for (from, to) in changes {
        assert!(text.contains(from), "{code} has no {from:?}");
        text = text.replace(from, to);
    }
    Catalogue::read(vec![(name, text)], Codes::shipped().unwrap())
}

fn item(code: &str) -> Item {
    Catalogue::shipped().unwrap().current(code).unwrap().item.clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

/// A retirement claim without a fault.
fn retirement() -> Map<String, Value> {
    map(json!({
        "person_no": "1000000001", "name": "张丽华", "id_no": "310104197012150029", "sex": "female",
        "birth_id": "1970-12-15", "birth_archive": "1970-12-15", "mobile": "13800000003",
        "retire_kind": "normal", "post_kind": "manager", "chosen_month": "2026-06",
        "payee_bank": "上海银行", "payee_account": "6222024000000000014", "payee_name": "张丽华",
    }))
}
