//! SQL files: a slice names its own tables and nobody else's, except views published to it.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{Files, crate_of};

/// Words after which a table or function name stands.
const BEFORE_NAMES: [&str; 9] =
    ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "REFERENCES", "VIEW", "FUNCTION", "TRUNCATE"];

pub(super) fn check(files: &Files, views: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, text) in files.ending(".sql") {
        for schema in created_schemas(&plain(text)) {
            let Some(owner) = crate_of(path) else { continue };
            if let Some(other) = owners.insert(schema.clone(), owner)
                && other != owner
            {
                findings.push(format!("{path}: schema {schema} belongs to {other}"));
            }
        }
    }
    for (path, text) in files.ending(".sql") {
        let Some(own) = crate_of(path) else { continue };
        // The load generator is no slice: it looks at the platform from outside, as a measuring operator does.
        if own.starts_with("docs/") || own.starts_with("bench/") || own == "base/db" {
            continue;
        }
        let published =
            |name: &String| views.get(name).is_some_and(|readers| readers.iter().any(|reader| reader == own));
        let foreign: BTreeSet<String> = named(&plain(text))
            .into_iter()
            .filter(|name| !published(name))
            .filter_map(|name| name.split_once('.').map(|(schema, _)| schema.to_owned()))
            .filter(|schema| owners.get(schema).is_some_and(|owner| *owner != own))
            .collect();
        for schema in foreign {
            let owner = owners.get(&schema).copied().unwrap_or_default();
            findings.push(format!("{path}: names schema {schema} of {owner}; call its function instead"));
        }
    }
    findings
}

/// Without comments and without text literals.
pub(super) fn plain(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    for line in sql.lines() {
        let code = line.split("--").next().unwrap_or_default();
        for (number, piece) in code.split('\'').enumerate() {
            if number % 2 == 0 {
                out.push_str(piece);
            }
        }
        out.push('\n');
    }
    out
}

fn words(sql: &str) -> Vec<&str> {
    sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
        .filter(|word| !word.is_empty())
        .collect()
}

fn created_schemas(sql: &str) -> Vec<String> {
    let words = words(sql);
    words
        .windows(6)
        .chain(std::iter::once(words.get(words.len().saturating_sub(3)..).unwrap_or_default()))
        .filter(|w| {
            w.len() >= 3 && w[0].eq_ignore_ascii_case("create") && w[1].eq_ignore_ascii_case("schema")
        })
        .filter_map(|w| if w[2].eq_ignore_ascii_case("if") { w.get(5) } else { w.get(2) })
        .map(|name| name.to_ascii_lowercase())
        .collect()
}

/// Qualified names that stand where a table or function is named; an alias in an expression does not count.
fn named(sql: &str) -> Vec<String> {
    let words = words(sql);
    words
        .windows(2)
        .filter(|pair| BEFORE_NAMES.iter().any(|word| pair[0].eq_ignore_ascii_case(word)))
        .filter(|pair| pair[1].contains('.'))
        .map(|pair| pair[1].to_ascii_lowercase())
        .collect()
}
