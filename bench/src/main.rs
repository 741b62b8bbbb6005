//! `make bench`: load on a running server, then plain SQL on the same database, then both side by side.

mod client;
mod database;
mod plain;
mod report;
mod scenario;
mod script;
mod suite;
mod tally;
mod users;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::{CommandFactory, FromArgMatches, Parser};
use rlt::cli::{BenchCli, Collector};

use client::Client;
use database::{Backlog, Database};
use report::Run;
use suite::Load;
use tally::Tally;
use users::Users;

/// How long the background work may take after the load.
const PATIENCE: Duration = Duration::from_secs(600);

/// Load on a running server: many signed-in users, full cases, beside plain SQL on the same database.
#[derive(Parser)]
#[command(name = "renshe-bench", version)]
struct Options {
    /// Address of the server
    #[arg(long, env = "BASE_URL", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// File that `renshe bench-seed` wrote
    #[arg(long)]
    users: PathBuf,
    /// File with the database address, or the address itself; none: no plain SQL
    #[arg(long)]
    database: Option<String>,
    /// Pause before each request of a user, on average, milliseconds
    #[arg(long, default_value_t = 0)]
    think: u64,
    /// Users that sign in through the API before the load, to show that the accounts are what they seem (the server
    /// allows one address sixty at once)
    #[arg(long, default_value_t = 20)]
    sign_ins: usize,
    /// Connections and seconds of each plain-SQL script
    #[arg(long, num_args = 2, value_names = ["CLIENTS", "SECONDS"], default_values_t = [16, 20])]
    plain: Vec<u32>,
    /// Measure plain SQL by the built-in runner as well
    #[arg(long)]
    both_runners: bool,
    /// Write the figures here as JSON
    #[arg(long)]
    result: Option<PathBuf>,
    #[command(flatten)]
    load: BenchCli,
}

fn main() -> anyhow::Result<ExitCode> {
    let mut command = Options::command();
    // Our defaults for the framework's options.
    for (name, value) in
        [("concurrency", "1000"), ("duration", "60s"), ("warmup", "15000"), ("collector", "silent")]
    {
        command = command.mut_arg(name, |argument| argument.default_value(value));
    }
    let options = Options::from_arg_matches(&command.get_matches())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(options))
}

async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let users = Arc::new(Users::read(&options.users)?);
    let count = options.load.concurrency.get() as usize;
    ensure!(count <= users.len(), "{count} users at once, but only {} accounts", users.len());
    let officers =
        (0..count).filter(|n| matches!(users.of_worker(*n), Some((users::Role::Officer, ..)))).count();
    let url = options.database.as_deref().map(address).transpose()?;
    let database = match &url {
        Some(url) => Some(Database::open(url).await?),
        None => None,
    };
    let before = match &database {
        Some(database) => Some(database.snapshot().await?),
        None => None,
    };
    let sign_in = sign_in(&options, &users).await?;
    let (tally, own_share) = load(&options, &users).await?;
    let background = match &database {
        Some(database) => Some(settle(database).await?),
        None => None,
    };
    let written = match (&database, before) {
        (Some(database), Some(before)) => Some(database.snapshot().await?.since(&before)),
        _ => None,
    };
    let run = Run {
        machine: report::machine(),
        database: match &database {
            Some(database) => Some(database.describe().await?),
            None => None,
        },
        users: count,
        officers,
        think_ms: u128::from(options.think),
        sign_in,
        own_share,
        tally,
        written,
        background,
        plain: plain(&options, url.as_deref()).await?,
    };
    print!("{}", run.text());
    if let Some(path) = &options.result {
        std::fs::write(path, format!("{:#}\n", run.json()))
            .with_context(|| format!("writing {}", path.display()))?;
    }
    // The other bars depend on the machine; an error is one anywhere.
    Ok(if run.tally.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A file's first line, or the address itself.
fn address(given: &str) -> anyhow::Result<String> {
    if given.contains("://") {
        return Ok(given.to_owned());
    }
    Ok(std::fs::read_to_string(given).with_context(|| format!("reading {given}"))?.trim().to_owned())
}

/// Signs a few in, one after the other.
async fn sign_in(options: &Options, users: &Users) -> anyhow::Result<(usize, u128)> {
    let (client, mut slowest) = (Client::new(&options.url, None)?, 0);
    let some = users.citizens.iter().zip(&users.staff).flat_map(|(citizen, officer)| [citizen, officer]);
    let mut tried = 0;
    for user in some.take(options.sign_ins) {
        let begun = Instant::now();
        client.sign_in(&user.login, &users.password).await?;
        slowest = slowest.max(begun.elapsed().as_millis());
        tried += 1;
    }
    Ok((tried, slowest))
}

/// The measured phase, and the share of one core that this program took.
async fn load(options: &Options, users: &Arc<Users>) -> anyhow::Result<(Tally, f64)> {
    let tally = Arc::new(Mutex::new(Tally::default()));
    let suite = Load {
        base: options.url.clone(),
        users: Arc::clone(users),
        think: Duration::from_millis(options.think),
        warmup: options.load.warmup,
        begun: Arc::new(AtomicU64::new(0)),
        tally: Arc::clone(&tally),
    };
    let mut framework = options.load.clone();
    if matches!(framework.collector(), Collector::Silent) && framework.output_file.is_none() {
        // Our own report says more than the framework's.
        framework.output_file = Some("/dev/null".into());
    }
    let (before, begun) = (report::own_seconds(), Instant::now());
    rlt::cli::run(framework, suite).await?;
    let measured = std::mem::take(&mut *tally.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((measured, (report::own_seconds() - before) / begun.elapsed().as_secs_f64()))
}

/// Waits until events are delivered and jobs are done: they must not slow plain SQL down, and belong to the cases.
async fn settle(database: &Database) -> anyhow::Result<(Backlog, Option<f64>)> {
    let (begun, at_end) = (Instant::now(), database.backlog().await?);
    while begun.elapsed() < PATIENCE {
        if database.backlog().await?.none() {
            let done = begun.elapsed().as_secs_f64();
            // Counters of idle connections arrive within seconds.
            tokio::time::sleep(Duration::from_secs(3)).await;
            return Ok((at_end, Some(done)));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok((at_end, None))
}

async fn plain(options: &Options, url: Option<&str>) -> anyhow::Result<Option<plain::Plain>> {
    let (Some(url), [clients, seconds]) = (url, options.plain.as_slice()) else { return Ok(None) };
    let lasts = Duration::from_secs(u64::from(*seconds));
    let settings = plain::Settings { url: url.to_owned(), clients: *clients, lasts };
    if options.both_runners {
        println!("plain SQL by the built-in runner: {:.1}/s", plain::built_in(&settings).await?);
    }
    plain::measure(&settings).await.map(Some)
}
