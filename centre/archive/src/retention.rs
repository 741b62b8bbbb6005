//! How long what is kept: the retention table of the catalogue (items.md §7.2).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Error;

/// How long a record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Term {
    /// 永久.
    Y,
    /// 100 years.
    D100,
    /// 50 years.
    D50,
    /// 30 years.
    D30,
    /// 10 years.
    D10,
}

impl Term {
    /// Code in the archive number.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Y => "Y",
            Self::D100 => "D100",
            Self::D50 => "D50",
            Self::D30 => "D30",
            Self::D10 => "D10",
        }
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Y => "永久",
            Self::D100 => "定期100年",
            Self::D50 => "定期50年",
            Self::D30 => "定期30年",
            Self::D10 => "定期10年",
        }
    }

    fn years(self) -> Option<u32> {
        match self {
            Self::Y => None,
            Self::D100 => Some(100),
            Self::D50 => Some(50),
            Self::D30 => Some(30),
            Self::D10 => Some(10),
        }
    }

    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Y, Self::D100, Self::D50, Self::D30, Self::D10].into_iter().find(|term| term.code() == code)
    }

    /// From the first of January after the year of closing; the last day kept, unless for ever.
    ///
    /// # Errors
    /// [`Error::Calendar`] beyond the calendar.
    pub fn span(self, closed_on: NaiveDate) -> Result<(NaiveDate, Option<NaiveDate>), Error> {
        let from = NaiveDate::from_ymd_opt(closed_on.year() + 1, 1, 1).ok_or(Error::Calendar)?;
        let Some(years) = self.years() else { return Ok((from, None)) };
        let end = from.checked_add_months(Months::new(years * 12)).and_then(|day| day.pred_opt());
        Ok((from, Some(end.ok_or(Error::Calendar)?)))
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Category (类别).
    pub category: String,
    /// Business link (业务环节).
    pub link: String,
    /// Code of the link in the archive number: two capital letters.
    pub code: String,
    /// How long.
    pub term: Term,
    /// Where the term comes from.
    pub basis: String,
    /// How sure it is; an archivist confirms each line before going live.
    pub mark: String,
}

/// The table. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Retention(Arc<BTreeMap<(String, String), Rule>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rules: Vec<Rule>,
}

impl Retention {
    /// Reads `catalogue/archive/retention.yaml`.
    ///
    /// # Errors
    /// [`Error::Table`] when it can't be read or a line stands twice.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::Table(e.to_string()))?;
        let file: File = serde_yaml_ng::from_str(&text).map_err(|e| Error::Table(e.to_string()))?;
        let mut rules = BTreeMap::new();
        for rule in file.rules {
            let fits = rule.code.len() == 2 && rule.code.bytes().all(|b| b.is_ascii_uppercase());
            let key = (rule.category.clone(), rule.link.clone());
            let taken = rules.values().any(|other: &Rule| other.category == key.0 && other.code == rule.code);
            if !fits || taken || rules.insert(key.clone(), rule).is_some() {
                return Err(Error::Table(format!("{} / {}: code unfit, or stands twice", key.0, key.1)));
            }
        }
        Ok(Self(Arc::new(rules)))
    }

    /// The line for a link.
    ///
    /// # Errors
    /// [`Error::UnknownLink`]: a guess would put a wrong term on a record.
    pub fn rule(&self, category: &str, link: &str) -> Result<&Rule, Error> {
        let key = (category.to_owned(), link.to_owned());
        self.0.get(&key).ok_or(Error::UnknownLink { category: key.0, link: key.1 })
    }
}
