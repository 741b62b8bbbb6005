#![doc = include_str!("../README.md")]

mod authenticate;
mod config;
mod demo;
mod error;
mod jobs;
mod model;
mod password;
mod policy;
mod routes;
mod secret;
mod session;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;
mod throttle;
mod users;

use std::sync::Arc;

use base_db::{Db, Migration};
use base_slice::Slice;
use government_access::Access;

pub use config::IdentityConfig;
pub use demo::{DemoUser, write_demo_passwords};
pub use error::Error;
pub use model::{Account, AccountKind, NewAccount, OneTimePassword};
pub use secret::{Mode, SessionKey};
pub use session::{CurrentSession, Token};
pub use store::sql_files;

use crate::password::Hasher;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 130, name: "identity", sql: include_str!("../migrations/0130_identity.sql") }];

/// Accounts, passwords and sessions of this node. Cheap to clone.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    db: Db,
    access: Access,
    key: SessionKey,
    hasher: Hasher,
    config: IdentityConfig,
}

impl Identity {
    /// Joins the parts. Computes one password hash, to answer for logins that do not exist.
    ///
    /// # Errors
    /// [`Error::Hash`] when the parameters are out of range.
    pub fn new(db: Db, access: Access, key: SessionKey, config: IdentityConfig) -> Result<Self, Error> {
        let hasher = Hasher::new(&config)?;
        Ok(Self(Arc::new(Inner { db, access, key, hasher, config })))
    }

    fn db(&self) -> &Db {
        &self.0.db
    }

    fn access(&self) -> &Access {
        &self.0.access
    }

    fn key(&self) -> &SessionKey {
        &self.0.key
    }

    fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    fn config(&self) -> &IdentityConfig {
        &self.0.config
    }
}

/// What this slice brings.
#[must_use]
pub fn slice(identity: Identity) -> Slice {
    Slice {
        name: "government-identity",
        routes: routes::routes(identity),
        migrations: MIGRATIONS,
        jobs: jobs::jobs(),
        timers: jobs::timers(),
        ..Slice::default()
    }
}
