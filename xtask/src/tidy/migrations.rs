//! Migrations: one sequence of numbers, each slice in its range, none forgotten.

use std::collections::BTreeMap;

use super::files::{Files, crate_of};

pub(super) fn check(files: &Files, ranges: &BTreeMap<String, (u32, u32)>) -> Vec<String> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<u32, &str> = BTreeMap::new();
    for (path, _) in files.ending(".sql").filter(|(path, _)| path.contains("/migrations/")) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let Some(number) = number_of(name) else {
            findings.push(format!("{path}: name it NNNN_what_it_does.sql"));
            continue;
        };
        if let Some(other) = seen.insert(number, path) {
            findings.push(format!("{path}: number {number} is taken by {other}"));
        }
        let Some(owner) = crate_of(path) else { continue };
        match ranges.get(owner) {
            None => findings.push(format!("{path}: {owner} has no range of numbers in xtask/layers.toml")),
            Some((low, high)) if !(*low..=*high).contains(&number) => {
                findings.push(format!("{path}: numbers of {owner} are {low} to {high}"));
            }
            Some(_) => {}
        }
        let sources = format!("{owner}/src/");
        if !files.ending(".rs").any(|(source, text)| source.starts_with(&sources) && text.contains(name)) {
            findings.push(format!("{path}: no source of {owner} includes it"));
        }
    }
    findings
}

fn number_of(name: &str) -> Option<u32> {
    let (digits, rest) = name.split_at_checked(4)?;
    rest.starts_with('_').then(|| digits.parse().ok())?
}
