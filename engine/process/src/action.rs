//! What a person may do at a task.

use serde::{Deserialize, Serialize};

/// What a person may do at a task; a definition lists the allowed ones node by node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 通过.
    Pass,
    /// 退回上一岗.
    SendBack,
    /// 退回申请人补正.
    Correct,
    /// 不予受理.
    Refuse,
    /// 不予通过.
    Reject,
    /// 转报上级.
    Escalate,
    /// 挂起.
    Suspend,
    /// 恢复.
    Resume,
    /// 撤回.
    Withdraw,
    /// 终止.
    Terminate,
    /// 转办.
    Transfer,
    /// 加签.
    AddSign,
}

impl Action {
    /// The name used in files and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::SendBack => "send_back",
            Self::Correct => "correct",
            Self::Refuse => "refuse",
            Self::Reject => "reject",
            Self::Escalate => "escalate",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Withdraw => "withdraw",
            Self::Terminate => "terminate",
            Self::Transfer => "transfer",
            Self::AddSign => "add_sign",
        }
    }

    /// The Chinese name for screens and records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "通过",
            Self::SendBack => "退回上一岗",
            Self::Correct => "退回申请人补正",
            Self::Refuse => "不予受理",
            Self::Reject => "不予通过",
            Self::Escalate => "转报上级",
            Self::Suspend => "挂起",
            Self::Resume => "恢复",
            Self::Withdraw => "撤回",
            Self::Terminate => "终止",
            Self::Transfer => "转办",
            Self::AddSign => "加签",
        }
    }

    /// Whether the action ends the task and moves the token along a sequence flow ([`Event::TaskCompleted`](crate::Event::TaskCompleted)).
    #[must_use]
    pub fn completes(self) -> bool {
        matches!(self, Self::Pass | Self::Refuse | Self::Reject | Self::Escalate)
    }
}
