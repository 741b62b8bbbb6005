//! Words of enrolment.

use base_kernel::{EmployerNo, Fen, Month, PersonNo};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Insurances a person is enrolled in (AAE140).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Insurance {
    /// 企业职工基本养老保险.
    #[serde(rename = "110")]
    Pension,
    /// 失业保险.
    #[serde(rename = "210")]
    Unemployment,
    /// 职工基本医疗保险.
    #[serde(rename = "310")]
    Medical,
    /// 工伤保险.
    #[serde(rename = "410")]
    Injury,
}

impl Insurance {
    /// All, by code.
    pub const ALL: [Self; 4] = [Self::Pension, Self::Unemployment, Self::Medical, Self::Injury];

    /// Code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pension => "110",
            Self::Unemployment => "210",
            Self::Medical => "310",
            Self::Injury => "410",
        }
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pension => "企业职工基本养老保险",
            Self::Unemployment => "失业保险",
            Self::Medical => "职工基本医疗保险",
            Self::Injury => "工伤保险",
        }
    }

    /// Name where there is little room.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Pension => "养老",
            Self::Unemployment => "失业",
            Self::Medical => "医疗",
            Self::Injury => "工伤",
        }
    }

    /// The insurance of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|insurance| insurance.code() == code)
    }

    /// Short names in one line, for example `养老、工伤`.
    #[must_use]
    pub fn short_list(insurances: &[Self]) -> String {
        insurances.iter().map(|insurance| insurance.short()).collect::<Vec<_>>().join("、")
    }
}

/// Standing of a period (AAC031).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodStatus {
    /// 参保缴费.
    Active,
    /// 暂停缴费.
    Stopped,
    /// 终止缴费 at retirement.
    Retired,
}

impl PeriodStatus {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Stopped => "stopped",
            Self::Retired => "retired",
        }
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "参保缴费",
            Self::Stopped => "暂停缴费",
            Self::Retired => "终止缴费",
        }
    }
}

/// A period of one insurance with one employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Person.
    pub person: PersonNo,
    /// Row.
    pub id: Uuid,
    /// Insurance.
    pub insurance: Insurance,
    /// Employer.
    pub employer: EmployerNo,
    /// First month insured.
    pub start: Month,
    /// Last month insured; none while active; before `start` when it never took effect.
    pub end: Option<Month>,
    /// Standing.
    pub status: PeriodStatus,
    /// Monthly wage declared at enrolment.
    pub wage: Fen,
    /// First day of work there.
    pub hire_date: NaiveDate,
    /// Why it was opened.
    pub add_reason: String,
    /// Why it ended.
    pub stop_reason: Option<String>,
    /// Case that opened it.
    pub case_no: Option<String>,
}

impl Period {
    /// Months insured within `from` to `to`, both included.
    #[must_use]
    pub fn months_within(&self, from: Month, to: Month) -> u32 {
        let first = self.start.max(from);
        let last = self.end.map_or(to, |end| end.min(to));
        u32::try_from(last.months_since(first) + 1).unwrap_or(0)
    }
}

/// Employment data that come with an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employment {
    /// First day of work.
    pub hire_date: NaiveDate,
    /// 1 fixed term, 2 open, 3 until a task is done.
    pub contract_type: String,
    /// Last day of a fixed term.
    pub contract_end: Option<NaiveDate>,
    /// catalogue/codes/add_reason.
    pub add_reason: String,
    /// catalogue/codes/hukou.
    pub hukou: Option<String>,
    /// catalogue/codes/education.
    pub education: Option<String>,
}

/// An enrolment to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnrolment {
    /// Person, registered already.
    pub person: PersonNo,
    /// Employer.
    pub employer: EmployerNo,
    /// Insurances, at least one.
    pub insurances: Vec<Insurance>,
    /// First month insured.
    pub start: Month,
    /// Monthly wage, fen.
    pub wage: Fen,
    /// Employment.
    pub employment: Employment,
}
