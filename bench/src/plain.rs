//! Plain SQL on the same database: the rate that the platform's own is read against.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde::Serialize;
use tokio::process::Command;
use tokio_postgres::config::Host;

use crate::database::Database;
use crate::script::{self, Script};

/// Creates tables like the platform's, in a schema of their own.
const SETUP: &str = include_str!("../sql/plain_setup.sql");
/// Takes them away.
const CLEAR: &str = include_str!("../sql/plain_clear.sql");
/// Writes what one case writes.
const CASE: &str = include_str!("../sql/plain_case.sql");
/// Thousands of accounts a scale of pgbench has are a hundred; this many are about 300 MB.
const SCALE: &str = "20";

/// How to measure.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Database.
    pub url: String,
    /// Connections.
    pub clients: u32,
    /// How long each script runs.
    pub lasts: Duration,
}

/// What came out.
#[derive(Debug, Clone, Serialize)]
pub struct Plain {
    /// Scripts a second that write what a full case writes.
    pub cases_per_second: f64,
    /// Transactions in one such script.
    pub steps: usize,
    /// Statements in one such script, without BEGIN and COMMIT.
    pub statements: usize,
    /// pgbench's standard transaction; none where pgbench is not installed.
    pub tpcb_per_second: Option<f64>,
    /// What ran the script.
    pub by: String,
}

/// Measures both scripts, one after the other.
///
/// # Errors
/// The database refuses.
pub async fn measure(settings: &Settings) -> anyhow::Result<Plain> {
    let database = Database::open(&settings.url).await?;
    let script = Script::parse(CASE)?;
    database.script(SETUP).await.context("tables for plain SQL")?;
    let found = pgbench();
    let measured = async {
        match &found {
            Some(program) => {
                let cases = case_by_pgbench(program, settings).await?;
                Ok::<_, anyhow::Error>((cases, Some(tpcb(program, settings).await?), version(program).await?))
            }
            None => {
                let cases = script::rate(&settings.url, &script, settings.clients, settings.lasts).await?;
                Ok((cases, None, "the built-in runner".to_owned()))
            }
        }
    };
    let measured = measured.await;
    database.script(CLEAR).await?;
    let (cases_per_second, tpcb_per_second, by) = measured?;
    Ok(Plain {
        cases_per_second,
        steps: script.steps(),
        statements: script.statements(),
        tpcb_per_second,
        by,
    })
}

/// The case script by the built-in runner, to compare the runner with pgbench.
///
/// # Errors
/// The database refuses.
pub async fn built_in(settings: &Settings) -> anyhow::Result<f64> {
    let database = Database::open(&settings.url).await?;
    database.script(SETUP).await?;
    let rate = script::rate(&settings.url, &Script::parse(CASE)?, settings.clients, settings.lasts).await;
    database.script(CLEAR).await?;
    rate
}

/// Where Debian puts it, newest first, or in the path.
fn pgbench() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    debian.sort();
    places.extend(debian.into_iter().rev());
    places.into_iter().map(|place| place.join("pgbench")).find(|program| program.is_file())
}

async fn case_by_pgbench(program: &Path, settings: &Settings) -> anyhow::Result<f64> {
    let file = std::env::temp_dir().join(format!("renshe-plain-{}.sql", std::process::id()));
    std::fs::write(&file, CASE)?;
    let place = file.to_string_lossy().into_owned();
    let rate = rate(program, settings, &["-n", "-M", "prepared", "-f", &place]).await;
    std::fs::remove_file(&file)?;
    rate
}

async fn tpcb(program: &Path, settings: &Settings) -> anyhow::Result<f64> {
    run(program, settings, &["-i", "-I", "dtgvp", "-s", SCALE, "-q"]).await?;
    let rate = rate(program, settings, &["-M", "prepared", "-b", "tpcb-like"]).await;
    run(program, settings, &["-i", "-I", "d"]).await?;
    rate
}

async fn rate(program: &Path, settings: &Settings, arguments: &[&str]) -> anyhow::Result<f64> {
    let (clients, seconds) = (settings.clients.to_string(), settings.lasts.as_secs().max(1).to_string());
    let mut all = vec!["-c", clients.as_str(), "-j", "2", "-T", seconds.as_str()];
    all.extend(arguments);
    transactions_per_second(&run(program, settings, &all).await?)
}

/// `tps = 1234.567890 (without initial connection time)`.
fn transactions_per_second(output: &str) -> anyhow::Result<f64> {
    let line = output.lines().find_map(|line| line.strip_prefix("tps = "));
    let figure = line.and_then(|rest| rest.split_whitespace().next()).context("pgbench printed no rate")?;
    if let Some(failed) = output.lines().find_map(|line| line.strip_prefix("number of failed transactions: "))
    {
        ensure!(failed.starts_with("0 "), "pgbench: {failed} transactions failed");
    }
    Ok(figure.parse()?)
}

async fn version(program: &Path) -> anyhow::Result<String> {
    let output = Command::new(program).arg("--version").output().await?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The password goes by the environment: the command line is for everybody to read.
async fn run(program: &Path, settings: &Settings, arguments: &[&str]) -> anyhow::Result<String> {
    let config: tokio_postgres::Config = settings.url.parse().context("database address")?;
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(folder)) => folder.to_string_lossy().into_owned(),
        None => "127.0.0.1".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("PGHOST", host)
        .env("PGPORT", port.to_string())
        .env("PGUSER", config.get_user().unwrap_or("renshe"))
        .env("PGDATABASE", config.get_dbname().unwrap_or("renshe"))
        .env("PGPASSWORD", String::from_utf8_lossy(config.get_password().unwrap_or_default()).into_owned())
        .stdin(Stdio::null());
    let begun = Instant::now();
    let output = command.output().await.with_context(|| format!("starting {}", program.display()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("pgbench failed after {} s: {}", begun.elapsed().as_secs(), said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_rate_is_read_from_what_pgbench_prints() {
        let output = "number of transactions actually processed: 61\nnumber of failed transactions: 0 (0.000%)\n\
            latency average = 3.1 ms\ntps = 1278.530000 (without initial connection time)\n";
        assert!((transactions_per_second(output).unwrap() - 1278.53).abs() < 1e-9);
        assert!(transactions_per_second("nothing").is_err());
        let failed = output.replace("transactions: 0 (", "transactions: 7 (");
        assert!(transactions_per_second(&failed).unwrap_err().to_string().contains('7'));
    }
}
