//! A service item as its file says it (`items.md` §1.4, §1.8). Unknown keys are refused, so that a typing error in a
//! file is an error at start and not a silent default.

use std::collections::BTreeMap;

use base_kernel::{ItemCode, LimitUnit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

mod closing;
mod form;
mod rule;

pub use closing::*;
pub use form::*;
pub use rule::*;

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
    /// 网办深度, 1 to 4 (Ⅳ 全程网办).
    #[serde(default)]
    pub online_depth: Option<u8>,
    /// 权力来源; left out for public services.
    #[serde(default)]
    pub power_source: Option<String>,
    /// Where a decision can be appealed; required for types that decide on rights.
    #[serde(default)]
    pub remedies: Option<Remedies>,
    /// Fees; empty for nearly all items.
    #[serde(default)]
    pub fees: Vec<Fee>,
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

/// Where a decision can be appealed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remedies {
    /// 行政复议: body and limit.
    pub review: String,
    /// 行政诉讼: court and limit.
    pub litigation: String,
}

/// A fee.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Name.
    pub name: String,
    /// Amount in fen.
    pub amount_fen: i64,
    /// Legal basis.
    pub basis: String,
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
    /// Variables taken from the form at start: variable to field.
    #[serde(default)]
    pub from_form: BTreeMap<String, String>,
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

    /// The variables a process starts with: those of the item, and those taken from the form.
    #[must_use]
    pub fn process_variables(&self, form: &Map<String, Value>) -> Map<String, Value> {
        let mut variables = self.process.with.clone();
        for (variable, field) in &self.process.from_form {
            if let Some(value) = form.get(field).filter(|value| !value.is_null()) {
                variables.insert(variable.clone(), value.clone());
            }
        }
        variables
    }

    /// Whether it can be applied for without coming to a window.
    #[must_use]
    pub fn online(&self) -> bool {
        self.channels.iter().any(|channel| channel == "web" || channel == "mobile")
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
