//! Signing in, and changing one's password.

use std::net::IpAddr;

use base_db::Tx;
use base_kernel::{Ctx, RequestId, SessionId, UserId};
use base_web::Caller;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::model::ChannelName;
use crate::password::{Secret, Verdict};
use crate::session::{Opening, Token};
use crate::store::{self, Credential};
use crate::throttle::{Count, Kind};
use crate::{Error, Identity, policy};

/// What somebody presents.
pub(crate) struct Attempt {
    pub(crate) login: String,
    pub(crate) password: Secret,
    pub(crate) channel: Option<ChannelName>,
    pub(crate) client: Option<IpAddr>,
    pub(crate) request: RequestId,
}

/// Keys under which failures are counted.
struct Keys {
    login: String,
    source: Option<String>,
}

impl Identity {
    /// Signs in.
    ///
    /// # Errors
    /// [`Error::WrongCredentials`], [`Error::Locked`], [`Error::SourceBlocked`], [`Error::Disabled`],
    /// [`Error::WrongChannel`], [`Error::Busy`].
    pub(crate) async fn sign_in(&self, attempt: Attempt) -> Result<Token, Error> {
        let login = normal(&attempt.login);
        let keys =
            Keys { login: self.login_key(&login), source: attempt.client.map(|address| address.to_string()) };
        let mut tx = self.db().begin(Ctx::system(attempt.request)).await?;
        self.refuse_blocked(&mut tx, &keys).await?;
        let credential = store::account::credential(&mut tx, &login).await?;
        // No connection is held while the password is hashed.
        tx.rollback().await?;

        let stored = credential.as_ref().map(|credential| credential.password.clone());
        let verdict = self.hasher().verify(attempt.password.clone(), stored).await?;
        let Some(credential) = credential.filter(|_| verdict != Verdict::Wrong) else {
            return Err(self.failed(&attempt, &keys, &login).await?);
        };
        let renewed = match verdict {
            Verdict::Outdated => Some(self.hasher().hash(attempt.password.clone()).await?),
            Verdict::Right | Verdict::Wrong => None,
        };
        self.succeeded(&attempt, &keys, &credential, renewed).await
    }

    async fn refuse_blocked(&self, tx: &mut Tx, keys: &Keys) -> Result<(), Error> {
        let now = tx.now();
        if let Some(wait) =
            store::throttle::get(tx, Kind::Login, &keys.login).await?.and_then(|count| count.wait(now))
        {
            return Err(Error::Locked(wait.num_minutes() + 1));
        }
        if let Some(source) = &keys.source
            && let Some(wait) =
                store::throttle::get(tx, Kind::Source, source).await?.and_then(|count| count.wait(now))
        {
            return Err(Error::SourceBlocked(wait.num_seconds() + 1));
        }
        Ok(())
    }

    /// Counts a failure; gives back what the client is told.
    async fn failed(&self, attempt: &Attempt, keys: &Keys, login: &str) -> Result<Error, Error> {
        let mut tx = self.db().begin(Ctx::system(attempt.request)).await?;
        let now = tx.now();
        let before = store::throttle::lock(&mut tx, Kind::Login, &keys.login).await?;
        // Guesses that ran in parallel and come in after the lock fell don't count twice.
        let locked = before.and_then(|count| count.wait(now));
        let told = if let Some(wait) = locked {
            Error::Locked(wait.num_minutes() + 1)
        } else {
            let count = Count::failed(before, Kind::Login, now, self.config());
            store::throttle::put(&mut tx, Kind::Login, &keys.login, &count).await?;
            match count.wait(now) {
                Some(wait) => Error::Locked(wait.num_minutes()),
                None => Error::WrongCredentials,
            }
        };
        if let Some(source) = &keys.source {
            let before = store::throttle::lock(&mut tx, Kind::Source, source).await?;
            let count = Count::failed(before, Kind::Source, now, self.config());
            store::throttle::put(&mut tx, Kind::Source, source, &count).await?;
        }
        let account = store::account::credential(&mut tx, login).await?.map(|credential| credential.id);
        let what = if matches!(told, Error::Locked(_)) { "locked" } else { "wrong" };
        record(&mut tx, attempt, account, "sign_in_refused", json!({ "why": what })).await?;
        tx.commit().await?;
        Ok(told)
    }

