//! Forms and materials of an item.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

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
    /// Code set behind a choice, multi-choice or code field; its codes become the options when the item is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_set: Option<String>,
    /// The codes of the set that are offered; empty offers all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Value a new draft begins with.
    #[serde(default, rename = "default", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub initial: Option<Value>,
    /// Refused unless ticked: a promise (承诺).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_be_true: bool,
    /// Text of a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Smallest value: a number, fen for money, a day, a month; `today`, `today+30` (days or months), `field:<key>`.
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
    /// Name in the licence library (电子证照目录), for 免提交.
    #[serde(default)]
    pub licence: Option<String>,
    /// Template of a blank form, or of what the system makes.
    #[serde(default)]
    pub template: Option<String>,
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
