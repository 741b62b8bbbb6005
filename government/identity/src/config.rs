//! Settings of accounts and sessions; every value has a safe default.

use chrono::Duration;
use serde::Deserialize;

/// Limits of accounts and sessions.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentityConfig {
    /// Minutes without a request until a session ends; 30.
    pub idle_minutes: i64,
    /// Hours until a session ends in any case; 12.
    pub session_hours: i64,
    /// Failures in a row until a login is locked; 5.
    pub lock_after: i32,
    /// Minutes a login stays locked; 15.
    pub lock_minutes: i64,
    /// Failures from one source address until it has to wait; 50, because a hall shares one address.
    pub source_after: i32,
    /// Days after which staff must change their password; 90.
    pub password_days: i64,
    /// Former passwords that may not come back; 5.
    pub password_history: i64,
    /// Whether the cookie is for TLS only. To be set behind TLS.
    pub secure_cookie: bool,
    /// Argon2id memory in KiB; 19 MiB.
    pub argon2_kib: u32,
    /// Argon2id passes; 2.
    pub argon2_passes: u32,
    /// Hashes at once; 0 means one per processor.
    pub hashes_at_once: usize,
    /// Sign-ins that may wait for a hash; more are sent away with 503.
    pub hashes_waiting: usize,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            idle_minutes: 30,
            session_hours: 12,
            lock_after: 5,
            lock_minutes: 15,
            source_after: 50,
            password_days: 90,
            password_history: 5,
            secure_cookie: false,
            argon2_kib: 19 * 1024,
            argon2_passes: 2,
            hashes_at_once: 0,
            hashes_waiting: 1500,
        }
    }
}

impl IdentityConfig {
    pub(crate) fn idle(&self) -> Duration {
        Duration::minutes(self.idle_minutes)
    }

    pub(crate) fn absolute(&self) -> Duration {
        Duration::hours(self.session_hours)
    }

    pub(crate) fn lock(&self) -> Duration {
        Duration::minutes(self.lock_minutes)
    }
}
