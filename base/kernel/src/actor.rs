//! Who does something, through which channel, in which request.

use serde::{Deserialize, Serialize};

use crate::{CaseNo, EmployerNo, OrgCode, PersonNo, RequestId, UserId};

/// The three classes of users, and the system itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// Someone who works for the bureau.
    Staff,
    /// A natural person acting for themselves.
    Citizen,
    /// An employer's operator (单位经办人).
    Employer,
    /// Jobs, timers, pushes (R19).
    System,
}

/// Where a request came in (`items.md` §8.17 渠道).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 1 窗口.
    Window,
    /// 2 电脑端网上.
    Web,
    /// 3 移动端.
    Mobile,
    /// 5 自助终端.
    Kiosk,
    /// 9 其他: jobs and batch.
    System,
}

impl Channel {
    /// The code of `items.md` §8.17.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Window => 1,
            Self::Web => 2,
            Self::Mobile => 3,
            Self::Kiosk => 5,
            Self::System => 9,
        }
    }

    /// The channel of a code of `items.md` §8.17; none when the code is not in use here.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Window, Self::Web, Self::Mobile, Self::Kiosk, Self::System]
            .into_iter()
            .find(|channel| channel.code() == code)
    }
}

/// Someone known to the system, with the rights in force at this request.
///
/// Rights are loaded anew for every request, so that a revocation holds at the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// Class of user.
    pub kind: ActorKind,
    /// Name shown on screen and printed as handler.
    pub name: String,
    /// The natural person behind the account, when known: used for 回避 and for "my" records.
    pub person: Option<PersonNo>,
    /// The employer this operator acts for.
    pub employer: Option<EmployerNo>,
    /// Organisation of a staff member.
    pub organisation: Option<OrgCode>,
    /// Path of that organisation in the tree, for example `310000/310104/310104-01`; data scope is this path and
    /// everything below it.
    pub scope: Option<String>,
    /// Role codes, for example `R02`.
    pub roles: Vec<String>,
    /// Permissions those roles give, for example `casework.task.act`.
    pub permissions: Vec<String>,
}

impl Actor {
    /// The system itself, which may do everything that commands allow and is always recorded as such.
    #[must_use]
    pub fn system() -> Self {
        Self {
            user: UserId(uuid::Uuid::nil()),
            kind: ActorKind::System,
            name: "系统".into(),
            person: None,
            employer: None,
            organisation: None,
            scope: Some("310000".into()),
            roles: vec!["R19".into()],
            permissions: Vec::new(),
        }
    }

    /// Whether the actor holds `permission`. The system holds all.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        self.kind == ActorKind::System || self.permissions.iter().any(|held| held == permission)
    }

    /// Whether the actor holds `role`.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role)
    }

    /// Whether `path` lies in the actor's data scope.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        self.scope.as_deref().is_some_and(|scope| {
            path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// What accompanies every business transaction.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Who acts.
    pub actor: Actor,
    /// Through which channel.
    pub channel: Channel,
    /// The case at hand, when there is one.
    pub case: Option<CaseNo>,
    /// Request or job run.
    pub request: RequestId,
}

impl Ctx {
    /// The context of a job or timer.
    #[must_use]
    pub fn system(request: RequestId) -> Self {
        Self { actor: Actor::system(), channel: Channel::System, case: None, request }
    }
}
