//! When failures make somebody wait; pure.

use chrono::{DateTime, Duration, Utc};

use crate::IdentityConfig;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Failures for one login.
    Login,
    /// Failures from one source address.
    Source,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Source => "source",
        }
    }
}

/// Longest wait of a source address.
const SOURCE_WAIT: Duration = Duration::minutes(15);

/// Failures so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) failures: i32,
    pub(crate) last_failed_at: DateTime<Utc>,
    pub(crate) blocked_until: Option<DateTime<Utc>>,
}

impl Count {
    /// How long to wait still, if at all.
    pub(crate) fn wait(&self, now: DateTime<Utc>) -> Option<Duration> {
        self.blocked_until.map(|until| until - now).filter(|wait| *wait > Duration::zero())
    }

    /// The count after one more failure at `now`. A quiet time as long as the lock forgets the earlier ones. A login is
    /// locked for the whole time at the limit; a source waits 1, 2, 4 … seconds beyond its limit.
    pub(crate) fn failed(
        before: Option<Self>,
        kind: Kind,
        now: DateTime<Utc>,
        config: &IdentityConfig,
    ) -> Self {
        let earlier = before.filter(|count| now - count.last_failed_at < config.lock());
        let failures = earlier.map_or(0, |count| count.failures).saturating_add(1);
        let blocked_until = match kind {
            Kind::Login => (failures >= config.lock_after).then(|| now + config.lock()),
            Kind::Source => (failures > config.source_after).then(|| {
                let doublings = (failures - config.source_after - 1).clamp(0, 10);
                now + Duration::seconds(1 << doublings).min(SOURCE_WAIT)
            }),
        };
        Self { failures, last_failed_at: now, blocked_until }
    }
}
