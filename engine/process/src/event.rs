//! What can happen to an instance.

use base_kernel::TaskId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Action;
#[cfg(doc)]
use crate::Command;

/// Something that happens to an instance. An event that was already applied is refused with a typed
/// [`StepError`](crate::StepError), so that a repeated delivery changes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The instance begins. Only first; [`Running::start`](crate::Running::start) applies it.
    Start {
        /// Values for declared variables; undeclared ones are left out.
        variables: Map<String, Value>,
    },
    /// A task is done with an action that moves on: pass, refuse, reject, escalate. For a task that came from
    /// 加签 only pass.
    TaskCompleted {
        /// Task.
        task: TaskId,
        /// Action; has to be allowed at the node.
        action: Action,
        /// Values for declared variables; undeclared ones are left out.
        variables: Map<String, Value>,
    },
    /// 退回: the token goes back to the task before, or to the named node behind it.
    SendBack {
        /// Task that is sent back.
        task: TaskId,
        /// Node to go back to; none means the one just before.
        to: Option<String>,
    },
    /// 退回申请人补正: everything waits for the applicant, the clock stops. Open tasks stay with their holders.
    Correct {
        /// Task that asks.
        task: TaskId,
    },
    /// The applicant answered the correction.
    Resubmitted {
        /// Values for declared variables.
        variables: Map<String, Value>,
    },
    /// The applicant did not answer in time: the instance ends with [`outcome::ABANDONED`].
    CorrectionLapsed,
    /// 挂起 (special procedure): everything waits, the clock stops.
    Suspend {
        /// Task at which it was ordered; none when a supervisor or the system orders it.
        task: Option<TaskId>,
        /// Reason for the record.
        reason: String,
    },
    /// 恢复.
    Resume {
        /// Task at which it was ordered; none when a supervisor or the system orders it.
        task: Option<TaskId>,
    },
    /// 撤回 by the applicant, refused once decided: ends with [`outcome::WITHDRAWN`].
    Withdraw,
    /// 终止: ends with [`outcome::TERMINATED`].
    Terminate {
        /// Task at which it was ordered; none when a supervisor or the system orders it.
        task: Option<TaskId>,
        /// Reason for the record.
        reason: String,
    },
    /// A rule or a person raises the authority needed (提级): sets the variable `escalate`, moves nothing.
    Escalate {
        /// Reason for the record.
        reason: String,
    },
    /// 转办: another person takes the task.
    Transfer {
        /// Task.
        task: TaskId,
        /// Opaque id of the person.
        to: String,
    },
    /// 加签: another person is asked to sign before the task can be done. The same person is asked once a visit.
    AddSign {
        /// Task.
        task: TaskId,
        /// Opaque id of the person.
        to: String,
    },
    /// 减签: the question is taken back.
    CancelSign {
        /// The task that [`Event::AddSign`] opened.
        task: TaskId,
    },
    /// A service answered [`Command::RunService`].
    ServiceDone {
        /// Node.
        node: String,
        /// Visit, from the command.
        visit: u32,
        /// Results; the node's declared `outputs` are kept, others are left out.
        variables: Map<String, Value>,
    },
    /// A service could not do its work and the failure is for people to solve: the service stays waiting and can
    /// be tried again with [`Event::RetryService`]. (A failure that rolls the step back needs no event.)
    ServiceFailed {
        /// Node.
        node: String,
        /// Visit, from the command.
        visit: u32,
        /// Reason for the record.
        reason: String,
    },
    /// Tries a failed service again.
    RetryService {
        /// Node.
        node: String,
    },
    /// A timer started with [`Command::StartTimer`] ran out.
    TimerFired {
        /// Node.
        node: String,
        /// Visit, from the command.
        visit: u32,
    },
}

impl Event {
    /// The values it brings.
    pub(crate) fn variables_mut(&mut self) -> Option<&mut Map<String, Value>> {
        match self {
            Self::Start { variables }
            | Self::TaskCompleted { variables, .. }
            | Self::Resubmitted { variables }
            | Self::ServiceDone { variables, .. } => Some(variables),
            _ => None,
        }
    }

    /// Short name for the record.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::TaskCompleted { .. } => "task_completed",
            Self::SendBack { .. } => "send_back",
            Self::Correct { .. } => "correct",
            Self::Resubmitted { .. } => "resubmitted",
            Self::CorrectionLapsed => "correction_lapsed",
            Self::Suspend { .. } => "suspend",
            Self::Resume { .. } => "resume",
            Self::Withdraw => "withdraw",
            Self::Terminate { .. } => "terminate",
            Self::Escalate { .. } => "escalate",
            Self::Transfer { .. } => "transfer",
            Self::AddSign { .. } => "add_sign",
            Self::CancelSign { .. } => "cancel_sign",
            Self::ServiceDone { .. } => "service_done",
            Self::ServiceFailed { .. } => "service_failed",
            Self::RetryService { .. } => "retry_service",
            Self::TimerFired { .. } => "timer_fired",
        }
    }
}

/// How an instance ended. End nodes give their own word (for example `approved`, `rejected`, `refused`).
pub mod outcome {
    /// The applicant withdrew.
    pub const WITHDRAWN: &str = "withdrawn";
    /// Ended by order, for example because the applicant died.
    pub const TERMINATED: &str = "terminated";
    /// The applicant did not answer a correction in time.
    pub const ABANDONED: &str = "abandoned";
}
