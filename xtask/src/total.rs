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

/// Counts the cases of a JUnit file. The sums that suites carry are not used: one of the runners leaves cases outside
/// of any suite.
fn read(text: &str) -> Result<Count> {
    let mut sum = Count::default();
    let mut verdict: Option<Verdict> = None;
    let mut preparation = false;
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once('<') {
        // Captured output may hold anything, also what looks like a tag.
        if let Some(data) = tag.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
            continue;
        }
        let (inner, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after;
        match inner.trim_end_matches('/').split_whitespace().next().unwrap_or_default() {
            // What prepares the tests is reported like a suite of its own.
            "testsuite" => preparation = inner.contains("name=\"@setup-script"),
            "testcase" if preparation => {}
            "testcase" if inner.ends_with('/') => sum.add(Verdict::Passed),
            "testcase" => verdict = Some(Verdict::Passed),
            "failure" | "error" if verdict.is_some() => verdict = Some(Verdict::Failed),
            "skipped" if verdict == Some(Verdict::Passed) => verdict = Some(Verdict::Skipped),
            _ => {}
        }
        if inner.starts_with("/testcase")
            && let Some(verdict) = verdict.take()
        {
            sum.add(verdict);
        }
    }
    if sum == Count::default() {
        bail!("no test in it");
    }
    Ok(sum)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    Skipped,
}

impl Count {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed => self.failed += 1,
            Verdict::Skipped => self.skipped += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Count, read};

    #[test]
    fn cases_are_counted_inside_and_outside_of_suites() {
        let text = r#"<?xml version="1.0"?><testsuites>
            <testsuite name="a" tests="2" failures="1">
              <testcase name="x"/>
              <testcase name="y"><failure message="no"/><system-out><![CDATA[<testcase name="fake"/>]]></system-out></testcase>
            </testsuite>
            <testsuite name="@setup-script:db"><testcase name="db"></testcase></testsuite><testsuite name="b"></testsuite>
            <testcase name="z"></testcase>
            <testcase name="w"><skipped/></testcase>
            <testcase name="flaky"><flakyFailure/></testcase>
            </testsuites>"#;
        assert_eq!(read(text).unwrap(), Count { passed: 3, failed: 1, skipped: 1 });
    }

    #[test]
    fn an_empty_file_is_no_success() {
        assert!(read("").is_err());
    }
}
