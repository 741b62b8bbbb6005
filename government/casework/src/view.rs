//! What the screens see of cases and tasks.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{ActionKind, Correction, RuleResult};

/// The promise clock of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClockView {
    /// Working days used.
    pub used_days: i64,
    /// Working days promised; none when the item promises nothing.
    pub limit_days: Option<i64>,
    /// Whether it runs.
    pub running: bool,
    /// normal, blue (70 % of the promise), yellow (90 % or the last day) or red (overdue).
    pub level: &'static str,
    /// The level in words, since colour alone says nothing to some.
    pub level_name: &'static str,
}

/// One line of a list of cases.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseRow {
    /// Case number.
    pub case_no: String,
    /// Item.
    pub item_code: String,
    /// Name of the item.
    pub item_name: String,
    /// State word.
    pub state: String,
    /// State in Chinese.
    pub state_name: String,
    /// Who applied.
    pub applicant_name: String,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// Promised day.
    pub promised_due: Option<NaiveDate>,
    /// Clock.
    pub clock: ClockView,
    /// Where it is now.
    pub current_node: Option<String>,
    /// What the reader may do: withdraw, correct, rate.
    pub can: Vec<&'static str>,
}

/// A form section with values.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionView {
    /// Title.
    pub title: String,
    /// Fields.
    pub fields: Vec<FieldView>,
}

/// A form field with its value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldView {
    /// Key.
    pub key: String,
    /// Label.
    pub label: String,
    /// Field type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Value as stored; masked when the reader may not see it whole.
    #[schema(value_type = Object)]
    pub value: Value,
    /// Value as shown.
    pub text: String,
}

/// One event of the timeline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineView {
    /// When.
    pub at: DateTime<Utc>,
    /// Node name.
    pub node: Option<String>,
    /// Action word.
    pub action: String,
    /// Action in Chinese.
    pub action_name: String,
    /// Who; the applicant sees the desk instead of the officer's name.
    pub actor_name: String,
    /// Organisation code.
    pub organisation: Option<String>,
    /// Opinion.
    pub opinion: Option<String>,
}

/// One node of the progress line.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProgressView {
    /// Node id.
    pub node: String,
    /// Node name.
    pub name: String,
    /// done, current, waiting or skipped.
    pub status: &'static str,
}

/// A document of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Number on the paper.
    pub number: String,
    /// Verification code on the paper.
    pub verify_code: String,
    /// Where to get it.
    pub url: String,
}

/// The rating of a case.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RatingView {
    /// 1 非常满意 … 5 非常不满意.
    pub score: i16,
    /// Words.
    pub comment: Option<String>,
    /// When.
    pub rated_at: DateTime<Utc>,
}

/// The task in the reader's hand, with what may be done.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OpenTaskView {
    /// Id.
    pub id: Uuid,
    /// Node.
    pub node_name: String,
    /// OPEN, CLAIMED or WAITING.
    pub state: String,
    /// Who holds it.
    pub claimed_by: Option<Uuid>,
    /// To whom it is offered.
    pub offered_to: Option<Uuid>,
    /// Actions the reader may take now.
    pub actions: Vec<AllowedAction>,
    /// Why the reader may take none.
    pub blocked_reason: Option<String>,
    /// Day by which the node's share ends.
    pub due: Option<NaiveDate>,
}

/// An action on offer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AllowedAction {
    /// Word to send.
    pub action: String,
    /// Name on the button.
    pub name: String,
    /// Whether an opinion is required.
    pub opinion_required: bool,
}

