//! How often one client may ask.
//!
//! A generic cell rate algorithm: one 64-bit number a client, no background task, the clock injected. A library
//! (`governor`) would bring a sharded map and a clock of its own for the same forty lines; these run only on sign-in
//! and on requests without a session, so one mutex is no bottleneck. The count is held per node: behind n nodes a
//! client gets up to n times the rate, and the lock-out of accounts (in the database) holds regardless.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use base_kernel::Clock;
use serde::Deserialize;

/// A rate: `per_minute` in the long run, `burst` at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Rate {
    /// Requests a minute in the long run; at least 1.
    pub per_minute: u32,
    /// Requests at once after a quiet time; at least 1.
    pub burst: u32,
}

/// Clients remembered at most; an attacker with many addresses must not fill the memory.
const CAPACITY: usize = 100_000;

pub(crate) struct Limiter {
    /// Microseconds one request costs.
    cost: i64,
    /// Microseconds a client may be ahead of its rate.
    credit: i64,
    clock: Arc<dyn Clock>,
    /// For each client the moment (microseconds) at which its account is level again.
    level_at: Mutex<HashMap<IpAddr, i64>>,
}

impl Limiter {
    pub(crate) fn new(rate: Rate, clock: Arc<dyn Clock>) -> Self {
        let cost = 60_000_000 / i64::from(rate.per_minute.max(1));
        Self { cost, credit: cost * i64::from(rate.burst.max(1)), clock, level_at: Mutex::default() }
    }

    /// Takes one request from the client's account.
    ///
    /// # Errors
    /// The seconds to wait when the account is used up.
    pub(crate) fn take(&self, client: IpAddr) -> Result<(), i64> {
        let now = self.clock.now().timestamp_micros();
        let mut accounts = self.level_at.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= CAPACITY {
            accounts.retain(|_, level_at| *level_at > now);
            if accounts.len() >= CAPACITY {
                // All of them busy: forgetting is better than refusing everybody or growing without end.
                accounts.clear();
            }
        }
        let account = accounts.entry(network(client)).or_insert(now);
        // A clock set back must not shut a client out for longer than the credit is worth.
        *account = (*account).clamp(now, now + self.credit);
        let wait = *account + self.cost - now - self.credit;
        if wait > 0 {
            // Whole seconds, rounded up.
            return Err((wait + 999_999).div_euclid(1_000_000));
        }
        *account += self.cost;
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn clients(&self) -> usize {
        self.level_at.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// IPv6 clients are handed whole /64 networks; counting single addresses would count nobody.
fn network(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        },
    }
}
