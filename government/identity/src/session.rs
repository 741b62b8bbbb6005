//! Sessions: opening, loading for a request, ending.

use std::fmt;

use base_db::Tx;
use base_kernel::{Actor, Channel, SessionId, UserId};
use base_web::Caller;
use chrono::{DateTime, Duration, Utc};
use government_access::{Held, Post, Rights};
use rand::TryRng;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use crate::model::{AccountKind, ChannelName};
use crate::store::{SessionRow, session as store};
use crate::{Error, Identity};

/// The last use is written at most this often.
const TOUCH: Duration = Duration::minutes(1);

/// What a client presents: 256 random bits, as 64 hexadecimal digits.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

impl Token {
    fn random() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        SysRng.try_fill_bytes(&mut *bytes).map_err(|_| Error::Entropy)?;
        Ok(Self(Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect())))
    }

    /// A token of the right shape; anything else needs no look into the database.
    pub(crate) fn presented(text: String) -> Option<Self> {
        let shape =
            text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        shape.then(|| Self(Zeroizing::new(text)))
    }

    /// The token as text, for the cookie or the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The session of the request at hand, in its extensions beside the [`Caller`].
#[derive(Debug, Clone)]
pub struct CurrentSession {
    /// Id.
    pub id: SessionId,
    /// Login of the account.
    pub login: String,
    /// Kind of the account.
    pub kind: AccountKind,
    /// Name of the employer.
    pub employer_name: Option<String>,
    /// Home organisation of staff: code and name.
    pub organisation: Option<(String, String)>,
    /// Every post the grants offer.
    pub posts: Vec<Post>,
    /// The post in use.
    pub post: Option<Post>,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// When the session ends if nothing more is asked.
    pub expires_at: DateTime<Utc>,
}

/// Where a session comes from.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) channel: ChannelName,
    pub(crate) client: Option<String>,
}

impl Identity {
    /// Opens a session for an account that proved itself some other way than by password: tests, and later certificates
    /// and the city's sign-in.
    ///
    /// # Errors
    /// [`Error::Db`], [`Error::Entropy`].
    pub async fn open_session(&self, tx: &mut Tx, user: UserId, channel: Channel) -> Result<Token, Error> {
        let channel = match channel {
            Channel::Window => ChannelName::Window,
            Channel::Mobile => ChannelName::Mobile,
            Channel::Kiosk => ChannelName::Kiosk,
            Channel::Web | Channel::System => ChannelName::Web,
        };
        let (token, _) = self.open(tx, user, &Opening { channel, client: None }).await?;
        Ok(token)
    }

    pub(crate) async fn open(
        &self,
        tx: &mut Tx,
        user: UserId,
        opening: &Opening,
    ) -> Result<(Token, SessionId), Error> {
        let token = Token::random()?;
        let id: SessionId = tx.new_id();
        let digest = self.digest(&token);
        store::put(tx, id, &digest, user, opening, self.config().absolute()).await?;
        Ok((token, id))
    }

    fn digest(&self, token: &Token) -> [u8; 32] {
        self.key().digest("session", token.as_str().as_bytes())
    }

    /// The caller behind `token`, with the rights in force now: one round trip, and a second one at most once a minute.
    pub(crate) async fn load(
        &self,
        token: &Token,
    ) -> Result<Option<(Actor, Channel, CurrentSession)>, Error> {
        let (db, config) = (self.db(), self.config());
        let now = db.now();
        let Some(row) = store::load(db, &self.digest(token), now, now - config.idle()).await? else {
            return Ok(None);
        };
        if now - row.last_seen_at >= TOUCH {
            store::touch(db, row.id, now, now - TOUCH).await?;
        }
        Ok(Some(self.describe(row, now)))
    }

    fn describe(&self, row: SessionRow, now: DateTime<Utc>) -> (Actor, Channel, CurrentSession) {
        let posts = Post::all(&row.held);
        let rights = match row.kind {
            AccountKind::Staff => Rights::at(self.access().roles(), &row.held, row.post.as_deref()),
            AccountKind::Citizen | AccountKind::Employer => self.access().applicant(),
        };
        let aged = row.kind == AccountKind::Staff
            && now - row.password_changed_at > Duration::days(self.config().password_days);
        let actor = Actor {
            user: row.user,
            kind: row.kind.actor(),
            name: row.name,
            person: row.person,
            employer: row.employer,
            organisation: row.organisation.as_ref().map(|(code, _)| code.clone().into()),
            scope: rights.scope,
            roles: rights.roles,
            permissions: rights.permissions,
        };
        let session = CurrentSession {
            id: row.id,
            login: row.login,
            kind: row.kind,
            employer_name: row.employer_name,
            organisation: row.organisation,
            posts,
            post: rights.post,
            must_change_password: row.must_change_password || aged,
            expires_at: row.expires_at.min(now + self.config().idle()),
        };
        (actor, row.channel, session)
    }

    /// Works at another of the caller's posts from the next request on.
    ///
    /// # Errors
    /// [`Error::NoPost`].
    pub(crate) async fn take_post(
        &self,
        tx: &mut Tx,
        session: &CurrentSession,
        organisation: &str,
    ) -> Result<(), Error> {
        if !session.posts.iter().any(|post| post.organisation == organisation) {
            return Err(Error::NoPost);
        }
        store::set_post(tx, session.id, organisation).await
    }
}

/// Ends one session of the caller.
///
/// # Errors
/// [`Error::NoSession`].
pub(crate) async fn end(tx: &mut Tx, caller: &Caller, id: SessionId, why: &str) -> Result<(), Error> {
    if store::end(tx, caller.actor.user, id, why).await? { Ok(()) } else { Err(Error::NoSession) }
}

/// Grants as loaded with a session.
pub(crate) fn held(
    roles: Vec<String>,
    posts: Vec<String>,
    names: Vec<String>,
    paths: Vec<String>,
) -> Vec<Held> {
    let parts = roles.into_iter().zip(posts).zip(names).zip(paths);
    parts
        .map(|(((role, organisation), organisation_name), path)| Held {
            role,
            organisation,
            organisation_name,
            path,
        })
        .collect()
}
