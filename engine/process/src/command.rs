//! What the caller has to do after a step.

use base_kernel::TaskId;
use serde::{Deserialize, Serialize};

use crate::Action;

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
    /// Run the service bound to `slot` and answer with [`Event::ServiceDone`](crate::Event::ServiceDone).
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
    /// Start a timer and answer with [`Event::TimerFired`](crate::Event::TimerFired).
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
        /// Outcome of the end node, or one of [`outcome`](crate::outcome).
        outcome: String,
    },
}