/// A case as a person or an officer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseView {
    /// The line of the list.
    #[serde(flatten)]
    pub row: CaseRow,
    /// Version of the item.
    pub item_version: i32,
    /// Outcome word, once ended.
    pub outcome: Option<String>,
    /// Form with values.
    pub form: Vec<SectionView>,
    /// Materials handed in.
    #[schema(value_type = Vec<Object>)]
    pub materials: Value,
    /// History.
    pub timeline: Vec<TimelineView>,
    /// Progress line.
    pub progress: Vec<ProgressView>,
    /// Rules as answered.
    pub rules: Vec<RuleResult>,
    /// How each figure came about.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Vec<Value>,
    /// Figures by effect.
    #[schema(value_type = Object)]
    pub computed: Map<String, Value>,
    /// Documents.
    pub documents: Vec<DocumentView>,
    /// What the applicant is asked to complete.
    pub correction: Option<Correction>,
    /// Rating.
    pub rating: Option<RatingView>,
    /// Open tasks; for officers only.
    pub tasks: Vec<OpenTaskView>,
    /// Statutory day.
    pub statutory_due: Option<NaiveDate>,
}

/// One line of a work list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskRow {
    /// Task.
    pub id: Uuid,
    /// Case.
    pub case_no: String,
    /// Item.
    pub item_code: String,
    /// Name of the item.
    pub item_name: String,
    /// Node.
    pub node_name: String,
    /// Applicant.
    pub applicant_name: String,
    /// Place.
    pub org_path: String,
    /// OPEN, CLAIMED, WAITING or DONE.
    pub state: String,
    /// Offered to.
    pub offered_to: Option<Uuid>,
    /// Held by.
    pub claimed_by: Option<Uuid>,
    /// Opened.
    pub created_at: DateTime<Utc>,
    /// Day by which the node's share ends.
    pub due_at: Option<NaiveDate>,
    /// Clock of the case.
    pub clock: ClockView,
    /// State of the case.
    pub case_state: String,
    /// State of the case in Chinese.
    pub case_state_name: String,
}

/// Figures on top of the work list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SummaryView {
    /// On offer or in the pool.
    pub todo: i64,
    /// In hand.
    pub claimed: i64,
    /// Finished today.
    pub done_today: i64,
    /// Node limit ends today.
    pub yellow: i64,
    /// Node limit passed.
    pub red: i64,
    /// Tasks nobody is entitled to; administrators see to them.
    pub undispatchable: i64,
}

/// An action an officer takes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActRequest {
    /// Chosen by the client; sending it again does nothing more.
    pub action_id: Uuid,
    /// What to do.
    pub action: ActionKind,
    /// Opinion; required except for `pass`.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub opinion: Option<String>,
    /// What the applicant is asked to complete, for `correct`.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub correction_items: Vec<String>,
    /// To whom, for `transfer` and `add_sign`.
    #[serde(default)]
    pub to_user: Option<Uuid>,
}

/// What an action led to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActOutcome {
    /// Case.
    pub case_no: String,
    /// State word after.
    pub state: String,
    /// State in Chinese.
    pub state_name: String,
}

/// A withdrawal by the applicant.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRequest {
    /// Chosen by the client.
    pub action_id: Uuid,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
}

/// A completed application.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// Chosen by the client.
    pub action_id: Uuid,
    /// Fields changed, by key.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
    /// What was completed, in words.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// A rating.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingRequest {
    /// 1 非常满意 … 5 非常不满意.
    #[schema(minimum = 1, maximum = 5)]
    pub score: i16,
    /// Words.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub comment: Option<String>,
}

/// Hands over everything an officer holds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverRequest {
    /// Whose work.
    pub from_user: Uuid,
    /// To whom; left out: each task is allotted anew.
    #[serde(default)]
    pub to_user: Option<Uuid>,
}

/// What a handover moves or moved.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverView {
    /// Tasks moved, or to move.
    pub moved: usize,
    /// Tasks nobody else may take; they go to the pool with an alarm.
    pub undispatchable: usize,
    /// The tasks.
    pub tasks: Vec<HandoverTask>,
}

/// One task of a handover.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverTask {
    /// Task.
    pub id: Uuid,
    /// Case.
    pub case_no: String,
    /// Node.
    pub node_name: String,
    /// To whom; none: pool.
    pub to_user: Option<Uuid>,
}
