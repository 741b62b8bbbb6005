//! Hashing on a bounded pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rand::TryRng;
use rand::rngs::SysRng;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{Error, IdentityConfig};

/// A password on its way; wiped when dropped.
pub(crate) type Secret = Zeroizing<String>;

/// Hashes and verifies, a few at a time.
#[derive(Clone)]
pub(crate) struct Hasher(Arc<Inner>);

struct Inner {
    params: Params,
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    /// Verified against when there is no such login, so that the answer takes the same time.
    decoy: String,
}

/// What a verification showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Wrong.
    Wrong,
    /// Right.
    Right,
    /// Right, but hashed with weaker parameters than now: to be hashed anew.
    Outdated,
}

impl Hasher {
    pub(crate) fn new(config: &IdentityConfig) -> Result<Self, Error> {
        let params = Params::new(config.argon2_kib, config.argon2_passes, 1, None).map_err(hash_error)?;
        let decoy = hash(&params, "a password nobody has")?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let slots = if config.hashes_at_once == 0 { processors } else { config.hashes_at_once };
        let most_waiting = config.hashes_waiting;
        let inner = Inner {
            params,
            slots: Arc::new(Semaphore::new(slots)),
            waiting: AtomicUsize::new(0),
            most_waiting,
            decoy,
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Hashes a new password.
    pub(crate) async fn hash(&self, password: Secret) -> Result<String, Error> {
        self.run(move |inner| hash(&inner.params, &password)).await
    }

    /// Verifies against `stored`, or for as long against a decoy.
    pub(crate) async fn verify(&self, password: Secret, stored: Option<String>) -> Result<Verdict, Error> {
        self.run(move |inner| {
            let exists = stored.is_some();
            let stored = stored.as_deref().unwrap_or(&inner.decoy);
            let parsed = PasswordHash::new(stored).map_err(hash_error)?;
            // The parameters stored with the hash are used; the comparison takes constant time.
            if Argon2::default().verify_password(password.as_bytes(), &parsed).is_err() || !exists {
                return Ok(Verdict::Wrong);
            }
            let kept = Params::try_from(&parsed).map_err(hash_error)?;
            let weaker = kept.m_cost() < inner.params.m_cost() || kept.t_cost() < inner.params.t_cost();
            Ok(if weaker { Verdict::Outdated } else { Verdict::Right })
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let queue = Queue::join(&self.0)?;
        let slot = Arc::clone(&self.0.slots).acquire_owned().await.map_err(|_| Error::Busy)?;
        drop(queue);
        let inner = Arc::clone(&self.0);
        let hashing = move || {
            // Held here, not by the caller: who gives up waiting must not make room for one more hash in memory.
            let _slot = slot;
            work(&inner)
        };
        tokio::task::spawn_blocking(hashing).await.map_err(hash_error)?
    }
}

/// A place among those who wait.
struct Queue<'a>(&'a Inner);

impl<'a> Queue<'a> {
    fn join(inner: &'a Inner) -> Result<Self, Error> {
        let place = Self(inner);
        let before = inner.waiting.fetch_add(1, Ordering::Relaxed);
        if before >= inner.most_waiting { Err(Error::Busy) } else { Ok(place) }
    }
}

impl Drop for Queue<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hash(params: &Params, password: &str) -> Result<String, Error> {
    let mut salt = [0_u8; 16];
    SysRng.try_fill_bytes(&mut salt).map_err(|_| Error::Entropy)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let hash = argon2.hash_password_with_salt(password.as_bytes(), &salt).map_err(hash_error)?;
    Ok(hash.to_string())
}

fn hash_error(error: impl std::fmt::Display) -> Error {
    Error::Hash(error.to_string())
}
