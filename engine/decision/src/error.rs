//! What can be wrong with a parameter: its file, its window, its standing.

use base_kernel::{Fault, RegionCode};
use chrono::NaiveDate;

/// A parameter could not be read for a business date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// No parameter of that key in any region that applies.
    #[error("没有名为 {key} 的政策参数（地区 {region}）。请核对参数名称和地区")]
    Unknown {
        /// Key asked for.
        key: String,
        /// Region asked for.
        region: RegionCode,
    },
    /// The parameter exists but has no value on that day. Never answered with the nearest value.
    #[error(
        "政策参数“{name}”（{key}，地区 {region}）没有 {on} 有效的值，不能按相近日期的值代替。请由政策参数管理员补录后再办理"
    )]
    Missing {
        /// Key asked for.
        key: String,
        /// Chinese name.
        name: String,
        /// Region whose rows decide.
        region: RegionCode,
        /// Business date.
        on: NaiveDate,
    },
    /// The value on that day is not confirmed.
    #[error(
        "政策参数“{name}”（{key}，地区 {region}）{on} 的值尚未确认，系统不据此自动办理：{note}。请核实文件并确认参数，或转人工核定"
    )]
    Unconfirmed {
        /// Key asked for.
        key: String,
        /// Chinese name.
        name: String,
        /// Region whose rows decide.
        region: RegionCode,
        /// Business date.
        on: NaiveDate,
        /// What is open.
        note: String,
    },
    /// The table has no such row.
    #[error("政策参数“{name}”（{key}，自 {on} 起）没有“{row}”这一行，请核对后重新填写")]
    NoSuchRow {
        /// Key.
        key: String,
        /// Chinese name.
        name: String,
        /// Row asked for.
        row: String,
        /// First day of the window asked.
        on: NaiveDate,
    },
    /// A rule reads the parameter as another type than its file says: a defect.
    #[error("parameter {key} is not of type {expected}")]
    WrongType {
        /// Key.
        key: String,
        /// Type the rule expects.
        expected: &'static str,
    },
}

impl From<ParameterError> for Fault {
    fn from(error: ParameterError) -> Self {
        let code = match &error {
            ParameterError::Unknown { .. } => return Self::not_found("parameter.unknown", error.to_string()),
            ParameterError::Missing { .. } => "parameter.missing",
            ParameterError::Unconfirmed { .. } => "parameter.unconfirmed",
            ParameterError::NoSuchRow { .. } => "parameter.no_such_row",
            ParameterError::WrongType { .. } => return Self::internal(error),
        };
        Self::invalid(code, error.to_string())
    }
}

/// A catalogue file can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("参数文件 {file}：{detail}")]
pub struct LoadError {
    /// Path inside the catalogue.
    pub file: String,
    /// What is wrong, in Chinese.
    pub detail: String,
}

/// A desk row does not fit the set it is merged into.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// The catalogue does not know the parameter.
    #[error("没有名为 {key} 的政策参数，柜面只能为已有参数补录新值")]
    UnknownKey {
        /// Key of the row.
        key: String,
    },
    /// The value is of another type than the parameter.
    #[error("政策参数 {key} 的值类型不符")]
    WrongType {
        /// Key of the row.
        key: String,
    },
    /// The shipped catalogue says something else for the same days.
    #[error(
        "政策参数 {key}（地区 {region}）：随版本发布的值与柜面已审定的值在 {from} 起的期间互相矛盾（{detail}），请先核对文件并更正其中之一"
    )]
    Contradiction {
        /// Key.
        key: String,
        /// Region.
        region: RegionCode,
        /// First day of the desk row.
        from: NaiveDate,
        /// Both values.
        detail: String,
    },
    /// Windows overlap or leave a hole.
    #[error("政策参数 {key}（地区 {region}）：{detail}")]
    Windows {
        /// Key.
        key: String,
        /// Region.
        region: RegionCode,
        /// Which windows, in Chinese.
        detail: String,
    },
}

impl From<MergeError> for Fault {
    fn from(error: MergeError) -> Self {
        match &error {
            MergeError::UnknownKey { .. } => Self::not_found("parameter.unknown", error.to_string()),
            MergeError::WrongType { .. } => Self::invalid_field("parameter.type", "value", error.to_string()),
            MergeError::Contradiction { .. } => Self::conflict("parameter.contradiction", error.to_string()),
            MergeError::Windows { .. } => Self::invalid_field("parameter.windows", "from", error.to_string()),
        }
    }
}
