//! A PostgreSQL that needs no installation: binaries beside the checkout, data in a folder, started and stopped with
//! the program.
//!
//! **Who owns the data folder.** The running program holds an operating-system lock on `renshe.lock` in it, which
//! disappears with the program even after `kill -9`. A second program finds the lock held and refuses with a clear
//! sentence. If the lock is free but a PostgreSQL still runs on the folder, that server is an orphan of a killed
//! program: it is stopped (fast, so nothing committed is lost) and started anew, rather than attached to, because only
//! a child of ours can be watched and only a fresh start takes today's settings.
//!
//! **Watching.** A thread waits on the server; when it dies without being asked, the thread starts it again on the
//! same port and PostgreSQL recovers from its log. Pools drop the connections they had before.
//!
//! **Root.** PostgreSQL refuses to run as root, so then it runs as the owner of existing data, else as `postgres`,
//! else as `nobody`. Folders that such a user can't enter (root's own home) are replaced by readable ones, see [`place`].

mod binaries;
mod cluster;
mod error;
mod place;
mod settings;
mod supervise;
#[cfg(test)]
mod tests;
mod user;

use std::path::PathBuf;

pub use binaries::Binaries;
pub use cluster::Cluster;
pub use error::EmbeddedError;
use place::Lock;
use supervise::Supervisor;
pub(crate) use supervise::restarted_within;

/// Where the server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// On 127.0.0.1, at this port or at any free one.
    Loopback(Option<u16>),
    /// On a Unix socket in the data folder only; entry is by file permission, so there is no password.
    Socket,
}

/// What must survive a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Everything committed.
    Durable,
    /// Nothing: for tests, several times faster.
    Disposable,
}

/// What to start.
#[derive(Debug, Clone)]
pub struct EmbeddedConfig {
    /// Folder for the data, the password and the log; made when absent.
    pub data_dir: PathBuf,
    /// Folder with `bin/`, `lib/` and `share/` of PostgreSQL, or a folder that itself holds `postgres` and `initdb`.
    pub binaries_dir: PathBuf,
    /// Where to listen.
    pub listen: Listen,
    /// What must survive.
    pub durability: Durability,
}

impl EmbeddedConfig {
    /// A durable cluster in `data_dir` on any free port of 127.0.0.1.
    #[must_use]
    pub fn durable(data_dir: impl Into<PathBuf>, binaries_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            binaries_dir: binaries_dir.into(),
            listen: Listen::Loopback(None),
            durability: Durability::Durable,
        }
    }
}

/// A running, watched cluster. Dropping it stops the server.
#[derive(Debug)]
pub struct Embedded {
    url: String,
    supervisor: Option<Supervisor>,
    _lock: Lock,
}

impl Embedded {
    /// Prepares the data folder if need be, starts the server and watches it.
    ///
    /// # Errors
    /// [`EmbeddedError`], whose text is a Chinese sentence for the operator.
    pub async fn start(config: &EmbeddedConfig) -> Result<Self, EmbeddedError> {
        let config = config.clone();
        tokio::task::spawn_blocking(move || Self::start_blocking(&config))
            .await
            .map_err(|_| EmbeddedError::Interrupted)?
    }

    /// [`Embedded::start`] for callers without a runtime.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub fn start_blocking(config: &EmbeddedConfig) -> Result<Self, EmbeddedError> {
        let mut cluster = Cluster::open(config)?;
        let lock = Lock::take(cluster.home())?;
        cluster.stop_orphan()?;
        cluster.prepare()?;
        let child = cluster.launch()?;
        let url = cluster.url()?;
        place::write_private(&cluster.home().join("url"), &url)?;
        Ok(Self { url, supervisor: Some(Supervisor::watch(cluster, child)), _lock: lock })
    }

    /// Connection URL with the password; not for logs.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Process id of the server at this moment.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.supervisor.as_ref().and_then(Supervisor::pid)
    }

    /// Stops the server: open transactions roll back, everything committed is on disk.
    ///
    /// # Errors
    /// [`EmbeddedError::Stop`] when it had to be stopped hard; the next start recovers from the log.
    pub async fn stop(mut self) -> Result<(), EmbeddedError> {
        let Some(supervisor) = self.supervisor.take() else { return Ok(()) };
        tokio::task::spawn_blocking(move || supervisor.stop())
            .await
            .map_err(|_| EmbeddedError::Interrupted)?
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Some(supervisor) = self.supervisor.take()
            && let Err(error) = supervisor.stop()
        {
            tracing::error!(%error, "embedded PostgreSQL did not stop cleanly");
        }
    }
}
