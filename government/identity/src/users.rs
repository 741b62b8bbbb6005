//! What administrators do to accounts.

use base_db::Tx;
use base_kernel::{Actor, UserId};
use base_web::Caller;
use government_access::{Staff, Wanted, change_grants, enrol, find_organisation};
use rand::TryCryptoRng;
use rand::rngs::SysRng;
use serde_json::json;
use zeroize::Zeroizing;

use crate::model::{AccountKind, NewAccount, OneTimePassword};
use crate::password::Secret;
use crate::sign_in::normal;
use crate::store::account::{Filter, Listed};
use crate::store::{self, account, session};
use crate::{Error, Identity};

/// What is done to one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Enable,
    Disable,
    Unlock,
    EndSessions,
}

impl Identity {
    /// Accounts within the caller's subtree, and how many there are in all.
    pub(crate) async fn users(
        &self,
        tx: &mut Tx,
        query: Option<&str>,
        kind: Option<AccountKind>,
        (limit, offset): (i64, i64),
    ) -> Result<(Vec<Listed>, i64), Error> {
        let Some(scope) = tx.actor().scope.clone() else { return Ok((Vec::new(), 0)) };
        let query = query.map(str::trim).filter(|query| !query.is_empty());
        let filter = Filter { query, kind, scope: &scope };
        let total = account::count(tx, &filter).await?;
        Ok((account::list(tx, &filter, limit, offset).await?, total))
    }

    /// One account within the caller's subtree.
    ///
    /// # Errors
    /// [`Error::NoUser`]: there is none, or it lies outside; the two are not told apart.
    pub(crate) async fn user(&self, tx: &mut Tx, user: UserId) -> Result<Listed, Error> {
        let found = account::get(tx, user).await?.filter(|found| within(tx.actor(), found));
        found.ok_or(Error::NoUser)
    }

    /// Makes an account with a one-time password.
    ///
    /// # Errors
    /// [`Error::Field`], [`Error::LoginTaken`], an organisation outside the caller's subtree.
    pub(crate) async fn create(&self, caller: &Caller, new: NewAccount) -> Result<OneTimePassword, Error> {
        let new = checked(new)?;
        let password = generated(&mut SysRng)?;
        let hash = self.hasher().hash(password.clone()).await?;
        let mut tx = self.db().begin(caller.ctx()).await?;
        match &new.organisation {
            Some(code) => {
                let place = find_organisation(&mut tx, code).await?;
                if !tx.actor().covers(&place.path) {
                    return Err(government_access::Error::OutsideSubtree(code.to_string()).into());
                }
            }
            None if !at_root(tx.actor()) => return Err(Error::Stronger),
            None => {}
        }
        let user = enter(&mut tx, &new, &hash, Entry { must_change: true, demo: false }).await?;
        store::event(&mut tx, Some(user), "created", None, None, &json!({ "kind": new.kind })).await?;
        tx.commit().await?;
        Ok(OneTimePassword { user, login: new.login, password })
    }

    /// Enables, disables, unlocks, signs out. Each holds from the account's next request on.
    ///
    /// # Errors
    /// [`Error::NoUser`], [`Error::Oneself`], [`Error::Stronger`].
    pub(crate) async fn act(&self, tx: &mut Tx, user: UserId, act: Act) -> Result<(), Error> {
        let found = self.manageable(tx, user).await?;
        let what = match act {
            Act::Enable => "enabled",
            Act::Disable => "disabled",
            Act::Unlock => "unlocked",
            Act::EndSessions => "sessions_ended",
        };
        match act {
            Act::Enable | Act::Disable => {
                account::set_status(tx, user, act == Act::Enable).await?;
                if found.account.kind == AccountKind::Staff
                    && let Some(organisation) = found.account.organisation.clone()
                {
                    let (name, person) = (found.account.name.clone(), found.account.person.clone());
                    enrol(tx, &Staff { user, name, person, organisation, active: act == Act::Enable })
                        .await?;
                }
            }
            Act::Unlock => self.unlock_login(tx, &found.account.login).await?,
            Act::EndSessions => {}
        }
        if matches!(act, Act::Disable | Act::EndSessions) {
            session::end_all(tx, user, None, what).await?;
        }
        store::event(tx, Some(user), what, None, None, &json!({})).await
    }

