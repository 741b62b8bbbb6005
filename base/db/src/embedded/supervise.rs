//! Watches the server and starts it again when it dies unasked.

use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

use super::{Cluster, EmbeddedError};

/// How often the thread looks.
const LOOK: Duration = Duration::from_millis(100);
/// Longest pause between two tries to start it again.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// When a server of this process last came back after dying.
static RESTARTED: Mutex<Option<Instant>> = Mutex::new(None);

/// Whether a server was started again less than `age` ago, so that a connection this old may be cut off.
pub(crate) fn restarted_within(age: Duration) -> bool {
    RESTARTED.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|at| at.elapsed() < age)
}

/// The thread that holds the server as its child.
#[derive(Debug)]
pub(super) struct Supervisor {
    cluster: Cluster,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stopping: AtomicBool,
    /// Zero while it is down.
    pid: AtomicU32,
    /// Held while a start is under way, so that a stop does not miss the new server.
    starting: Mutex<()>,
}

impl Supervisor {
    pub(super) fn watch(cluster: Cluster, child: Child) -> Self {
        let shared = Arc::new(Shared { pid: AtomicU32::new(child.id()), ..Shared::default() });
        let (for_thread, watched) = (Arc::clone(&shared), cluster.clone());
        let thread = thread::spawn(move || watch(watched, child, &for_thread));
        Self { cluster, shared, thread: Some(thread) }
    }

    pub(super) fn pid(&self) -> Option<u32> {
        match self.shared.pid.load(Ordering::Acquire) {
            0 => None,
            pid => Some(pid),
        }
    }

    pub(super) fn stop(mut self) -> Result<(), EmbeddedError> {
        self.shared.stopping.store(true, Ordering::Release);
        let result = {
            let _guard = self.shared.starting.lock().unwrap_or_else(PoisonError::into_inner);
            self.cluster.stop()
        };
        if let Some(thread) = self.thread.take() {
            thread.join().map_err(|_| EmbeddedError::Interrupted)?;
        }
        result
    }
}

fn watch(mut cluster: Cluster, mut child: Child, shared: &Shared) {
    loop {
        match child.try_wait() {
            Ok(None) => {
                sleep(LOOK);
                continue;
            }
            Ok(Some(status)) if !shared.stopping.load(Ordering::Acquire) => {
                tracing::error!(%status, "PostgreSQL ended unasked; starting it again");
            }
            Ok(Some(_)) => return,
            Err(error) => tracing::error!(%error, "PostgreSQL can't be watched; starting it again"),
        }
        shared.pid.store(0, Ordering::Release);
        match start_again(&mut cluster, shared) {
            Some(next) => child = next,
            None => return,
        }
        *RESTARTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        shared.pid.store(child.id(), Ordering::Release);
        tracing::warn!(pid = child.id(), "PostgreSQL runs again");
    }
}

/// Tries until it runs or a stop is asked for.
fn start_again(cluster: &mut Cluster, shared: &Shared) -> Option<Child> {
    let mut pause = Duration::from_millis(200);
    loop {
        {
            let _guard = shared.starting.lock().unwrap_or_else(PoisonError::into_inner);
            if shared.stopping.load(Ordering::Acquire) {
                return None;
            }
            match cluster.stop_orphan().and_then(|()| cluster.launch()) {
                Ok(child) => return Some(child),
                Err(error) => tracing::error!(%error, "PostgreSQL could not be started again"),
            }
        }
        sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
