//! The accounts that `renshe bench-seed` made.

use std::path::Path;

use anyhow::{Context, ensure};
use serde::Deserialize;

/// Accounts with open sessions.
#[derive(Debug, Deserialize)]
pub struct Users {
    /// The password they share.
    pub password: String,
    /// Citizens.
    pub citizens: Vec<User>,
    /// Officers.
    pub staff: Vec<User>,
}

/// An account with an open session.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// Login.
    pub login: String,
    /// Token of the session.
    pub token: String,
}

/// One of them with what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Applies.
    Citizen,
    /// Decides.
    Officer,
}

impl Users {
    /// Reads the file.
    ///
    /// # Errors
    /// Not there, not readable, or nobody of one kind in it.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        let users: Self =
            serde_json::from_slice(&text).with_context(|| format!("reading {}", path.display()))?;
        ensure!(!users.citizens.is_empty() && !users.staff.is_empty(), "{} names nobody", path.display());
        Ok(users)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.citizens.len() + self.staff.len()
    }

    /// The user of a worker: citizens and officers mixed in their proportion, so that fewer workers than users keep it.
    #[must_use]
    pub fn of_worker(&self, worker: usize) -> Option<(Role, u32, &User)> {
        let (citizens, staff) = (self.citizens.len(), self.staff.len());
        // Officers among the first `worker` users.
        let officers = |worker: usize| worker * staff / (citizens + staff);
        let (before, after) = (officers(worker), officers(worker + 1));
        let (role, at) =
            if after > before { (Role::Officer, before) } else { (Role::Citizen, worker - before) };
        let list = if role == Role::Officer { &self.staff } else { &self.citizens };
        Some((role, u32::try_from(at).ok()?, list.get(at)?))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeSet;

    use super::*;

    fn users(citizens: usize, staff: usize) -> Users {
        let some = |count: usize, letter: &str| {
            (0..count).map(|n| User { login: format!("{letter}{n}"), token: String::new() }).collect()
        };
        Users { password: String::new(), citizens: some(citizens, "c"), staff: some(staff, "s") }
    }

    #[test]
    fn every_worker_is_another_user() {
        for (citizens, staff) in [(520, 480), (1, 1), (999, 1), (3, 17)] {
            let users = users(citizens, staff);
            let logins: BTreeSet<_> =
                (0..users.len()).map(|worker| users.of_worker(worker).unwrap().2.login.clone()).collect();
            assert_eq!(logins.len(), citizens + staff);
            assert!(users.of_worker(users.len()).is_none());
        }
    }

    #[test]
    fn few_workers_keep_the_proportion() {
        let users = users(600, 400);
        let officers = (0..50).filter(|worker| users.of_worker(*worker).unwrap().0 == Role::Officer).count();
        assert_eq!(officers, 20);
    }
}
