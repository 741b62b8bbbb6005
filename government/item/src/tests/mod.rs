#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod catalogue;
mod checks;
mod codes;
mod forms;
mod hostile;
mod processes;
mod routes;
mod schema;
mod store;

use base_slice::{CheckOutcome, Computed, Registry, Slice, check, effect, source};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::{Catalogue, Codes, Item, Templates, folder};

const EFFECTS: &[&str] = &[
    "benefit.calculate_pension",
    "benefit.award",
    "benefit.void_award",
    "enrolment.certificate",
    "enrolment.enrol",
    "enrolment.check_batch",
    "enrolment.import_batch",
    "party.change_key_data",
];
const CHECKS: &[&str] = &[
    "benefit.minimum_months",
    "benefit.month_within_limits",
    "benefit.notice_period",
    "benefit.not_already_retired",
    "benefit.no_arrears",
    "benefit.deemed_over_120",
    "benefit.birth_conflict",
    "enrolment.certificate_span",
    "enrolment.certificate_rate",
    "enrolment.not_insured_elsewhere",
    "enrolment.not_retired",
    "enrolment.start_month",
    "enrolment.batch_size",
    "party.key_change_differs",
    "party.key_change_receiving",
    "party.key_change_early_birth",
    "party.id_not_taken",
];
const SOURCES: &[&str] =
    &["party.applicant", "party.employer", "benefit.retirement_preview", "enrolment.history"];

const TEMPLATES: Templates<'static> = Templates {
    documents: &[
        "pension-award",
        "contribution-certificate",
        "enrolment-receipt",
        "batch-result",
        "key-change-confirmation",
    ],
    messages: &[
        "case-submitted",
        "case-accepted",
        "case-correction",
        "case-refused",
        "case-rejected",
        "case-withdrawn",
        "case-closed",
        "batch-closed",
        "key-change-closed",
        "retirement-approved",
    ],
};

/// A registry of functions that do nothing, by the names the slices have.
fn registry() -> Registry {
    let slice = Slice {
        effects: EFFECTS
            .iter()
            .map(|name| effect(name, |_, _| Box::pin(async { Ok(Computed::default()) })))
            .collect(),
        checks: CHECKS
            .iter()
            .map(|name| check(name, |_, _| Box::pin(async { Ok(CheckOutcome::pass()) })))
            .collect(),
        sources: SOURCES.iter().map(|name| source(name, |_, _| Box::pin(async { Ok(Map::new()) }))).collect(),
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
