//! Whether the catalogue holds together: the consistency rules of `items.md` §1.6 by their numbers, and that every name
//! an item uses has an owner. The application refuses to start on any finding, so that a missing part is noticed then
//! and not by the citizen who needs it.

mod flow;
mod form;
mod names;
mod record;

use std::collections::BTreeMap;
use std::fmt;

use base_slice::Registry;
use engine_process::Processes;

use crate::catalogue::{Catalogue, Entry};

/// Something wrong in an item file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// File.
    pub file: String,
    /// Rule: a number of `items.md` §1.6, or `N` names, `F` form, `P` process.
    pub rule: &'static str,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}［规则 {}］{}", self.file, self.rule, self.message)
    }
}

/// Names of the templates that exist.
#[derive(Debug, Clone, Copy)]
pub struct Templates<'a> {
    /// Of documents (results, forms made by the system).
    pub documents: &'a [&'a str],
    /// Of messages.
    pub messages: &'a [&'a str],
}

/// Checks the versions in force.
#[must_use]
pub fn check(
    catalogue: &Catalogue,
    registry: &Registry,
    processes: &Processes,
    templates: Templates<'_>,
) -> Vec<Finding> {
    let mut findings = Findings::default();
    let mut names: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in catalogue.all() {
        findings.file.clone_from(&entry.file);
        if let Some(other) = names.insert(&entry.item.name, entry) {
            let text = format!("事项名称“{}”与 {} 重复，请改用不同的名称", entry.item.name, other.file);
            findings.add("6", text);
        }
        record::check(&entry.item, &mut findings);
        form::check(&entry.item, &mut findings);
        names::check(&entry.item, registry, templates, &mut findings);
        flow::check(&entry.item, processes, &mut findings);
    }
    findings.found
}

/// Findings of the file at hand.
#[derive(Default)]
struct Findings {
    file: String,
    found: Vec<Finding>,
}

impl Findings {
    fn add(&mut self, rule: &'static str, message: impl Into<String>) {
        self.found.push(Finding { file: self.file.clone(), rule, message: message.into() });
    }

    fn unless(&mut self, holds: bool, rule: &'static str, message: impl Into<String>) {
        if !holds {
            self.add(rule, message);
        }
    }
}
