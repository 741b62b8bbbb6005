//! SQL of identity.

pub(crate) mod account;
pub(crate) mod session;
pub(crate) mod throttle;

use base_db::Tx;
use base_kernel::UserId;
use serde_json::Value;
use uuid::Uuid;

use crate::Error;
pub(crate) use account::Credential;
pub(crate) use session::SessionRow;

macro_rules! statements {
    ($($name:literal),* $(,)?) => {
        /// Statements of this slice by file name, for the generic prepare test.
        #[must_use]
        pub fn sql_files() -> Vec<(&'static str, &'static str)> {
            vec![$(($name, include_str!(concat!("../sql/", $name)))),*]
        }
    };
}

statements![
    "account_count.sql",
    "account_get.sql",
    "account_list.sql",
    "account_put.sql",
    "account_set_password.sql",
    "account_set_status.sql",
    "account_signed_in.sql",
    "credential_by_id.sql",
    "credential_by_login.sql",
    "demo_count.sql",
    "event_put.sql",
    "former_password_list.sql",
    "former_password_put.sql",
    "session_end.sql",
    "session_end_all.sql",
    "session_list.sql",
    "session_load.sql",
    "session_purge.sql",
    "session_put.sql",
    "session_set_post.sql",
    "session_touch.sql",
    "throttle_clear.sql",
    "throttle_get.sql",
    "throttle_lock.sql",
    "throttle_open.sql",
    "throttle_purge.sql",
    "throttle_put.sql",
];

/// Records a sign-in or what an administrator did.
pub(crate) async fn event(
    tx: &mut Tx,
    account: Option<UserId>,
    what: &str,
    client: Option<&str>,
    channel: Option<&str>,
    detail: &Value,
) -> Result<(), Error> {
    let (id, now, actor, request) = (tx.new_id::<Uuid>(), tx.now(), tx.actor().user, tx.ctx().request);
    sqlx::query(include_str!("../sql/event_put.sql"))
        .bind(id)
        .bind(now)
        .bind(what)
        .bind(account.map(|account| account.0))
        .bind((!actor.0.is_nil()).then_some(actor.0))
        .bind(client)
        .bind(channel)
        .bind(request.0)
        .bind(detail)
        .execute(tx.conn())
        .await?;
    Ok(())
}
