//! The files of the project: what git tracks or would track.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

/// Paths from the root with their texts; binary files are left out.
pub(super) struct Files(Vec<(String, String)>);

impl Files {
    pub(super) fn list(root: &Path) -> Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git ls-files")?;
        let names = String::from_utf8(output.stdout)?;
        let texts = names.split('\0').filter(|name| !name.is_empty()).filter_map(|name| {
            // A file deleted but not committed yet is listed too; a binary one is no text.
            std::fs::read_to_string(root.join(name)).ok().map(|text| (name.to_owned(), text))
        });
        Ok(Self(texts.collect()))
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(super) fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all().filter(move |(path, _)| path.ends_with(end))
    }
}

/// Area and crate of a path, `centre/benefit` for `centre/benefit/src/lib.rs`.
pub(super) fn crate_of(path: &str) -> Option<&str> {
    let mut slashes = path.match_indices('/');
    slashes.next()?;
    let (end, _) = slashes.next()?;
    Some(&path[..end])
}