    async fn succeeded(
        &self,
        attempt: &Attempt,
        keys: &Keys,
        credential: &Credential,
        renewed: Option<String>,
    ) -> Result<Token, Error> {
        let mut tx = self.db().begin(Ctx::system(attempt.request)).await?;
        let now = tx.now();
        // The second look: a right guess among many wrong ones in parallel is refused once the lock fell.
        let count = store::throttle::lock(&mut tx, Kind::Login, &keys.login).await?;
        if let Some(wait) = count.and_then(|count| count.wait(now)) {
            return Err(Error::Locked(wait.num_minutes() + 1));
        }
        let channel = attempt.channel.unwrap_or_else(|| credential.kind.usual_channel());
        let refusal = if !credential.active {
            Some(Error::Disabled)
        } else if !credential.kind.may_use(channel) {
            Some(Error::WrongChannel)
        } else {
            None
        };
        if let Some(refusal) = refusal {
            let detail = json!({ "why": if credential.active { "channel" } else { "disabled" } });
            record(&mut tx, attempt, Some(credential.id), "sign_in_refused", detail).await?;
            tx.commit().await?;
            return Err(refusal);
        }
        if count.is_some() {
            store::throttle::clear(&mut tx, Kind::Login, &keys.login).await?;
        }
        store::account::signed_in(&mut tx, credential.id, renewed.as_deref()).await?;
        let client = attempt.client.map(|address| address.to_string());
        let (token, session) = self.open(&mut tx, credential.id, &Opening { channel, client }).await?;
        let detail = json!({ "session": session, "channel": channel });
        record(&mut tx, attempt, Some(credential.id), "sign_in", detail).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Changes the caller's own password and ends their other sessions. A wrong old password counts like a failed
    /// sign-in, so that a session left open is no way to guess it.
    ///
    /// # Errors
    /// [`Error::OldPassword`], [`Error::PasswordRule`], [`Error::Locked`].
    pub(crate) async fn change_password(
        &self,
        caller: &Caller,
        session: SessionId,
        old: Secret,
        new: Secret,
    ) -> Result<(), Error> {
        let mut tx = self.db().begin(caller.ctx()).await?;
        let credential =
            store::account::credential_of(&mut tx, caller.actor.user).await?.ok_or(Error::NoUser)?;
        let attempt = Attempt {
            login: credential.login.clone(),
            password: old.clone(),
            channel: None,
            client: None,
            request: caller.request,
        };
        let keys = Keys { login: self.login_key(&credential.login), source: None };
        self.refuse_blocked(&mut tx, &keys).await?;
        let former = store::account::former(&mut tx, credential.id, self.config().password_history).await?;
        tx.rollback().await?;

        if self.hasher().verify(old, Some(credential.password.clone())).await? == Verdict::Wrong {
            return Err(match self.failed(&attempt, &keys, &credential.login).await? {
                Error::WrongCredentials => Error::OldPassword,
                locked => locked,
            });
        }
        policy::check(&new, &credential.login)?;
        for earlier in former.into_iter().chain([credential.password.clone()]) {
            if self.hasher().verify(new.clone(), Some(earlier)).await? != Verdict::Wrong {
                return Err(Error::PasswordRule("新密码不能与最近使用过的密码相同，请更换"));
            }
        }
        let hash = self.hasher().hash(new).await?;
        let mut tx = self.db().begin(caller.ctx()).await?;
        store::account::set_password(&mut tx, credential.id, &credential.password, &hash, false).await?;
        store::session::end_all(&mut tx, credential.id, Some(session), "password_changed").await?;
        store::event(&mut tx, Some(credential.id), "password_changed", None, None, &json!({})).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the failures counted for a login.
    pub(crate) async fn unlock_login(&self, tx: &mut Tx, login: &str) -> Result<(), Error> {
        store::throttle::clear(tx, Kind::Login, &self.login_key(login)).await
    }

    /// Until when a login is locked.
    pub(crate) async fn locked_until(
        &self,
        tx: &mut Tx,
        login: &str,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let count = store::throttle::get(tx, Kind::Login, &self.login_key(login)).await?;
        let now = tx.now();
        Ok(count.and_then(|count| count.blocked_until).filter(|until| *until > now))
    }

    /// The key failures of a login are counted under. A login that does not exist may be a mistyped password: only the
    /// digest is kept.
    fn login_key(&self, login: &str) -> String {
        hex(&self.key().digest("login", login.as_bytes()))
    }
}

async fn record(
    tx: &mut Tx,
    attempt: &Attempt,
    account: Option<UserId>,
    what: &str,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let client = attempt.client.map(|address| address.to_string());
    let channel = attempt.channel.map(ChannelName::as_str);
    store::event(tx, account, what, client.as_deref(), channel, &detail).await
}

/// Logins are compared without case and without stray blanks.
pub(crate) fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
