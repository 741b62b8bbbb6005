//! Rust sources: each says what it is, fits a sitting, and keeps SQL in the store.

use super::files::Files;

/// Lines of a file at most.
const LONGEST: usize = 600;

pub(super) fn check(files: &Files) -> Vec<String> {
    let mut findings = Vec::new();
    for (path, text) in files.ending(".rs") {
        // Attributes may stand before it.
        let head = |line: &str| line.starts_with("//!") || line.starts_with("#![doc = include_str!");
        if !text.lines().take(10).any(head) {
            findings.push(format!("{path}:1: begin with a //! line that says what the module is for"));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            findings.push(format!("{path}: {lines} lines, at most {LONGEST}; split it by purpose"));
        }
        if !may_query(path) {
            for (number, line) in text.lines().enumerate() {
                if line.contains("sqlx::query") && !line.trim_start().starts_with("//") {
                    findings.push(format!("{path}:{}: SQL belongs into the slice's store", number + 1));
                }
            }
        }
    }
    findings
}

/// Stores, tests, and the crates that are about the database itself.
fn may_query(path: &str) -> bool {
    ["base/db/", "base/testdb/", "xtask/", "bench/"].iter().any(|start| path.starts_with(start))
        || path.ends_with("/store.rs")
        || path.ends_with("tests.rs")
        || ["/store/", "/tests/"].iter().any(|part| path.contains(part))
}