    /// Replaces a forgotten password by a one-time password and ends all sessions.
    ///
    /// # Errors
    /// [`Error::NoUser`], [`Error::Oneself`], [`Error::Stronger`].
    pub(crate) async fn reset_password(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<OneTimePassword, Error> {
        let password = generated(&mut SysRng)?;
        let hash = self.hasher().hash(password.clone()).await?;
        let mut tx = self.db().begin(caller.ctx()).await?;
        let found = self.manageable(&mut tx, user).await?;
        let credential = account::credential_of(&mut tx, user).await?.ok_or(Error::NoUser)?;
        account::set_password(&mut tx, user, &credential.password, &hash, true).await?;
        session::end_all(&mut tx, user, None, "password_reset").await?;
        self.unlock_login(&mut tx, &found.account.login).await?;
        store::event(&mut tx, Some(user), "password_reset", None, None, &json!({})).await?;
        tx.commit().await?;
        Ok(OneTimePassword { user, login: found.account.login, password })
    }

    /// Makes `wanted` the roles of a member of staff, under the rules of delegation.
    ///
    /// # Errors
    /// [`Error::NoUser`], [`Error::Access`].
    pub(crate) async fn set_roles(&self, tx: &mut Tx, user: UserId, wanted: &[Wanted]) -> Result<(), Error> {
        self.user(tx, user).await?;
        if change_grants(tx, self.access().roles(), user, wanted).await? {
            store::event(tx, Some(user), "roles_changed", None, None, &json!({ "roles": wanted })).await?;
        }
        Ok(())
    }

    /// The account when the caller may act on it: within the subtree, not their own, with no grant beyond the subtree, and
    /// with no role that excludes one of the caller's. Otherwise a district's administrator could take over the account of
    /// somebody with rights over the city, or the system administrator that of the security administrator.
    async fn manageable(&self, tx: &mut Tx, user: UserId) -> Result<Listed, Error> {
        let found = self.user(tx, user).await?;
        let actor = tx.actor();
        if actor.user == user {
            return Err(Error::Oneself);
        }
        let beyond = found.held.iter().any(|grant| !actor.covers(&grant.path));
        let roles = self.access().roles();
        let apart = |role: &str| roles.excluded_by(role).into_iter().any(|other| actor.has_role(other));
        if beyond || found.held.iter().any(|grant| apart(&grant.role)) {
            return Err(Error::Stronger);
        }
        Ok(found)
    }

    /// Appoints the first administrator of a kind (R27, R28 or R29) at the city, for an operator at the command line. The
    /// one-time password must be changed at the first sign-in.
    ///
    /// # Errors
    /// [`Error::Appointed`] when somebody active holds the role already.
    pub async fn appoint(
        &self,
        tx: &mut Tx,
        login: &str,
        name: &str,
        role: &str,
    ) -> Result<OneTimePassword, Error> {
        if !government_access::entitled(tx, role, ROOT).await?.is_empty() {
            return Err(Error::Appointed(role.to_owned()));
        }
        let new = checked(NewAccount {
            kind: AccountKind::Staff,
            login: login.to_owned(),
            name: name.to_owned(),
            person: None,
            employer: None,
            employer_name: None,
            organisation: Some(ROOT.to_owned().into()),
        })?;
        let password = generated(&mut SysRng)?;
        let hash = self.hasher().hash(password.clone()).await?;
        let user = enter(tx, &new, &hash, Entry { must_change: true, demo: false }).await?;
        let wanted = [Wanted { role: role.to_owned(), org: ROOT.to_owned(), until: None }];
        change_grants(tx, self.access().roles(), user, &wanted).await?;
        store::event(tx, Some(user), "appointed", None, None, &json!({ "role": role })).await?;
        Ok(OneTimePassword { user, login: new.login, password })
    }

    /// Refuses a database with demonstration accounts; for the start of a production system.
    ///
    /// # Errors
    /// [`Error::DemoAccounts`].
    pub async fn check_production(tx: &mut Tx) -> Result<(), Error> {
        match account::demo_count(tx).await? {
            0 => Ok(()),
            count => Err(Error::DemoAccounts(count)),
        }
    }
}

/// The root of the organisation tree.
const ROOT: &str = "310000";

fn at_root(actor: &Actor) -> bool {
    actor.scope.as_deref() == Some(ROOT)
}

fn within(actor: &Actor, found: &Listed) -> bool {
    found.account.path.as_deref().map_or_else(|| at_root(actor), |path| actor.covers(path))
}

/// How an account comes into being.
pub(crate) struct Entry {
    pub(crate) must_change: bool,
    pub(crate) demo: bool,
}

/// Writes a checked account, and its staff record.
pub(crate) async fn enter(tx: &mut Tx, new: &NewAccount, hash: &str, entry: Entry) -> Result<UserId, Error> {
    let user: UserId = tx.new_id();
    account::put(tx, user, new, hash, entry.must_change, entry.demo).await?;
    if let Some(organisation) = new.organisation.clone() {
        let (name, person) = (new.name.clone(), new.person.clone());
        enrol(tx, &Staff { user, name, person, organisation, active: true }).await?;
    }
    Ok(user)
}

/// The account with its login in stored form, when every field fits its kind.
pub(crate) fn checked(mut new: NewAccount) -> Result<NewAccount, Error> {
    let wrong = |field, message| Err(Error::Field { field, message });
    new.login = normal(&new.login);
    new.name = new.name.trim().to_owned();
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._@-".contains(&b);
    let first = new.login.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    if !first || !(3..=64).contains(&new.login.len()) || !new.login.bytes().all(allowed) {
        return wrong("login", "用户名须为 3 至 64 位字母、数字或 . _ @ -，并以字母或数字开头");
    }
    if new.name.is_empty() || new.name.chars().count() > 60 {
        return wrong("name", "请填写姓名，最多 60 个字");
    }
    let number = |text: &str| text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
    if new.person.as_ref().is_some_and(|person| !number(person.as_str())) {
        return wrong("person_no", "人员编号须为 10 位数字");
    }
    if new.employer.as_ref().is_some_and(|employer| !number(employer.as_str())) {
        return wrong("employer_no", "单位编号须为 10 位数字");
    }
    let named =
        new.employer_name.as_deref().is_some_and(|name| (1..=120).contains(&name.trim().chars().count()));
    match new.kind {
        AccountKind::Staff if new.organisation.is_none() => wrong("organisation", "请选择所属机构"),
        AccountKind::Staff if new.employer.is_some() => wrong("employer_no", "工作人员账号不填单位编号"),
        AccountKind::Citizen if new.person.is_none() => wrong("person_no", "请填写人员编号"),
        AccountKind::Citizen if new.employer.is_some() => wrong("employer_no", "个人账号不填单位编号"),
        AccountKind::Employer if new.employer.is_none() => wrong("employer_no", "请填写单位编号"),
        AccountKind::Employer if !named => wrong("employer_name", "请填写单位名称，最多 120 个字"),
        AccountKind::Citizen | AccountKind::Employer if new.organisation.is_some() => {
            wrong("organisation", "只有工作人员账号有所属机构")
        }
        _ => Ok(new),
    }
}

/// Without letters and digits that look alike; with signs that no shell or form minds.
const ALPHABET: [&[u8]; 4] = [b"abcdefghjkmnpqrstuvwxyz", b"ABCDEFGHJKMNPQRSTUVWXYZ", b"23456789", b"-+=%"];

/// Sixteen random characters of all four classes: over 80 bits.
pub(crate) fn generated<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Secret, Error> {
    let all = ALPHABET.concat();
    loop {
        let mut password = Zeroizing::new(String::with_capacity(16));
        while password.len() < 16 {
            let mut byte = [0];
            rng.try_fill_bytes(&mut byte).map_err(|_| Error::Entropy)?;
            // Bytes beyond the last whole multiple of the alphabet would favour its beginning.
            let usable = 256 / all.len() * all.len();
            if usize::from(byte[0]) < usable {
                password.push(char::from(all[usize::from(byte[0]) % all.len()]));
            }
        }
        let complete = ALPHABET.iter().all(|class| password.bytes().any(|b| class.contains(&b)));
        if complete && crate::policy::check(&password, "").is_ok() {
            return Ok(password);
        }
    }
}
