//! Words of the rules: insurances, injury classes, float tiers.

use serde::{Deserialize, Serialize};

/// Insurance of a contribution line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Insurance {
    /// 职工基本养老保险.
    Pension,
    /// 职工基本医疗保险 (with maternity since 2020).
    Medical,
    /// 生育保险, a line of its own up to 2019.
    Maternity,
    /// 失业保险.
    Unemployment,
    /// 工伤保险.
    Injury,
}

impl Insurance {
    /// All insurances, in the order of a bill.
    pub const ALL: [Self; 5] =
        [Self::Pension, Self::Medical, Self::Maternity, Self::Unemployment, Self::Injury];

    /// Code of catalogue/codes/insurance (AAE140).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pension => "110",
            Self::Medical => "310",
            Self::Maternity => "510",
            Self::Unemployment => "210",
            Self::Injury => "410",
        }
    }

    /// The insurance of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|insurance| insurance.code() == code)
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pension => "养老保险",
            Self::Medical => "医疗保险",
            Self::Maternity => "生育保险",
            Self::Unemployment => "失业保险",
            Self::Injury => "工伤保险",
        }
    }
}

/// Risk class of the industry (行业风险类别). Staffing agencies are class II; a reclassification takes effect the
/// month after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "numbered classes")]
pub enum InjuryClass {
    I,
    II,
    III,
    IV,
    V,
    VI,
    VII,
    VIII,
}

impl InjuryClass {
    /// The class of that number, 1 to 8.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        let all = [Self::I, Self::II, Self::III, Self::IV, Self::V, Self::VI, Self::VII, Self::VIII];
        all.get(usize::try_from(number.checked_sub(1)?).ok()?).copied()
    }

    /// Row name in the rate table.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
            Self::IV => "IV",
            Self::V => "V",
            Self::VI => "VI",
            Self::VII => "VII",
            Self::VIII => "VIII",
        }
    }
}

/// Floating tier of the employer (人社部发〔2015〕71号). Class I knows no tier below the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloatTier {
    /// 50%.
    #[serde(rename = "down_2")]
    DownTwo,
    /// 80%.
    #[serde(rename = "down_1")]
    DownOne,
    /// 100%.
    #[default]
    Base,
    /// 120%.
    #[serde(rename = "up_1")]
    UpOne,
    /// 150%.
    #[serde(rename = "up_2")]
    UpTwo,
}

impl FloatTier {
    /// Row name in the tier tables.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DownTwo => "down_2",
            Self::DownOne => "down_1",
            Self::Base => "base",
            Self::UpOne => "up_1",
            Self::UpTwo => "up_2",
        }
    }
}
