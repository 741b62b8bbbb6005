//! Words of the slice.

use base_kernel::{CaseNo, DocumentId, EmployerNo, ItemCode, PersonNo};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::retention::Term;

/// A filed case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Id.
    pub id: Uuid,
    /// Archive number (档号).
    pub archive_no: String,
    /// Case.
    pub case_no: CaseNo,
    /// Item.
    pub item_code: ItemCode,
    /// Name of the item.
    pub title: String,
    /// Category.
    pub category: String,
    /// Business link.
    pub link: String,
    /// How long.
    pub term: Term,
    /// How sure the term is.
    pub mark: String,
    /// `person` or `employer`.
    pub subject_kind: SubjectKind,
    /// Whom it is about.
    pub subject_name: String,
    /// Organisation that closed the case.
    pub org_path: String,
    /// Day of closing.
    pub closed_on: NaiveDate,
    /// From when the term runs.
    pub keep_from: NaiveDate,
    /// Last day kept; none for ever.
    pub keep_until: Option<NaiveDate>,
    /// Outcome of the four checks.
    pub checks: Vec<Check>,
    /// Whether all four passed.
    pub complete: bool,
    /// When filed.
    pub filed_at: DateTime<Utc>,
}

/// Whom a record is about (业务主体).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// 个人.
    Person,
    /// 单位.
    Employer,
}

impl SubjectKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Employer => "employer",
        }
    }
}

/// Kind of component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// 申请表.
    Form,
    /// 申请材料.
    Material,
    /// 审核意见.
    Opinion,
    /// 结果文书.
    Document,
    /// 办理记录.
    Log,
}

impl ComponentKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Material => "material",
            Self::Opinion => "opinion",
            Self::Document => "document",
            Self::Log => "log",
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        let all = [Self::Form, Self::Material, Self::Opinion, Self::Document, Self::Log];
        all.into_iter().find(|kind| kind.code() == code)
    }
}

/// One component of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Component {
    /// Order, from 1.
    pub seq: i32,
    /// Kind.
    pub kind: ComponentKind,
    /// Name.
    pub name: String,
    /// SM3 in hexadecimal: of the file, or of the canonical JSON of data; none until known.
    pub sm3: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// Id of the stored file or document.
    pub reference: Option<String>,
}

/// One of the four checks (四性检测, DA/T 70).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Check {
    /// `authentic`, `complete`, `usable`, `safe`.
    pub check: String,
    /// Chinese name.
    pub name: String,
    /// Whether it passed.
    pub passed: bool,
    /// What was looked at, in Chinese.
    pub detail: String,
}

/// What `casework.case_closed` carries for the archive.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Closed {
    pub(crate) case_no: CaseNo,
    pub(crate) item_code: ItemCode,
    pub(crate) item_name: String,
    #[serde(default)]
    pub(crate) org_path: Option<String>,
    #[serde(default)]
    pub(crate) closed_on: Option<NaiveDate>,
    #[serde(default)]
    pub(crate) subject: Subject,
    /// None: the item is not filed.
    #[serde(default)]
    pub(crate) archive: Option<Filing>,
    #[serde(default)]
    pub(crate) components: Vec<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Subject {
    #[serde(default)]
    pub(crate) person_no: Option<PersonNo>,
    #[serde(default)]
    pub(crate) employer_no: Option<EmployerNo>,
    #[serde(default)]
    pub(crate) name: String,
}

/// The item's archive block.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Filing {
    pub(crate) category: String,
    pub(crate) link: String,
    pub(crate) class: String,
    pub(crate) retention: Term,
    pub(crate) subject: SubjectKind,
    pub(crate) mark: String,
}

/// A component as the event gives it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Given {
    pub(crate) kind: ComponentKind,
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// Content held elsewhere as data; its canonical JSON is digested.
    #[serde(default)]
    pub(crate) data: Option<Value>,
    #[serde(default)]
    pub(crate) sm3: Option<String>,
    #[serde(default)]
    pub(crate) size: Option<i64>,
    #[serde(default)]
    pub(crate) number: Option<String>,
    #[serde(default)]
    pub(crate) document_id: Option<DocumentId>,
}

/// Files of one material, inside [`Given::data`].
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Material {
    #[serde(default)]
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) files: Vec<MaterialFile>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct MaterialFile {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) size: Option<i64>,
    #[serde(default)]
    pub(crate) sm3: Option<String>,
}
