//! Words of the registers.

use std::fmt;

use base_kernel::{EmployerNo, IdentityNumber, Month, PersonNo};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use base_kernel::Sex;

/// Statutory retirement category: original age and sex (国务院关于渐进式延迟法定退休年龄的办法 第一条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Category {
    /// Men, 60.
    M60,
    /// Women in managerial or technical posts, 55.
    F55,
    /// Women workers, 50.
    F50,
}

impl Category {
    /// Code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::M60 => "M60",
            Self::F55 => "F55",
            Self::F50 => "F50",
        }
    }

    /// The category of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::M60, Self::F55, Self::F50].into_iter().find(|category| category.code() == code)
    }
}

/// Standing of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// In the register.
    Active,
    /// Joined into another number.
    Merged,
    /// Died.
    Dead,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Personal number.
    pub no: PersonNo,
    /// Name.
    pub name: String,
    /// Kind of document, catalogue/codes/id_type.
    pub id_type: String,
    /// Number of the document.
    pub id_no: String,
    /// Date of birth used for benefits.
    pub birth: NaiveDate,
    /// Sex.
    pub sex: Sex,
    /// Household registration, catalogue/codes/hukou.
    pub hukou: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Path of the district in the organisation tree, for example `310000/310104`.
    pub area: String,
    /// Retirement category, when it was established.
    pub category: Option<Category>,
    /// What the category rests on.
    pub category_basis: Option<String>,
    /// Date of birth in the personnel file, earliest record.
    pub archive_birth: Option<NaiveDate>,
    /// First day of work.
    pub first_work_date: Option<NaiveDate>,
    /// Month from which a pension is paid.
    pub receiving_from: Option<Month>,
    /// Standing.
    pub status: PersonStatus,
    /// Counts changes, from 1.
    pub version: i32,
}

impl fmt::Debug for Person {
    /// The number only: names and documents stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("no", &self.no).field("version", &self.version).finish_non_exhaustive()
    }
}

impl Person {
    /// The document number as it may be shown to others than its owner.
    #[must_use]
    pub fn id_no_masked(&self) -> String {
        masked_id(&self.id_no)
    }
}

/// A document number with its middle hidden.
#[must_use]
pub fn masked_id(id_no: &str) -> String {
    IdentityNumber::from_stored(id_no).map_or_else(
        |_| {
            let shown: String = id_no.chars().take(2).collect();
            format!("{shown}****")
        },
        |id| id.masked(),
    )
}

/// What is known of a person at registration.
#[derive(Clone)]
pub struct NewPerson {
    /// Name.
    pub name: String,
    /// Kind of document.
    pub id_type: String,
    /// Number of the document.
    pub id_no: String,
    /// Date of birth; none: as the identity number says.
    pub birth: Option<NaiveDate>,
    /// Sex; none: as the identity number says.
    pub sex: Option<Sex>,
    /// Household registration.
    pub hukou: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Path of the district.
    pub area: String,
    /// First day of work.
    pub first_work_date: Option<NaiveDate>,
}

/// Key data before or after a change.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyValues {
    /// Name.
    pub name: String,
    /// Document number.
    pub id_no: String,
    /// Date of birth.
    pub birth: NaiveDate,
    /// Sex.
    pub sex: Sex,
}

impl From<&Person> for KeyValues {
    fn from(person: &Person) -> Self {
        Self { name: person.name.clone(), id_no: person.id_no.clone(), birth: person.birth, sex: person.sex }
    }
}

/// A change of key data; what is none stays.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KeyChange {
    /// New name.
    pub name: Option<String>,
    /// New document number.
    pub id_no: Option<String>,
    /// New date of birth.
    pub birth: Option<NaiveDate>,
    /// New sex.
    pub sex: Option<Sex>,
    /// Proven by the personnel file, which may differ from the document.
    pub by_archive: bool,
    /// What the change rests on, for the history.
    pub basis: serde_json::Map<String, serde_json::Value>,
}

/// One entry of a person's history.
#[derive(Clone)]
pub struct PersonChange {
    /// Version it led to.
    pub version: i32,
    /// What was done.
    pub action: String,
    /// Record before; none at registration.
    pub before: Option<Person>,
    /// Record after.
    pub after: Person,
    /// What it rests on.
    pub basis: serde_json::Value,
    /// The case behind it.
    pub case_no: Option<String>,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// Standing of an employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmployerStatus {
    /// Registered and in order.
    Active,
    /// No new enrolments.
    Suspended,
    /// Struck off.
    Closed,
}

/// An employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Employer number.
    pub no: EmployerNo,
    /// Unified social credit code.
    pub uscc: String,
    /// Name.
    pub name: String,
    /// Path of the district in the organisation tree.
    pub area: String,
    /// Industry, GB/T 4754.
    pub industry: Option<String>,
    /// Injury risk class, 1 to 8.
    pub injury_class: i16,
    /// Operator's name.
    pub operator_name: Option<String>,
    /// Operator's mobile number.
    pub operator_mobile: Option<String>,
    /// Standing.
    pub status: EmployerStatus,
    /// Counts changes, from 1.
    pub version: i32,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
}

/// What is known of an employer at registration.
#[derive(Debug, Clone)]
pub struct NewEmployer {
    /// Unified social credit code.
    pub uscc: String,
    /// Name.
    pub name: String,
    /// Path of the district.
    pub area: String,
    /// Industry.
    pub industry: Option<String>,
    /// Injury risk class, 1 to 8.
    pub injury_class: i16,
    /// Operator's name.
    pub operator_name: Option<String>,
    /// Operator's mobile number.
    pub operator_mobile: Option<String>,
}

/// Code of GB/T 2261.1.
#[must_use]
pub fn sex_code(sex: Sex) -> i16 {
    match sex {
        Sex::Male => 1,
        Sex::Female => 2,
    }
}

/// The value forms use.
#[must_use]
pub fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}

pub(crate) fn sex_from_name(name: &str) -> Option<Sex> {
    match name {
        "male" => Some(Sex::Male),
        "female" => Some(Sex::Female),
        _ => None,
    }
}
