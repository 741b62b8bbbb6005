//! Each check finds what it is for and nothing else.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::files::{Files, crate_of};
use super::{Rules, layers, licences, migrations, rust, sql, words};

fn rules() -> Rules {
    toml::from_str(include_str!("../../layers.toml")).unwrap()
}

#[test]
fn sources_without_a_first_line_or_too_long_are_found() {
    let long = format!("//! Long.\n{}", "\n".repeat(600));
    let files = Files::of(&[
        ("a/b/src/good.rs", "//! Good.\nfn a() {}\n"),
        ("a/b/src/lib.rs", "#![doc = include_str!(\"../README.md\")]\n"),
        ("a/b/src/bare.rs", "fn a() {}\n"),
        ("a/b/src/long.rs", &long),
    ]);
    let findings = rust::check(&files);
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings[0].starts_with("a/b/src/bare.rs:1") && findings[1].starts_with("a/b/src/long.rs: 601"));
}

#[test]
fn queries_outside_the_store_are_found() {
    let query = "//! X.\nlet a = sqlx::query(A);\n";
    let files = Files::of(&[
        ("centre/x/src/store.rs", query),
        ("centre/x/src/store/rows.rs", query),
        ("centre/x/src/tests/mod.rs", query),
        ("centre/x/src/commands.rs", query),
    ]);
    assert_eq!(rust::check(&files), ["centre/x/src/commands.rs:2: SQL belongs into the slice's store"]);
}

#[test]
fn banned_words_are_found_by_themselves_only() {
    let marker = format!("// {}{}: later\n", "TO", "DO");
    let inside = format!("{}{}LIST\n", "TO", "DO");
    let files = Files::of(&[("a.rs", &marker), ("b.rs", &inside)]);
    let findings = words::check(&files);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("a.rs:1"));
}

#[test]
fn foreign_schemas_are_found() {
    let files = Files::of(&[
        (
            "centre/party/migrations/0040_party.sql",
            "CREATE SCHEMA party;\nCREATE TABLE party.person (a int);",
        ),
        ("centre/fund/migrations/0060_fund.sql", "CREATE SCHEMA fund;"),
        (
            "centre/fund/src/sql/good.sql",
            "SELECT party.a FROM fund.book AS party -- FROM party.person\nWHERE x = 'FROM party.y'",
        ),
        ("centre/fund/src/sql/bad.sql", "SELECT a FROM fund.book JOIN\n  party.person ON true"),
        ("centre/fund/src/sql/published.sql", "SELECT a FROM party.open_view"),
    ]);
    let views = [("party.open_view".to_owned(), vec!["centre/fund".to_owned()])].into();
    let findings = sql::check(&files, &views);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].starts_with("centre/fund/src/sql/bad.sql: names schema party of centre/party"));
}

#[test]
fn migrations_are_numbered_once_in_their_range_and_included() {
    let ranges =
        BTreeMap::from([("centre/party".to_owned(), (40, 49)), ("centre/fund".to_owned(), (60, 69))]);
    let files = Files::of(&[
        ("centre/party/migrations/0040_party.sql", ""),
        (
            "centre/party/src/lib.rs",
            "include_str!(\"../migrations/0040_party.sql\") 0050_wrong.sql first.sql",
        ),
        ("centre/party/migrations/0050_wrong.sql", ""),
        ("centre/party/migrations/first.sql", ""),
        ("centre/fund/migrations/0040_again.sql", ""),
    ]);
    let findings = migrations::check(&files, &ranges).join("\n");
    for part in [
        "0050_wrong.sql: numbers of centre/party are 40 to 49",
        "first.sql: name it",
        "number 40 is taken",
        "0040_again.sql: no source of centre/fund includes it",
    ] {
        assert!(findings.contains(part), "{part} in {findings}");
    }
}

#[test]
fn edges_against_the_layers_are_refused() {
    let rules = rules();
    let refusal = |user, area, used, test| layers::refusal(user, area, used, test, &rules);
    assert_eq!(refusal("centre-benefit", "centre", "base-db", false), None);
    assert_eq!(refusal("centre-benefit", "centre", "centre-fund", false), None);
    assert_eq!(refusal("centre-message", "centre", "centre-party", false), None);
    assert!(refusal("centre-fund", "centre", "centre-benefit", false).is_some());
    assert!(refusal("engine-ledger", "engine", "centre-fund", false).is_some());
    assert!(refusal("base-kernel", "base", "base-db", false).is_some());
    assert_eq!(refusal("centre-fund", "centre", "base-testdb", true), None);
    assert!(refusal("centre-fund", "centre", "base-testdb", false).is_some());
}

#[test]
fn licence_expressions_are_read() {
    let allowed: Vec<String> =
        ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].map(str::to_owned).to_vec();
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(GPL-2.0 OR MIT) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(licences::is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "none", "", "(MIT", "GPL-3.0 WITH LLVM-exception"] {
        assert!(!licences::is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn crates_are_named_by_their_folders() {
    assert_eq!(crate_of("centre/benefit/src/lib.rs"), Some("centre/benefit"));
    assert_eq!(crate_of("Makefile"), None);
}
