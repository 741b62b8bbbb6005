//! Accounts and their passwords.

use base_db::Tx;
use base_kernel::{EmployerNo, OrgCode, PersonNo, UserId};
use government_access::Held;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::Error;
use crate::model::{Account, AccountKind, NewAccount};
use crate::session::held;

/// What sign-in needs of an account.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) id: UserId,
    pub(crate) kind: AccountKind,
    pub(crate) login: String,
    pub(crate) active: bool,
    pub(crate) password: String,
}

type CredentialRow = (Uuid, String, String, String, String);

fn credential_of_row((id, kind, login, status, password): CredentialRow) -> Credential {
    Credential { id: UserId(id), kind: AccountKind::of(&kind), login, active: status == "active", password }
}

pub(crate) async fn credential(tx: &mut Tx, login: &str) -> Result<Option<Credential>, Error> {
    let row: Option<CredentialRow> = sqlx::query_as(include_str!("../sql/credential_by_login.sql"))
        .bind(login)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(credential_of_row))
}

pub(crate) async fn credential_of(tx: &mut Tx, user: UserId) -> Result<Option<Credential>, Error> {
    let row: Option<CredentialRow> = sqlx::query_as(include_str!("../sql/credential_by_id.sql"))
        .bind(user.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.map(credential_of_row))
}

/// The last `count` former passwords.
pub(crate) async fn former(tx: &mut Tx, user: UserId, count: i64) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/former_password_list.sql"))
        .bind(user.0)
        .bind(count)
        .fetch_all(tx.conn())
        .await?)
}

/// Replaces the password that was `old` when it was checked.
///
/// # Errors
/// [`Error::OldPassword`] when it was changed meanwhile.
pub(crate) async fn set_password(
    tx: &mut Tx,
    user: UserId,
    old: &str,
    new: &str,
    must_change: bool,
) -> Result<(), Error> {
    let now = tx.now();
    let done = sqlx::query(include_str!("../sql/account_set_password.sql"))
        .bind(user.0)
        .bind(old)
        .bind(new)
        .bind(now)
        .bind(must_change)
        .execute(tx.conn())
        .await?;
    if done.rows_affected() != 1 {
        return Err(Error::OldPassword);
    }
    sqlx::query(include_str!("../sql/former_password_put.sql"))
        .bind(user.0)
        .bind(now)
        .bind(old)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Remembers the sign-in, and the same password under stronger parameters when there is one.
pub(crate) async fn signed_in(tx: &mut Tx, user: UserId, renewed: Option<&str>) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("../sql/account_signed_in.sql"))
        .bind(user.0)
        .bind(now)
        .bind(renewed)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Makes an account.
pub(crate) async fn put(
    tx: &mut Tx,
    id: UserId,
    account: &NewAccount,
    hash: &str,
    must_change: bool,
    demo: bool,
) -> Result<(), Error> {
    let (now, by) = (tx.now(), tx.actor().user);
    sqlx::query(include_str!("../sql/account_put.sql"))
        .bind(id.0)
        .bind(account.kind.as_str())
        .bind(&account.login)
        .bind(&account.name)
        .bind(account.person.as_ref().map(PersonNo::as_str))
        .bind(account.employer.as_ref().map(EmployerNo::as_str))
        .bind(account.employer_name.as_deref())
        .bind(must_change)
        .bind(hash)
        .bind(now)
        .bind(demo)
        .bind(by.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn set_status(tx: &mut Tx, user: UserId, active: bool) -> Result<(), Error> {
    let status = if active { "active" } else { "disabled" };
    sqlx::query(include_str!("../sql/account_set_status.sql"))
        .bind(user.0)
        .bind(status)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Demonstration accounts.
pub(crate) async fn demo_count(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/demo_count.sql")).fetch_one(tx.conn()).await?)
}

/// An account with its grants.
pub(crate) struct Listed {
    pub(crate) account: Account,
    pub(crate) held: Vec<Held>,
}

fn listed(row: &PgRow) -> Result<Listed, sqlx::Error> {
    let account = Account {
        id: UserId(row.try_get("id")?),
        kind: AccountKind::of(row.try_get("kind")?),
        login: row.try_get("login")?,
        name: row.try_get("name")?,
        person: row.try_get::<Option<String>, _>("person_no")?.map(PersonNo),
        employer: row.try_get::<Option<String>, _>("employer_no")?.map(EmployerNo),
        employer_name: row.try_get("employer_name")?,
        organisation: row.try_get::<Option<String>, _>("organisation")?.map(OrgCode),
        organisation_name: row.try_get("organisation_name")?,
        path: row.try_get("organisation_path")?,
        active: row.try_get::<&str, _>("status")? == "active",
        must_change_password: row.try_get("must_change_password")?,
        created_at: row.try_get("created_at")?,
        last_sign_in_at: row.try_get("last_sign_in_at")?,
    };
    let held = held(
        row.try_get("roles")?,
        row.try_get("posts")?,
        row.try_get("post_names")?,
        row.try_get("post_paths")?,
    );
    Ok(Listed { account, held })
}

/// One account, whoever looks.
pub(crate) async fn get(tx: &mut Tx, user: UserId) -> Result<Option<Listed>, Error> {
    let today = tx.today();
    let row = sqlx::query(include_str!("../sql/account_get.sql"))
        .bind(user.0)
        .bind(today)
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.as_ref().map(listed).transpose()?)
}

/// What a list of accounts is narrowed to.
pub(crate) struct Filter<'a> {
    pub(crate) query: Option<&'a str>,
    pub(crate) kind: Option<AccountKind>,
    /// Path of the subtree looked at. Accounts without an organisation belong to the root.
    pub(crate) scope: &'a str,
}

pub(crate) async fn list(
    tx: &mut Tx,
    filter: &Filter<'_>,
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>, Error> {
    let today = tx.today();
    let rows = sqlx::query(include_str!("../sql/account_list.sql"))
        .bind(filter.query)
        .bind(filter.kind.map(AccountKind::as_str))
        .bind(filter.scope)
        .bind(today)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.iter().map(listed).collect::<Result<_, _>>()?)
}

pub(crate) async fn count(tx: &mut Tx, filter: &Filter<'_>) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(include_str!("../sql/account_count.sql"))
        .bind(filter.query)
        .bind(filter.kind.map(AccountKind::as_str))
        .bind(filter.scope)
        .fetch_one(tx.conn())
        .await?)
}
