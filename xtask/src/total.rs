//! The closing line `total: N passed, M failed`, from what the test runners left behind.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

#[derive(Args)]
pub(crate) struct Options {
    /// JUnit files; one that is missing counts as one failure, because its runner did not come to an end
    files: Vec<PathBuf>,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
struct Count {
    passed: u64,
    failed: u64,
    skipped: u64,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut total = Count::default();
    for file in &options.files {
        let count = std::fs::read_to_string(file)
            .map_err(anyhow::Error::from)
            .and_then(|text| read(&text))
            .with_context(|| file.display().to_string());
        let mut out = std::io::stdout().lock();
        match count {
            Ok(count) => {
                total.passed += count.passed;
                total.failed += count.failed;
                writeln!(
                    out,
                    "{}: {} passed, {} failed, {} skipped",
                    file.display(),
                    count.passed,
                    count.failed,
                    count.skipped
                )?;
            }
            Err(error) => {
                total.failed += 1;
                writeln!(out, "{error:#}")?;
            }
        }
    }
    writeln!(std::io::stdout(), "total: {} passed, {} failed", total.passed, total.failed)?;
    if total.failed > 0 {
        bail!("{} failed", total.failed);
    }
    Ok(())
}

/// Adds up the test suites of a JUnit file by their attributes.
fn read(text: &str) -> Result<Count> {
    let mut sum = Count::default();
    let mut suites = 0;
    for tag in text.split('<').filter(|tag| tag.starts_with("testsuite ")) {
        let tag = tag.split('>').next().unwrap_or_default();
        let number = |name: &str| -> u64 {
            let from = format!(" {name}=\"");
            tag.split_once(&from).and_then(|(_, rest)| rest.split('"').next()?.parse().ok()).unwrap_or(0)
        };
        let (failed, skipped) =
            (number("failures") + number("errors"), number("skipped") + number("disabled"));
        sum.failed += failed;
        sum.skipped += skipped;
        sum.passed += number("tests").saturating_sub(failed + skipped);
        suites += 1;
    }
    if suites == 0 {
        bail!("no test suite in it");
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Count, read};

    #[test]
    fn suites_are_added_up() {
        let text = r#"<?xml version="1.0"?><testsuites tests="9" failures="1">
            <testsuite name="a" tests="5" disabled="1" errors="0" failures="1"><testcase name="x"/></testsuite>
            <testsuite name="b" tests="4" failures="0" errors="0" skipped="1"></testsuite></testsuites>"#;
        assert_eq!(read(text).unwrap(), Count { passed: 6, failed: 1, skipped: 2 });
    }

    #[test]
    fn an_empty_file_is_no_success() {
        assert!(read("").is_err());
    }
}
