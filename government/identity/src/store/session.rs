//! Sessions.

use base_db::{Db, Tx};
use base_kernel::{Channel, EmployerNo, PersonNo, SessionId, UserId};
use chrono::{DateTime, Duration, Utc};
use government_access::Held;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::Error;
use crate::model::{AccountKind, ChannelName};
use crate::session::{Opening, held};

/// Everything a request needs to know of its caller.
pub(crate) struct SessionRow {
    pub(crate) id: SessionId,
    pub(crate) channel: Channel,
    pub(crate) post: Option<String>,
    pub(crate) last_seen_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) user: UserId,
    pub(crate) kind: AccountKind,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) person: Option<PersonNo>,
    pub(crate) employer: Option<EmployerNo>,
    pub(crate) employer_name: Option<String>,
    pub(crate) must_change_password: bool,
    pub(crate) password_changed_at: DateTime<Utc>,
    pub(crate) organisation: Option<(String, String)>,
    pub(crate) held: Vec<Held>,
}

impl SessionRow {
    fn read(row: &PgRow) -> Result<Self, sqlx::Error> {
        let organisation: Option<String> = row.try_get("organisation")?;
        let organisation_name: Option<String> = row.try_get("organisation_name")?;
        Ok(Self {
            id: SessionId(row.try_get("id")?),
            channel: ChannelName::of(row.try_get("channel")?),
            post: row.try_get("post")?,
            last_seen_at: row.try_get("last_seen_at")?,
            expires_at: row.try_get("expires_at")?,
            user: UserId(row.try_get("account_id")?),
            kind: AccountKind::of(row.try_get("kind")?),
            login: row.try_get("login")?,
            name: row.try_get("name")?,
            person: row.try_get::<Option<String>, _>("person_no")?.map(PersonNo),
            employer: row.try_get::<Option<String>, _>("employer_no")?.map(EmployerNo),
            employer_name: row.try_get("employer_name")?,
            must_change_password: row.try_get("must_change_password")?,
            password_changed_at: row.try_get("password_changed_at")?,
            organisation: organisation.zip(organisation_name),
            held: held(
                row.try_get("roles")?,
                row.try_get("posts")?,
                row.try_get("post_names")?,
                row.try_get("post_paths")?,
            ),
        })
    }
}

/// The living session with this digest: a read on the pool, outside any business step.
pub(crate) async fn load(
    db: &Db,
    digest: &[u8; 32],
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Option<SessionRow>, Error> {
    let row = sqlx::query(include_str!("../sql/session_load.sql"))
        .bind(digest.as_slice())
        .bind(now)
        .bind(idle_since)
        .bind(base_kernel::shanghai_today(now))
        .fetch_optional(db.pool())
        .await?;
    Ok(row.as_ref().map(SessionRow::read).transpose()?)
}

/// Writes the last use, unless another request of the session just did.
pub(crate) async fn touch(
    db: &Db,
    id: SessionId,
    now: DateTime<Utc>,
    before: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/session_touch.sql"))
        .bind(id.0)
        .bind(now)
        .bind(before)
        .execute(db.pool())
        .await?;
    Ok(())
}

pub(crate) async fn put(
    tx: &mut Tx,
    id: SessionId,
    digest: &[u8; 32],
    user: UserId,
    opening: &Opening,
    lasts: Duration,
) -> Result<(), Error> {
    let now = tx.now();
    sqlx::query(include_str!("../sql/session_put.sql"))
        .bind(id.0)
        .bind(digest.as_slice())
        .bind(user.0)
        .bind(opening.channel.as_str())
        .bind(opening.client.as_deref())
        .bind(now)
        .bind(now + lasts)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn set_post(tx: &mut Tx, id: SessionId, organisation: &str) -> Result<(), Error> {
    sqlx::query(include_str!("../sql/session_set_post.sql"))
        .bind(id.0)
        .bind(organisation)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whether there was such a living session of `user`.
pub(crate) async fn end(tx: &mut Tx, user: UserId, id: SessionId, why: &str) -> Result<bool, Error> {
    let now = tx.now();
    let done = sqlx::query(include_str!("../sql/session_end.sql"))
        .bind(id.0)
        .bind(user.0)
        .bind(now)
        .bind(why)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of `user` but `kept`; how many.
pub(crate) async fn end_all(
    tx: &mut Tx,
    user: UserId,
    kept: Option<SessionId>,
    why: &str,
) -> Result<u64, Error> {
    let now = tx.now();
    let done = sqlx::query(include_str!("../sql/session_end_all.sql"))
        .bind(user.0)
        .bind(kept.map(|kept| kept.0))
        .bind(now)
        .bind(why)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}

/// One row of a list of sessions.
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) channel: String,
    pub(crate) client: Option<String>,
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) last_seen_at: DateTime<Utc>,
}

/// Living sessions of `user`, the last used first.
pub(crate) async fn list(tx: &mut Tx, user: UserId, idle: Duration) -> Result<Vec<Listed>, Error> {
    let now = tx.now();
    let rows: Vec<(Uuid, String, Option<String>, DateTime<Utc>, DateTime<Utc>)> =
        sqlx::query_as(include_str!("../sql/session_list.sql"))
            .bind(user.0)
            .bind(now)
            .bind(now - idle)
            .fetch_all(tx.conn())
            .await?;
    let listed = |(id, channel, client, opened_at, last_seen_at)| Listed {
        id,
        channel,
        client,
        opened_at,
        last_seen_at,
    };
    Ok(rows.into_iter().map(listed).collect())
}

pub(crate) async fn purge(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, Error> {
    let done = sqlx::query(include_str!("../sql/session_purge.sql")).bind(before).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}
