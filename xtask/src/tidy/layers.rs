//! The crate graph against `layers.toml`.

use std::path::Path;

use super::{Metadata, Package, Rules};

pub(super) fn check(root: &Path, metadata: &Metadata, rules: &Rules) -> Vec<String> {
    let members = metadata.packages.iter().filter(|package| metadata.workspace_members.contains(&package.id));
    let mut findings = Vec::new();
    for package in members {
        let area = area_of(root, package);
        for dependency in package.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let for_tests = dependency.kind.as_deref() == Some("dev");
            if let Some(reason) = refusal(&package.name, &area, &dependency.name, for_tests, rules) {
                findings.push(format!("{}: may not use {}: {reason}", package.name, dependency.name));
            }
        }
        let folder =
            package.manifest_path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let expected = format!("{area}-{folder}");
        if !["apps", "xtask"].contains(&area.as_str()) && package.name != expected {
            findings.push(format!("{}: its folder says {expected}", package.name));
        }
    }
    findings
}

fn area_of(root: &Path, package: &Package) -> String {
    let inside = package.manifest_path.strip_prefix(root).unwrap_or(&package.manifest_path);
    inside.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default()
}

/// Why `user` of `area` may not use `used`; none if it may.
pub(super) fn refusal(user: &str, area: &str, used: &str, for_tests: bool, rules: &Rules) -> Option<String> {
    if rules.tests.only.iter().any(|name| name == used) {
        return (!for_tests && area != "xtask").then(|| "it is for tests only".to_owned());
    }
    let other = used.split('-').next().unwrap_or_default();
    if other != area {
        let allowed = rules.areas.get(area).is_some_and(|areas| areas.iter().any(|name| name == other));
        return (!allowed).then(|| format!("{area} does not stand on {other}"));
    }
    let inside = rules.inside.get(area)?;
    let allowed = inside.open.iter().any(|name| name == used)
        || inside.edges.get(user).is_some_and(|edges| edges.iter().any(|name| name == used));
    (!allowed).then(|| format!("no such edge inside {area} (xtask/layers.toml)"))
}
