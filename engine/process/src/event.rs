//! What can happen to an instance, and what the caller has to do about it.

use base_kernel::TaskId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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

    /// Whether the action ends the task and moves the token along a sequence flow ([`Event::TaskCompleted`]).
    #[must_use]
    pub fn completes(self) -> bool {
        matches!(self, Self::Pass | Self::Refuse | Self::Reject | Self::Escalate)
    }
}

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

/// Why a task opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// The token arrived along a flow.
    Flow,
    /// Sent back from a later task: best offered to whoever did it before.
    SentBack,
    /// 加签.
    Sign,
}

/// Why a task closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// Its holder did it.
    Done,
    /// Its holder sent it back.
    SentBack,
    /// Taken away: a branch was sent back, the instance ended, or a signature is no longer asked for.
    Cancelled,
}

/// Why the clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// 待补正.
    Correction,
    /// 特别程序.
    Suspension,
}

/// How long a timer runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "unit", rename_all = "snake_case")]
pub enum TimerSpan {
    /// Working days, counted by the caller's calendar from the next day.
    WorkingDays {
        /// How many.
        days: u32,
    },
    /// Calendar days from the next day.
    CalendarDays {
        /// How many.
        days: u32,
    },
    /// Minutes from now.
    Minutes {
        /// How many.
        minutes: u32,
    },
}

/// A task to put before people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewTask {
    /// Id: the same for the same instance, token, node and visit, ordered by time.
    pub id: TaskId,
    /// `token/node/visit`, with `+n` for the n-th signature.
    pub key: String,
    /// Node.
    pub node: String,
    /// Chinese name of the node.
    pub name: String,
    /// Role that may take it.
    pub role: String,
    /// Level of the organisation whose staff may take it, as the definition writes it.
    pub org_level: String,
    /// Per cent of the whole time limit, for node limits.
    pub share: u8,
    /// What its holder may do.
    pub actions: Vec<Action>,
    /// Nodes whose handlers may not take it.
    pub four_eyes_with: Vec<String>,
    /// How often the node has been entered, this time included.
    pub visit: u32,
    /// Why it opens.
    pub opened_by: OpenedBy,
    /// Person it is meant for (加签), opaque.
    pub assignee: Option<String>,
}

/// What the caller has to do after a step, in order, in the same transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Put a task before people.
    OpenTask(Box<NewTask>),
    /// Close it.
    CloseTask {
        /// Task.
        task: TaskId,
        /// Why.
        reason: CloseReason,
    },
    /// The task waits (for signatures).
    HoldTask {
        /// Task.
        task: TaskId,
    },
    /// It can be done again.
    WakeTask {
        /// Task.
        task: TaskId,
    },
    /// Give it to another person.
    ReassignTask {
        /// Task.
        task: TaskId,
        /// Opaque id of the person.
        to: String,
    },
    /// Run the service bound to `slot` and answer with [`Event::ServiceDone`].
    RunService {
        /// Node.
        node: String,
        /// Visit, to be given back.
        visit: u32,
        /// Slot that an item binds to an effect.
        slot: String,
        /// Whether an item may leave the slot unbound; then answer at once with nothing.
        optional: bool,
    },
    /// Start a timer and answer with [`Event::TimerFired`].
    StartTimer {
        /// Node.
        node: String,
        /// Visit, to be given back.
        visit: u32,
        /// How long.
        span: TimerSpan,
    },
    /// It is no longer needed.
    CancelTimer {
        /// Node.
        node: String,
        /// Visit.
        visit: u32,
    },
    /// All open tasks wait, the limit stands still.
    StopClock {
        /// Why.
        reason: HoldReason,
    },
    /// It runs again.
    ResumeClock {
        /// Why it stood.
        reason: HoldReason,
    },
    /// The point after which the applicant can no longer withdraw was passed.
    Decided,
    /// The instance ended. Always the last command, and only once.
    Finished {
        /// Outcome of the end node, or one of [`outcome`].
        outcome: String,
    },
}

/// Moment of a step, kept short in signatures.
pub type Now = DateTime<Utc>;
