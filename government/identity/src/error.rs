//! What can go wrong with accounts and sessions.

use base_db::DbError;
use base_kernel::{Fault, FaultKind};

/// A refusal or failure of this slice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Login or password is wrong; which of the two is not said.
    #[error("wrong login or password")]
    WrongCredentials,
    /// Too many failures for this login.
    #[error("login locked for {0} more minutes")]
    Locked(i64),
    /// Too many failures from this address.
    #[error("source address has to wait {0} seconds")]
    SourceBlocked(i64),
    /// The password is right but the account is disabled.
    #[error("account disabled")]
    Disabled,
    /// More sign-ins are waiting than this node takes.
    #[error("too many sign-ins at once")]
    Busy,
    /// The channel is not for this kind of account.
    #[error("channel not for this kind of account")]
    WrongChannel,
    /// The password must be changed first.
    #[error("password must be changed first")]
    MustChange,
    /// The old password is wrong.
    #[error("old password wrong")]
    OldPassword,
    /// The new password breaks the rules; Chinese sentence.
    #[error("password rule")]
    PasswordRule(&'static str),
    /// No such account, or outside the administrator's subtree.
    #[error("no such account")]
    NoUser,
    /// Nobody does this to themselves.
    #[error("own account")]
    Oneself,
    /// The account holds rights beyond the administrator's.
    #[error("account holds rights beyond the administrator's")]
    Stronger,
    /// The login is taken.
    #[error("login taken")]
    LoginTaken,
    /// A field of a new account is wrong.
    #[error("field {field}")]
    Field {
        /// Key.
        field: &'static str,
        /// What to do, in Chinese.
        message: &'static str,
    },
    /// No such session of the caller.
    #[error("no such session")]
    NoSession,
    /// No such post among the caller's.
    #[error("no such post")]
    NoPost,
    /// An administrator was appointed before.
    #[error("somebody already holds {0}")]
    Appointed(String),
    /// The session key is unusable; the text says why and what to do.
    #[error("session key: {0}")]
    Secret(String),
    /// Demonstration accounts in production.
    #[error(
        "{0} demonstration accounts exist; a production system must not have any: remove them or use a fresh database"
    )]
    DemoAccounts(i64),
    /// The hash function refused.
    #[error("password hash: {0}")]
    Hash(String),
    /// The operating system gave no randomness.
    #[error("no randomness from the operating system")]
    Entropy,
    /// Organisations and grants.
    #[error(transparent)]
    Access(#[from] government_access::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match DbError::from(error) {
            error if error.constraint() == Some("account_login_unique") => Self::LoginTaken,
            error => Self::Db(error),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongCredentials => {
                let message = "用户名或密码不正确。连续输错 5 次将锁定 15 分钟";
                Self::new(FaultKind::Unauthenticated, "identity.wrong_credentials", message)
            }
            Error::Locked(minutes) => {
                let message = format!("连续输错次数过多，已锁定，请 {minutes} 分钟后重试，或联系管理员解锁");
                Self::new(FaultKind::TooMany, "identity.locked", message)
            }
            Error::SourceBlocked(seconds) => {
                let message = format!("本网络地址登录失败次数过多，请 {seconds} 秒后重试");
                Self::new(FaultKind::TooMany, "identity.source_blocked", message)
            }
            Error::Busy => {
                let message = "登录人数较多，请稍后重试";
                Self::new(FaultKind::Unavailable, "identity.busy", message).because(error)
            }
            Error::Secret(_) | Error::DemoAccounts(_) | Error::Hash(_) | Error::Entropy => {
                Self::internal(error)
            }
            Error::Access(error) => error.into(),
            Error::Db(error) => error.into(),
            refusal => refuse(&refusal),
        }
    }
}

fn refuse(error: &Error) -> Fault {
    match error {
        Error::Disabled => Fault::forbidden("identity.disabled", "账号已停用，请联系本单位管理员"),
        Error::MustChange => Fault::forbidden("identity.must_change", "请先修改密码，然后继续操作"),
        Error::WrongChannel => {
            Fault::invalid_field("identity.channel", "channel", "该类账号不能从此渠道登录，请更换渠道")
        }
        Error::OldPassword => {
            Fault::invalid_field("identity.old_password", "old", "原密码不正确，请重新输入")
        }
        Error::PasswordRule(rule) => Fault::invalid_field("identity.password_rule", "new", *rule),
        Error::NoUser => Fault::not_found("access.no_user", "未找到该用户"),
        Error::Oneself => {
            Fault::forbidden("identity.oneself", "不能对本人账号进行此操作，请由其他管理员办理")
        }
        Error::Stronger => {
            let message = "该用户的角色超出您的管理范围，请联系上级管理员";
            Fault::forbidden("identity.beyond_reach", message)
        }
        Error::LoginTaken => {
            Fault::invalid_field("identity.login_taken", "login", "该用户名已被使用，请更换")
        }
        Error::Field { field, message } => Fault::invalid_field("identity.field", *field, *message),
        Error::NoSession => Fault::not_found("identity.no_session", "未找到该登录会话，可能已经退出"),
        Error::NoPost => {
            Fault::invalid_field("identity.no_post", "organisation", "您在该机构没有岗位，请重新选择")
        }
        Error::Appointed(role) => {
            Fault::conflict("identity.appointed", format!("已有人担任 {role}，请由其办理"))
        }
        // Everything else was told apart by the caller.
        _ => Fault::internal(error.to_string()),
    }
}
