//! All parameters, looked up by key, region and business date.

use std::collections::BTreeMap;
use std::sync::Arc;

use base_kernel::RegionCode;
use chrono::{Days, NaiveDate};

use crate::{Parameter, ParameterError, Status, Value, ValueKind};

/// A parameter with all its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Key.
    pub key: String,
    /// Chinese name.
    pub name: String,
    /// Type of all rows.
    pub kind: ValueKind,
    /// Unit in Chinese.
    pub unit: String,
    /// Why holes between windows are accepted; none when they are not.
    pub gaps: Option<String>,
    /// Rows by region, oldest first, never overlapping.
    pub rows: BTreeMap<RegionCode, Vec<Parameter>>,
}

/// All parameters. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct ParameterSet {
    pub(crate) definitions: Arc<BTreeMap<String, Definition>>,
    pub(crate) accept_unconfirmed: bool,
}

impl ParameterSet {
    /// The row in force on `on`, the business date (never "today"): contribution month, retirement month and so on.
    ///
    /// # Errors
    /// [`ParameterError::Unknown`], [`ParameterError::Missing`] (names key and date), and
    /// [`ParameterError::Unconfirmed`] unless this set accepts unconfirmed values. A row without a value is refused
    /// in either case.
    pub fn get(&self, key: &str, region: RegionCode, on: NaiveDate) -> Result<&Parameter, ParameterError> {
        let row = self.display(key, region, on)?;
        let usable =
            row.status == Status::Confirmed || (self.accept_unconfirmed && row.value != Value::Unknown);
        if usable {
            return Ok(row);
        }
        Err(ParameterError::Unconfirmed {
            key: row.key.clone(),
            name: row.name.clone(),
            region: row.region,
            on,
            note: row.note.clone().unwrap_or_default(),
        })
    }

    /// The row in force on `on` whatever its standing: for lists and screens, never for a figure.
    ///
    /// # Errors
    /// [`ParameterError::Unknown`], [`ParameterError::Missing`].
    pub fn display(
        &self,
        key: &str,
        region: RegionCode,
        on: NaiveDate,
    ) -> Result<&Parameter, ParameterError> {
        let unknown = || ParameterError::Unknown { key: key.chars().take(100).collect(), region };
        let definition = self.definitions.get(key).ok_or_else(unknown)?;
        // The narrowest region that has any row decides; its holes are not filled from a wider one.
        let deciding = region.widening().find_map(|wider| definition.rows.get_key_value(&wider));
        let (region, rows) = deciding.ok_or_else(unknown)?;
        rows.iter().find(|row| row.covers(on)).ok_or_else(|| ParameterError::Missing {
            key: key.to_owned(),
            name: definition.name.clone(),
            region: *region,
            on,
        })
    }

    /// The same parameters for a caller that shows figures to a person and flags the unconfirmed rows in the
    /// derivation (an estimate, a clerk's worksheet). Who decides automatically keeps the set as it is.
    #[must_use]
    pub fn accepting_unconfirmed(&self) -> Self {
        Self { definitions: Arc::clone(&self.definitions), accept_unconfirmed: true }
    }

    /// A parameter with all its rows.
    #[must_use]
    pub fn definition(&self, key: &str) -> Option<&Definition> {
        self.definitions.get(key)
    }

    /// All parameters by key.
    pub fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.values()
    }

    /// All rows, by key, region and window.
    pub fn rows(&self) -> impl Iterator<Item = &Parameter> {
        self.definitions.values().flat_map(|definition| definition.rows.values().flatten())
    }

    /// Rows whose document lapses within `days` after `today`, or lapsed while the value still holds: the desk is
    /// to renew or replace them.
    pub fn expiring(&self, today: NaiveDate, days: u64) -> impl Iterator<Item = &Parameter> {
        let horizon = today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
        self.rows().filter(move |row| {
            row.effective_to.is_none_or(|to| to >= today) && row.doc_expiry.is_some_and(|end| end <= horizon)
        })
    }
}
