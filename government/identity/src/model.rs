//! Accounts.

use base_kernel::{ActorKind, Channel, EmployerNo, OrgCode, PersonNo, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Kind of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 工作人员.
    Staff,
    /// 个人.
    Citizen,
    /// 单位经办人.
    Employer,
}

impl AccountKind {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Citizen => "citizen",
            Self::Employer => "employer",
        }
    }

    pub(crate) fn of(stored: &str) -> Self {
        match stored {
            "staff" => Self::Staff,
            "employer" => Self::Employer,
            _ => Self::Citizen,
        }
    }

    /// As actors know it.
    #[must_use]
    pub fn actor(self) -> ActorKind {
        match self {
            Self::Staff => ActorKind::Staff,
            Self::Citizen => ActorKind::Citizen,
            Self::Employer => ActorKind::Employer,
        }
    }

    /// The channel when none is named.
    pub(crate) fn usual_channel(self) -> ChannelName {
        if self == Self::Staff { ChannelName::Window } else { ChannelName::Web }
    }

    /// The counter and what stands behind it are for staff, the kiosk for persons.
    pub(crate) fn may_use(self, channel: ChannelName) -> bool {
        match channel {
            ChannelName::Window => self == Self::Staff,
            ChannelName::Kiosk => self == Self::Citizen,
            ChannelName::Web | ChannelName::Mobile => true,
        }
    }
}

/// Channel of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChannelName {
    /// 网上.
    Web,
    /// 窗口.
    Window,
    /// 移动端.
    Mobile,
    /// 自助终端.
    Kiosk,
}

impl ChannelName {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Window => "window",
            Self::Mobile => "mobile",
            Self::Kiosk => "kiosk",
        }
    }

    pub(crate) fn of(stored: &str) -> Channel {
        match stored {
            "window" => Channel::Window,
            "mobile" => Channel::Mobile,
            "kiosk" => Channel::Kiosk,
            _ => Channel::Web,
        }
    }
}

/// An account without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: UserId,
    /// Kind.
    pub kind: AccountKind,
    /// Login, lower case.
    pub login: String,
    /// Display name.
    pub name: String,
    /// The natural person.
    pub person: Option<PersonNo>,
    /// The employer an operator acts for.
    pub employer: Option<EmployerNo>,
    /// Name of that employer as entered with the account.
    pub employer_name: Option<String>,
    /// Home organisation of staff.
    pub organisation: Option<OrgCode>,
    /// Name of that organisation.
    pub organisation_name: Option<String>,
    /// Path of that organisation.
    pub path: Option<String>,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Last successful sign-in.
    pub last_sign_in_at: Option<DateTime<Utc>>,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Kind.
    pub kind: AccountKind,
    /// Login; stored in lower case: 3 to 64 letters, digits, `.`, `_`, `@`, `-`.
    pub login: String,
    /// Display name.
    pub name: String,
    /// The natural person; required for citizens.
    pub person: Option<PersonNo>,
    /// The employer; required for employer operators.
    pub employer: Option<EmployerNo>,
    /// Name of the employer; required for employer operators.
    pub employer_name: Option<String>,
    /// Home organisation; required for staff.
    pub organisation: Option<OrgCode>,
}

/// A fresh account's or a reset account's password, told once.
#[derive(Clone)]
pub struct OneTimePassword {
    /// The account.
    pub user: UserId,
    /// Its login.
    pub login: String,
    /// The password.
    pub password: zeroize::Zeroizing<String>,
}

impl std::fmt::Debug for OneTimePassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OneTimePassword").field("user", &self.user).finish_non_exhaustive()
    }
}
