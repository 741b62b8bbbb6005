//! Typed values of parameters.

use std::fmt;

use base_kernel::Fen;
use chrono::NaiveDate;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Type of a parameter, the same for all its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A rate or factor.
    Decimal,
    /// An amount of money; written in yuan, held in fen.
    Money,
    /// A number of months.
    Months,
    /// A date.
    Date,
    /// A text or a choice.
    Text,
    /// Decimals by row name.
    Table,
}

/// Decimals by row name, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Table(pub IndexMap<String, Decimal>);

impl Table {
    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: &str) -> Option<Decimal> {
        self.0.get(row).copied()
    }
}

/// The value of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A rate or factor, exact.
    Decimal(Decimal),
    /// Money in fen.
    Fen(Fen),
    /// Months.
    Months(i32),
    /// A date.
    Date(NaiveDate),
    /// A text or a choice.
    Text(String),
    /// Decimals by row name.
    Table(Table),
    /// Known to exist, value not known; such a row is always unconfirmed.
    Unknown,
}

impl Value {
    /// Whether a row of `kind` may hold this.
    #[must_use]
    pub fn fits(&self, kind: ValueKind) -> bool {
        matches!(
            (self, kind),
            (Self::Decimal(_), ValueKind::Decimal)
                | (Self::Fen(_), ValueKind::Money)
                | (Self::Months(_), ValueKind::Months)
                | (Self::Date(_), ValueKind::Date)
                | (Self::Text(_), ValueKind::Text)
                | (Self::Table(_), ValueKind::Table)
                | (Self::Unknown, _)
        )
    }

    /// Reads a value of `kind` from JSON (a file, or a row entered at the desk). Floating-point numbers are refused:
    /// decimals and money are texts.
    ///
    /// # Errors
    /// A Chinese sentence that says how to write it.
    pub fn read(kind: ValueKind, json: &serde_json::Value) -> Result<Self, String> {
        use serde_json::Value as Json;
        let text = match json {
            Json::Null => return Ok(Self::Unknown),
            Json::String(text) => text.clone(),
            Json::Number(number) if number.is_i64() => number.to_string(),
            Json::Number(_) => return Err("小数请加引号书写，例如 \"0.16\"".into()),
            Json::Object(rows) if kind == ValueKind::Table => return read_table(rows).map(Self::Table),
            _ => return Err("值的类型与参数不符".into()),
        };
        match kind {
            ValueKind::Decimal => decimal(&text).map(Self::Decimal),
            ValueKind::Money => text.parse().map(Self::Fen).map_err(|error| format!("{error}")),
            ValueKind::Months => text.parse().map(Self::Months).map_err(|_| format!("“{text}”不是月数")),
            ValueKind::Date => {
                text.parse().map(Self::Date).map_err(|_| format!("“{text}”不是日期，请按 2026-07-01 书写"))
            }
            ValueKind::Text => Ok(Self::Text(text)),
            ValueKind::Table => Err("表格参数请按“行名: 数值”书写".into()),
        }
    }

    /// The value as JSON in the form [`Value::read`] takes.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Months(months) => (*months).into(),
            Self::Table(table) => {
                let rows = table.0.iter().map(|(name, value)| (name.clone(), value.to_string().into()));
                serde_json::Value::Object(rows.collect())
            }
            Self::Unknown => serde_json::Value::Null,
            other => other.to_string().into(),
        }
    }
}

fn decimal(text: &str) -> Result<Decimal, String> {
    Decimal::from_str_exact(text).map_err(|_| format!("“{text}”不是有效数字"))
}

fn read_table(rows: &serde_json::Map<String, serde_json::Value>) -> Result<Table, String> {
    let mut table = IndexMap::new();
    for (name, value) in rows {
        match Value::read(ValueKind::Decimal, value) {
            Ok(Value::Decimal(value)) => table.insert(name.clone(), value),
            Ok(_) => return Err(format!("行“{name}”没有数值")),
            Err(error) => return Err(format!("行“{name}”：{error}")),
        };
    }
    if table.is_empty() { Err("表格参数至少要有一行".into()) } else { Ok(Table(table)) }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(value) => write!(f, "{value}"),
            Self::Fen(fen) => write!(f, "{fen}"),
            Self::Months(months) => write!(f, "{months}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Text(text) => f.write_str(text),
            Self::Table(table) => {
                for (place, (name, value)) in table.0.iter().enumerate() {
                    write!(f, "{}{name}={value}", if place == 0 { "" } else { " " })?;
                }
                Ok(())
            }
            Self::Unknown => f.write_str("未确定"),
        }
    }
}
