//! Licences of everything that is delivered with us: crates from `cargo metadata`, npm packages from the lock files.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Metadata;
use super::files::Files;

#[derive(Deserialize)]
struct LockFile {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    license: Option<String>,
    #[serde(default)]
    link: bool,
}

pub(super) fn check(files: &Files, metadata: &Metadata, allowed: &[String]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let licence = package.license.as_deref().unwrap_or("none");
        if !is_allowed(licence, allowed) {
            findings.push(format!(
                "crate {} {}: licence {licence} is not on the list",
                package.name, package.version
            ));
        }
    }
    for (path, text) in files.ending("package-lock.json") {
        match serde_json::from_str::<LockFile>(text) {
            Ok(lock) => findings.extend(npm(path, &lock, allowed)),
            Err(error) => findings.push(format!("{path}: {error}")),
        }
        if text.contains("\"resolved\": \"http") {
            findings.push(format!(
                "{path}: names a host; set omit-lockfile-registry-resolved=true and lock again"
            ));
        }
    }
    findings
}

fn npm(path: &str, lock: &LockFile, allowed: &[String]) -> Vec<String> {
    let foreign =
        lock.packages.iter().filter(|(name, locked)| name.contains("node_modules/") && !locked.link);
    foreign
        .filter_map(|(name, locked)| {
            let licence = locked.license.as_deref().unwrap_or("none");
            (!is_allowed(licence, allowed))
                .then(|| format!("{path}: {name}: licence {licence} is not on the list"))
        })
        .collect()
}

/// Whether an SPDX expression can be met from the list. `/` is the old way to write OR.
pub(super) fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, allowed };
    reader.any() && reader.at == words.len()
}

/// Reads the expression; OR binds less than AND.
struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    allowed: &'a [String],
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at).is_some_and(|next| *next == word);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.take("OR") {
            // The right side must be read even when the left already suffices.
            met = self.all() || met;
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.take("AND") {
            met = self.one() && met;
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.take("(") {
            let met = self.any();
            return self.take(")") && met;
        }
        let Some(name) = self.words.get(self.at) else { return false };
        self.at += 1;
        let mut full = (*name).to_owned();
        if self.take("WITH") {
            full = format!("{full} WITH {}", self.words.get(self.at).copied().unwrap_or_default());
            self.at += 1;
        }
        self.allowed.contains(&full)
    }
}
