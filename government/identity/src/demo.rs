//! Demonstration accounts: passwords are drawn at the first start of a trial and never stand in the repository.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base_db::Tx;
use base_kernel::UserId;
use government_access::{Wanted, change_grants};
use rand::TryCryptoRng;
use serde_json::json;
use zeroize::Zeroizing;

use crate::model::{NewAccount, OneTimePassword};
use crate::users::{Entry, checked, enter, generated};
use crate::{Error, Identity, store};

/// A demonstration account with its roles.
#[derive(Debug, Clone)]
pub struct DemoUser {
    /// The account.
    pub account: NewAccount,
    /// Roles, for staff.
    pub roles: Vec<Wanted>,
}

impl Identity {
    /// Makes those of `users` that do not exist yet, each with a password drawn from `rng`, and gives back the new ones.
    /// The step must run as the system, which may grant any role; the rules of level and exclusion hold all the same.
    /// The accounts are marked: a production system refuses to start with them.
    ///
    /// # Errors
    /// Every refusal of account and grant.
    pub async fn demo_seed<R: TryCryptoRng + Send>(
        &self,
        tx: &mut Tx,
        users: &[DemoUser],
        rng: &mut R,
    ) -> Result<Vec<OneTimePassword>, Error> {
        let mut made = Vec::new();
        for demo in users {
            let new = checked(demo.account.clone())?;
            if store::account::credential(tx, &new.login).await?.is_some() {
                continue;
            }
            let password = generated(rng)?;
            let hash = self.hasher().hash(password.clone()).await?;
            let user = self.enter_demo(tx, &new, &hash, &demo.roles).await?;
            made.push(OneTimePassword { user, login: new.login, password });
        }
        Ok(made)
    }

    /// Makes all of `users` with one password drawn from `rng`: hashing takes as long as it should, so many accounts for a
    /// measurement need one that they share. Otherwise as [`Identity::demo_seed`]; in the order of `users`.
    ///
    /// # Errors
    /// Every refusal of account and grant, a login that exists among them.
    pub async fn demo_seed_alike<R: TryCryptoRng + Send>(
        &self,
        tx: &mut Tx,
        users: &[DemoUser],
        rng: &mut R,
    ) -> Result<Vec<OneTimePassword>, Error> {
        let password = generated(rng)?;
        let hash = self.hasher().hash(password.clone()).await?;
        let mut made = Vec::with_capacity(users.len());
        for demo in users {
            let new = checked(demo.account.clone())?;
            let user = self.enter_demo(tx, &new, &hash, &demo.roles).await?;
            made.push(OneTimePassword { user, login: new.login, password: password.clone() });
        }
        Ok(made)
    }

    async fn enter_demo(
        &self,
        tx: &mut Tx,
        new: &NewAccount,
        hash: &str,
        roles: &[Wanted],
    ) -> Result<UserId, Error> {
        let user = enter(tx, new, hash, Entry { must_change: false, demo: true }).await?;
        if !roles.is_empty() {
            change_grants(tx, self.access().roles(), user, roles).await?;
        }
        store::event(tx, Some(user), "created", None, None, &json!({ "demo": true })).await?;
        Ok(user)
    }
}

/// Adds the passwords to `path`, a file that only its owner can read; to be called once the step is committed.
///
/// # Errors
/// When the file can't be written, or exists and is open to others.
pub fn write_demo_passwords(path: &Path, passwords: &[OneTimePassword]) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        return Err(io::Error::other(format!("{} is open to other users", path.display())));
    }
    let mut text = Zeroizing::new(String::new());
    for one in passwords {
        writeln!(text, "{}\t{}", one.login, one.password.as_str()).map_err(io::Error::other)?;
    }
    file.write_all(text.as_bytes())
}
