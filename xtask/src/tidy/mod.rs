//! House rules that no compiler checks: documentation, size, markers, layers, schemas, migrations, licences, words.

mod files;
mod layers;
mod licences;
mod migrations;
mod rust;
mod sql;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use files::Files;

/// What `layers.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    areas: BTreeMap<String, Vec<String>>,
    inside: BTreeMap<String, Inside>,
    tests: Tests,
    migrations: BTreeMap<String, (u32, u32)>,
    views: BTreeMap<String, Vec<String>>,
    licences: Licences,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside {
    open: Vec<String>,
    edges: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tests {
    only: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Licences {
    allowed: Vec<String>,
}

/// What `cargo metadata` says, as far as we look.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<PathBuf>,
}

/// Runs all checks and lists every finding.
pub(crate) fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    let rules: Rules = toml::from_str(&std::fs::read_to_string(root.join("xtask/layers.toml"))?)?;
    let files = Files::list(root)?;
    let metadata = metadata(root)?;
    let mut findings = Vec::new();
    findings.extend(rust::check(&files));
    findings.extend(words::check(&files));
    findings.extend(sql::check(&files, &rules.views));
    findings.extend(migrations::check(&files, &rules.migrations));
    findings.extend(layers::check(root, &metadata, &rules));
    findings.extend(licences::check(&files, &metadata, &rules.licences.allowed));
    let mut out = std::io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    if !findings.is_empty() {
        bail!("tidy: {} findings", findings.len());
    }
    writeln!(out, "tidy: {} files, no findings", files.count())?;
    Ok(())
}

fn metadata(root: &Path) -> Result<Metadata> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .context("cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
