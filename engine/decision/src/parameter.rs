//! One dated row of a parameter.

use base_kernel::{Fen, RegionCode};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{ParameterError, Table, Value};

/// Whether a value may carry decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Backed by its document.
    #[default]
    Confirmed,
    /// Kept for information; no automatic decision rests on it.
    Unconfirmed,
}

impl Status {
    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "已确认",
            Self::Unconfirmed => "未确认",
        }
    }
}

/// Where a row came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A catalogue file.
    Shipped,
    /// Entered and released at the desk.
    Desk,
}

/// A value with its window, region and basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Key, for example `pension.base`.
    pub key: String,
    /// Chinese name of the parameter.
    pub name: String,
    /// Where it holds.
    pub region: RegionCode,
    /// The value.
    pub value: Value,
    /// Unit in Chinese, for example 元/月.
    pub unit: String,
    /// First day it holds.
    pub effective_from: NaiveDate,
    /// Last day it holds; none while open. Not the same as `doc_expiry`.
    pub effective_to: Option<NaiveDate>,
    /// Number of the document.
    pub doc_no: Option<String>,
    /// Day the document lapses (有效期至).
    pub doc_expiry: Option<NaiveDate>,
    /// Where the value was read: the basis tag.
    pub basis: String,
    /// Whether it may carry decisions.
    pub status: Status,
    /// What a reader must know; always there when unconfirmed.
    pub note: Option<String>,
    /// Catalogue or desk.
    pub origin: Origin,
}

impl Parameter {
    /// Whether the row holds on `day`.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|to| day <= to)
    }

    /// The value as a rate or factor.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn decimal(&self) -> Result<Decimal, ParameterError> {
        if let Value::Decimal(value) = &self.value { Ok(*value) } else { Err(self.wrong("decimal")) }
    }

    /// The value as money.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn fen(&self) -> Result<Fen, ParameterError> {
        if let Value::Fen(value) = &self.value { Ok(*value) } else { Err(self.wrong("money")) }
    }

    /// The value as months.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn months(&self) -> Result<i32, ParameterError> {
        if let Value::Months(value) = &self.value { Ok(*value) } else { Err(self.wrong("months")) }
    }

    /// The value as a date.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn date(&self) -> Result<NaiveDate, ParameterError> {
        if let Value::Date(value) = &self.value { Ok(*value) } else { Err(self.wrong("date")) }
    }

    /// The value as a text or choice.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn text(&self) -> Result<&str, ParameterError> {
        if let Value::Text(value) = &self.value { Ok(value) } else { Err(self.wrong("text")) }
    }

    /// The value as a table.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`].
    pub fn table(&self) -> Result<&Table, ParameterError> {
        if let Value::Table(value) = &self.value { Ok(value) } else { Err(self.wrong("table")) }
    }

    /// One row of the table.
    ///
    /// # Errors
    /// [`ParameterError::WrongType`], [`ParameterError::NoSuchRow`].
    pub fn cell(&self, row: &str) -> Result<Decimal, ParameterError> {
        self.table()?.get(row).ok_or_else(|| ParameterError::NoSuchRow {
            key: self.key.clone(),
            name: self.name.clone(),
            row: row.chars().take(40).collect(),
            on: self.effective_from,
        })
    }

    fn wrong(&self, expected: &'static str) -> ParameterError {
        ParameterError::WrongType { key: self.key.clone(), expected }
    }
}
