//! Words of casework: states, actions, cases, tasks (`items.md` §1.5, §1.7).

use base_kernel::{CaseNo, EmployerNo, InstanceId, ItemCode, PersonNo, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// State of a case. A draft is not yet a case; `DECIDED` falls together with `CLOSED` while delivery is instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaseState {
    /// 已提交: received, the reception clock runs.
    Submitted,
    /// 待补正: clock stopped until the applicant completes.
    Correction,
    /// 不予受理.
    Rejected,
    /// 已受理: the main clock runs from the next working day.
    Accepted,
    /// 办理中.
    InReview,
    /// 特别程序中: clock stopped.
    Suspended,
    /// 办结.
    Closed,
    /// 撤回.
    Withdrawn,
    /// 终止.
    Terminated,
    /// 视为放弃.
    Abandoned,
    /// 已回退.
    Reversed,
}

impl CaseState {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Submitted => "SUBMITTED",
            Self::Correction => "CORRECTION",
            Self::Rejected => "REJECTED",
            Self::Accepted => "ACCEPTED",
            Self::InReview => "IN_REVIEW",
            Self::Suspended => "SUSPENDED",
            Self::Closed => "CLOSED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Terminated => "TERMINATED",
            Self::Abandoned => "ABANDONED",
            Self::Reversed => "REVERSED",
        }
    }

    /// The Chinese name on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "已提交",
            Self::Correction => "待补正",
            Self::Rejected => "不予受理",
            Self::Accepted => "已受理",
            Self::InReview => "办理中",
            Self::Suspended => "特别程序中",
            Self::Closed => "已办结",
            Self::Withdrawn => "已撤回",
            Self::Terminated => "已终止",
            Self::Abandoned => "视为放弃",
            Self::Reversed => "已回退",
        }
    }

    /// From the stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        serde_json::from_value(Value::String(word.to_owned())).ok()
    }

    /// Whether nothing more happens to the case by itself.
    #[must_use]
    pub fn ended(self) -> bool {
        matches!(
            self,
            Self::Rejected
                | Self::Closed
                | Self::Withdrawn
                | Self::Terminated
                | Self::Abandoned
                | Self::Reversed
        )
    }
}

/// What someone does on a case (`items.md` §1.7 actions per node, and the applicant's own).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// 提交.
    Submit,
    /// 领办.
    Claim,
    /// 退回待办.
    Release,
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
    /// 挂起(特别程序).
    Suspend,
    /// 恢复.
    Resume,
    /// 终止.
    Terminate,
    /// 转办.
    Transfer,
    /// 加签.
    AddSign,
    /// 撤回.
    Withdraw,
    /// 补正提交.
    Resubmit,
    /// 系统办理.
    System,
    /// 评价.
    Rate,
}

impl ActionKind {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::Pass => "pass",
            Self::SendBack => "send_back",
            Self::Correct => "correct",
            Self::Refuse => "refuse",
            Self::Reject => "reject",
            Self::Escalate => "escalate",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Terminate => "terminate",
            Self::Transfer => "transfer",
            Self::AddSign => "add_sign",
            Self::Withdraw => "withdraw",
            Self::Resubmit => "resubmit",
            Self::System => "system",
            Self::Rate => "rate",
        }
    }

    /// From the stored word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        serde_json::from_value(Value::String(word.to_owned())).ok()
    }

    /// The Chinese name on screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submit => "提交申请",
            Self::Claim => "领办",
            Self::Release => "退回待办池",
            Self::Pass => "通过",
            Self::SendBack => "退回上一岗",
            Self::Correct => "退回补正",
            Self::Refuse => "不予受理",
            Self::Reject => "不予通过",
            Self::Escalate => "转报上级",
            Self::Suspend => "启动特别程序",
            Self::Resume => "恢复办理",
            Self::Terminate => "终止办理",
            Self::Transfer => "转办",
            Self::AddSign => "加签",
            Self::Withdraw => "撤回申请",
            Self::Resubmit => "提交补正材料",
            Self::System => "系统办理",
            Self::Rate => "评价",
        }
    }
}

