//! Why a definition can't be used and why a step is refused.

use base_db::DbError;
use base_kernel::{Fault, FaultKind, InstanceId, TaskId};

use crate::Action;

/// One thing wrong in a definition file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFault {
    /// File.
    pub file: String,
    /// Line, from 1; 0 when it concerns the file as a whole.
    pub line: usize,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}

impl std::fmt::Display for DefinitionFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            write!(f, "{}：{}", self.file, self.message)
        } else {
            write!(f, "{}:{}：{}", self.file, self.line, self.message)
        }
    }
}

/// A definition that can't be used, with everything that is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct DefinitionError(pub Vec<DefinitionFault>);

/// Why an event is refused. The instance is unchanged then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// It has begun already.
    #[error("instance already started")]
    AlreadyStarted,
    /// It has not begun.
    #[error("instance not started")]
    NotStarted,
    /// It has ended; nothing can happen to it any more.
    #[error("instance finished with outcome {outcome}")]
    Finished {
        /// How.
        outcome: String,
    },
    /// The task is not open: done already, taken away, or never there.
    #[error("task {task} is not open")]
    TaskNotOpen {
        /// Task.
        task: TaskId,
    },
    /// The node does not allow the action, or it does not fit the kind of task or event.
    #[error("action {} is not allowed at node {node}", .action.as_str())]
    ActionNotAllowed {
        /// Node.
        node: String,
        /// Action.
        action: Action,
    },
    /// Everything waits for a correction or a special procedure.
    #[error("instance is on hold ({0:?})")]
    OnHold(crate::HoldReason),
    /// Not waiting for what the event ends.
    #[error("instance is not on hold for that reason")]
    NotOnHold,
    /// The task waits for signatures.
    #[error("task {task} waits for signatures")]
    AwaitsSignature {
        /// Task.
        task: TaskId,
    },
    /// This person was asked already during this visit.
    #[error("already asked to sign")]
    AlreadyAsked,
    /// The authority was raised already.
    #[error("already escalated")]
    AlreadyEscalated,
    /// There is nothing before this task, or the named node does not lie behind it.
    #[error("nothing to send back to")]
    NothingBehind,
    /// No service waits at this node and visit.
    #[error("no service waits at {node} visit {visit}")]
    ServiceNotWaiting {
        /// Node.
        node: String,
        /// Visit.
        visit: u32,
    },
    /// No timer runs at this node and visit.
    #[error("no timer runs at {node} visit {visit}")]
    TimerNotRunning {
        /// Node.
        node: String,
        /// Visit.
        visit: u32,
    },
    /// The decision was taken; it can't be withdrawn.
    #[error("already decided")]
    AlreadyDecided,
    /// A variable's value has another type than declared.
    #[error("variable {name} must be {expected}")]
    VariableType {
        /// Name.
        name: String,
        /// Declared type.
        expected: &'static str,
    },
    /// The instance and the definition do not belong together, or stored state is damaged.
    #[error("instance does not fit its definition: {0}")]
    Mismatch(String),
}

/// Failure of the persistent part.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// The event is refused.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The definition can't be used.
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    /// The same version was published with other content.
    #[error("definition {id} version {version} was changed without a new version number")]
    Changed {
        /// Definition.
        id: String,
        /// Version.
        version: u32,
    },
    /// Not published.
    #[error("definition {id} version {version} is not published")]
    NoDefinition {
        /// Definition.
        id: String,
        /// Version.
        version: u32,
    },
    /// There is no such instance.
    #[error("no instance {0}")]
    NoInstance(InstanceId),
    /// Another step came between.
    #[error("instance {0} was changed by another step")]
    Stale(InstanceId),
    /// A second instance for the same business key.
    #[error("an instance for this business key exists")]
    Duplicate,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<StepError> for Fault {
    fn from(error: StepError) -> Self {
        let conflict = |code, message: &str| Self::conflict(code, message);
        let fault = match &error {
            StepError::AlreadyStarted => conflict("process.started", "该办件已经启动，无需重复提交"),
            StepError::Finished { .. } => conflict("process.finished", "该办件已经办结，不能再进行此操作"),
            StepError::TaskNotOpen { .. } => {
                conflict("process.task_not_open", "该任务已被处理或已撤销，请刷新待办列表")
            }
            StepError::ActionNotAllowed { action, .. } => Self::conflict(
                "process.action_not_allowed",
                format!("当前环节不能“{}”，请选择该环节允许的操作", action.name()),
            ),
            StepError::OnHold(crate::HoldReason::Correction) => {
                conflict("process.on_hold", "该办件正在等待申请人补正，补正完成后才能继续办理")
            }
            StepError::OnHold(crate::HoldReason::Suspension) => {
                conflict("process.on_hold", "该办件已挂起，请先恢复再继续办理")
            }
            StepError::NotOnHold => {
                conflict("process.not_on_hold", "该办件当前不在补正或挂起状态，请刷新后查看")
            }
            StepError::AwaitsSignature { .. } => conflict(
                "process.awaits_signature",
                "该任务正在等待加签意见，请在加签完成后办理，或先撤销加签",
            ),
            StepError::AlreadyAsked => conflict("process.already_asked", "已请该人员加签，不能重复加签"),
            StepError::AlreadyEscalated => {
                conflict("process.already_escalated", "该办件已经提级，无需重复操作")
            }
            StepError::NothingBehind => conflict(
                "process.nothing_behind",
                "没有可以退回的环节。如需申请人修改，请选择“退回申请人补正”",
            ),
            StepError::AlreadyDecided => conflict(
                "process.decided",
                "该办件已作出决定，不能撤回。如有异议，请依法申请行政复议或提起行政诉讼",
            ),
            StepError::VariableType { .. } => {
                Self::invalid("process.variable", "流程变量的类型不正确，请联系系统管理员")
            }
            StepError::NotStarted
            | StepError::ServiceNotWaiting { .. }
            | StepError::TimerNotRunning { .. }
            | StepError::Mismatch(_) => return Self::internal(error),
        };
        fault.because(error)
    }
}

impl From<ProcessError> for Fault {
    fn from(error: ProcessError) -> Self {
        match error {
            ProcessError::Step(step) => step.into(),
            ProcessError::Db(db) => db.into(),
            ProcessError::NoInstance(_) => {
                Self::not_found("process.no_instance", "未找到该办件的流程").because(error)
            }
            ProcessError::Stale(_) => {
                Self::conflict("process.stale", "该办件刚刚被其他人处理，请刷新后重试").because(error)
            }
            ProcessError::Duplicate => {
                Self::conflict("process.duplicate", "该办件已经启动，无需重复提交").because(error)
            }
            ProcessError::Changed { .. }
            | ProcessError::NoDefinition { .. }
            | ProcessError::Definition(_) => {
                Self::new(FaultKind::Internal, "process.definition", "流程定义有误，已记录。请联系系统管理员")
                    .because(error)
            }
        }
    }
}
