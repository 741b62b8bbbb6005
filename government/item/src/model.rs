//! A service item as its file says it (`items.md` §1.4, §1.8). Unknown keys are refused, so that a typing error in a
//! file is an error at start and not a silent default.

use std::collections::BTreeMap;

use base_kernel::{ItemCode, LimitUnit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// One version of a service item.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Code, for example `SI-YL-001`.
    pub code: ItemCode,
    /// Version; a running case stays on the one it began with.
    pub version: u32,
    /// Official name.
    pub name: String,
    /// Name on buttons and lists.
    pub short_name: String,
    /// Field of business, for example 社会保险.
    pub domain: String,
    /// Module, for example 养老待遇.
    pub module: String,
    /// Item type code of `items.md` §2.1, for example `GF`.
    #[serde(rename = "type")]
    pub kind_code: String,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Through which channels.
    pub channels: Vec<String>,
    /// Kind of case.
    pub kind: ItemKind,
    /// Limits.
    pub limits: Limits,
    /// Visits to the office.
    pub visits: u8,
    /// Why a visit is needed; required when there is one.
    #[serde(default)]
    pub visits_reason: Option<String>,
    /// One or two sentences for the applicant.
    pub summary: String,
    /// Conditions of acceptance, a sentence each.
    pub conditions: Vec<String>,
    /// Legal basis.
    pub basis: Vec<Basis>,
    /// Process.
    pub process: ProcessUse,
    /// Functions that fill fields in, in order.
    #[serde(default)]
    pub sources: Vec<Use>,
    /// Form.
    pub form: Vec<Section>,
    /// Materials.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// Rules.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Effect by service slot of the process.
    #[serde(default)]
    pub effects: BTreeMap<String, String>,
    /// Message template by event.
    #[serde(default)]
    pub messages: BTreeMap<String, String>,
    /// How the closed case is archived; none for items that are not filed.
    #[serde(default)]
    pub archive: Option<ArchiveSpec>,
    /// Result document.
    #[serde(default)]
    pub result: Option<ResultSpec>,
    /// Whether the applicant is asked for a rating.
    #[serde(default)]
    pub rating: bool,
    /// Examples that tests run end to end.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// Who may apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// A natural person.
    Person,
    /// An employer.
    Employer,
}

/// Kind of case (办件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// 即办件.
    Instant,
    /// 承诺件.
    Promised,
    /// 批量.
    Batch,
}

/// Limits of an item.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// To accept or to ask for completion.
    #[serde(default)]
    pub reception: Option<LimitSpec>,
    /// By law; only from a sourced value.
    #[serde(default)]
    pub statutory: Option<LimitSpec>,
    /// Promised to the public.
    #[serde(default)]
    pub promised: Option<LimitSpec>,
    /// For the applicant to complete.
    #[serde(default)]
    pub correction: Option<LimitSpec>,
}

/// One limit with its mark.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSpec {
    /// How many.
    pub days: u32,
    /// working, calendar …
    #[schema(value_type = String)]
    pub unit: LimitUnit,
    /// Law and article.
    #[serde(default)]
    pub basis: Option<String>,
    /// Where the value comes from: a source mark, `K` or `D`.
    pub mark: String,
}

/// Legal basis.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Law or notice.
    pub law: String,
    /// Article.
    pub article: String,
}

/// Which process, with which variables.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessUse {
    /// Process id.
    pub id: String,
    /// Variables given at start.
    #[serde(default)]
    pub with: Map<String, Value>,
}

/// A named function with arguments.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// Name.
    pub name: String,
    /// Arguments.
    #[serde(default)]
    pub args: Map<String, Value>,
}

/// A section of a form: one page of the hall's wizard.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Title.
    pub title: String,
    /// Fields in order.
    pub fields: Vec<Field>,
}

/// Type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// Whole number.
    Integer,
    /// Fen in JSON, yuan on screen.
    Money,
    /// Exact decimal as text.
    Decimal,
    /// `yyyy-MM-dd`.
    Date,
    /// `yyyy-MM`.
    Month,
    /// Yes or no.
    Bool,
    /// One of the options.
    Choice,
    /// Some of the options.
    MultiChoice,
    /// Identity number (GB 11643).
    IdNumber,
    /// Unified social credit code (GB 32100).
    Uscc,
    /// Mobile number.
    Mobile,
    /// Bank account.
    BankAccount,
    /// A code of a code set.
    Code,
    /// A stored file's id.
    File,
    /// Read-only text.
    Note,
}