/// A case as stored.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// Number.
    pub case_no: CaseNo,
    /// Item.
    pub item: ItemCode,
    /// Version of the item the case began with; it stays.
    pub item_version: i32,
    /// Name of the item.
    pub item_name: String,
    /// State.
    pub state: CaseState,
    /// Outcome of the process, once it ended.
    pub outcome: Option<String>,
    /// Whether a person or an employer applied.
    pub applicant_kind: String,
    /// Who applied, by name.
    pub applicant_name: String,
    /// Account that submitted.
    pub applicant_user: UserId,
    /// Person the case is about.
    pub person: Option<PersonNo>,
    /// Employer that applied.
    pub employer: Option<EmployerNo>,
    /// Place in the organisation tree.
    pub org_path: String,
    /// Channel code.
    pub channel: i16,
    /// Process instance.
    pub instance: InstanceId,
    /// Form as validated.
    pub form: Map<String, Value>,
    /// Materials handed in.
    pub materials: Value,
    /// Rule outcomes by code.
    pub rules: Vec<RuleResult>,
    /// Results of effects by name.
    pub computed: Map<String, Value>,
    /// Derivation steps of those results.
    pub derivation: Vec<Value>,
    /// What the applicant is asked to complete.
    pub correction: Option<Correction>,
    /// When it was received.
    pub submitted_at: DateTime<Utc>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Day by which it was promised, counted from acceptance.
    pub promised_due: Option<NaiveDate>,
    /// Day by which the law wants it.
    pub statutory_due: Option<NaiveDate>,
    /// Since when the clock stands, and why.
    pub clock_stopped: Option<(DateTime<Utc>, String)>,
}

/// One rule as it was answered (`items.md` §1.8).
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RuleResult {
    /// Code in the item, for example `R1`.
    pub code: String,
    /// Name in Chinese.
    pub name: String,
    /// block, warn, escalate or spot.
    pub severity: String,
    /// Whether nothing stands in the way.
    pub passed: bool,
    /// Facts looked at, in Chinese.
    pub detail: String,
    /// What can be done, in Chinese.
    pub advice: Option<String>,
}

/// A one-time request to complete (一次性补正).
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Correction {
    /// What to complete, each a sentence.
    pub items: Vec<String>,
    /// Last day.
    pub deadline: NaiveDate,
    /// Who asked.
    pub asked_by: String,
}

/// State of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaskState {
    /// Offered to an officer or in the pool.
    Open,
    /// An officer works on it.
    Claimed,
    /// The case waits for the applicant or a special procedure; the officer keeps it.
    Waiting,
    /// Finished.
    Done,
    /// No longer needed.
    Cancelled,
}

impl TaskState {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Claimed => "CLAIMED",
            Self::Waiting => "WAITING",
            Self::Done => "DONE",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// A task as stored.
#[derive(Debug, Clone)]
pub struct Task {
    /// Id.
    pub id: TaskId,
    /// Case.
    pub case_no: CaseNo,
    /// Node of the process.
    pub node: String,
    /// Its Chinese name.
    pub node_name: String,
    /// Role that may act.
    pub role: String,
    /// Place whose officers may act.
    pub org_path: String,
    /// Actions allowed at the node.
    pub actions: Vec<String>,
    /// Nodes whose officers may not act here (four eyes).
    pub four_eyes: Vec<String>,
    /// State.
    pub state: TaskState,
    /// To whom dispatch offered it.
    pub offered_to: Option<UserId>,
    /// Who works on it.
    pub claimed_by: Option<UserId>,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// Day by which the node's share of the promise ends.
    pub due: Option<NaiveDate>,
}

/// Everything needed to open a case; made by `government-intake`.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Draft id or client key: the same submission twice is the same case.
    pub submission: Uuid,
    /// Item and version.
    pub item: ItemCode,
    /// Version of the item.
    pub item_version: u32,
    /// person or employer.
    pub applicant_kind: &'static str,
    /// Name shown.
    pub applicant_name: String,
    /// Person the case is about.
    pub person: Option<PersonNo>,
    /// Employer that applies.
    pub employer: Option<EmployerNo>,
    /// Place in the organisation tree that handles it.
    pub org_path: String,
    /// Validated form.
    pub form: Map<String, Value>,
    /// Materials handed in.
    pub materials: Value,
    /// Rules answered at submission.
    pub rules: Vec<RuleResult>,
}

/// What the applicant holds in hand after submitting.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Receipt {
    /// Case number, issued by the commit.
    pub case_no: String,
    /// Name of the item.
    pub item_name: String,
    /// When it was received.
    pub submitted_at: DateTime<Utc>,
    /// Day by which the outcome is promised, if it were accepted today.
    pub promised_due: Option<NaiveDate>,
    /// State word.
    pub state: String,
    /// State in Chinese.
    pub state_name: String,
}