/// A field of a form.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Key, snake_case.
    pub key: String,
    /// Label.
    pub label: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Whether it must be filled in when shown.
    #[serde(default)]
    pub required: bool,
    /// Whether the system fills it in (★).
    #[serde(default)]
    pub readonly: bool,
    /// Whether it is masked for readers who need not see it whole.
    #[serde(default)]
    pub sensitive: bool,
    /// Help under the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Code set of a code field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_set: Option<String>,
    /// Smallest value: a number, fen for money, a day, a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub min: Option<Value>,
    /// Largest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub max: Option<Value>,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// Least characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// Shown only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_when: Option<ShowWhen>,
}

/// An option of a choice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// When a field is shown: another field holds (or, for a multi-choice, contains) one of the values.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowWhen {
    /// The other field.
    pub field: String,
    /// Values.
    #[serde(rename = "in")]
    #[schema(value_type = Vec<Object>)]
    pub values: Vec<Value>,
}

/// A material.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Code of `items.md` §2.3, or an item-specific one.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether it must be handed in when it applies.
    pub required: bool,
    /// Where it comes from.
    pub source: MaterialSource,
    /// File types accepted: pdf, jpg, png, xlsx, csv.
    #[serde(default)]
    pub accept: Vec<String>,
    /// Largest file in MiB.
    #[serde(default)]
    pub max_mb: Option<u32>,
    /// Applies only then.
    #[serde(default)]
    pub show_when: Option<ShowWhen>,
    /// Note for the applicant.
    #[serde(default)]
    pub note: Option<String>,
}

/// Where a material comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaterialSource {
    /// Uploaded by the applicant.
    Upload,
    /// 免提交: called from the licence library.
    Licence,
    /// Kept by the applicant for inspection (留存备查).
    Kept,
    /// Made by the system from the form.
    Generated,
}

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Code within the item.
    pub code: String,
    /// Name in Chinese.
    pub name: String,
    /// Check that answers it.
    pub check: String,
    /// Arguments of the check.
    #[serde(default)]
    pub args: Map<String, Value>,
    /// When it is asked.
    pub when: Vec<RuleMoment>,
    /// What follows when it does not hold.
    pub severity: Severity,
    /// What can be done, in Chinese.
    #[serde(default)]
    pub advice: Option<String>,
    /// Basis.
    #[serde(default)]
    pub basis: Option<String>,
}

/// When a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleMoment {
    /// At submission.
    Submit,
    /// Before a review is passed, on the facts of that moment.
    Review,
}

/// What follows when a rule does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 阻断.
    Block,
    /// 提示.
    Warn,
    /// 提级.
    Escalate,
    /// 抽查.
    Spot,
}

impl Severity {
    /// The word of the API.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Escalate => "escalate",
            Self::Spot => "spot",
        }
    }
}

/// How a closed case is archived (`items.md` §7).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSpec {
    /// Category.
    pub category: String,
    /// Business link.
    pub link: String,
    /// Module code in the archive number, for example `YL`.
    pub class: String,
    /// Y, D100, D50, D30 or D10.
    pub retention: String,
    /// person or employer.
    pub subject: Audience,
    /// Mark of the retention rule, for an archivist to confirm.
    pub mark: String,
}

/// The result document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultSpec {
    /// Name.
    pub name: String,
    /// Template.
    pub template: String,
    /// Prefix of its number.
    pub number_prefix: String,
    /// Days it is valid; none: without end.
    #[serde(default)]
    pub valid_days: Option<u32>,
}

/// An example that tests run end to end.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Fields as typed.
    pub form: Map<String, Value>,
    /// What comes of it, by name.
    #[serde(default)]
    pub expect: Map<String, Value>,
}

impl Item {
    /// Every field of the form in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.form.iter().flat_map(|section| &section.fields)
    }

    /// A field by key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The promise in words.
    #[must_use]
    pub fn promised_text(&self) -> String {
        match &self.limits.promised {
            None => "按规定时限办理".to_owned(),
            Some(limit) if limit.days == 0 => "即时办结".to_owned(),
            Some(limit) => limit_text(limit),
        }
    }

    /// The statutory limit in words.
    #[must_use]
    pub fn statutory_text(&self) -> String {
        self.limits.statutory.as_ref().map_or_else(|| "无法定时限".to_owned(), limit_text)
    }
}

fn limit_text(limit: &LimitSpec) -> String {
    let unit = match limit.unit {
        LimitUnit::Working => "个工作日",
        LimitUnit::Calendar => "日",
        LimitUnit::Month => "个月",
        LimitUnit::Hour => "小时",
    };
    format!("{}{unit}", limit.days)
}
