//! Rows entered at the desk on top of the shipped set.

use std::sync::Arc;

use chrono::Days;

use crate::load::check_windows;
use crate::{Definition, MergeError, Parameter, ParameterSet, Status, Value};

impl ParameterSet {
    /// The set with later-dated rows from the desk, oldest first.
    ///
    /// A row ends an open shipped row the day before, or takes the place of an unconfirmed shipped row with the same
    /// first day (that is how an open question is settled). When the catalogue has meanwhile shipped the same value
    /// for the same window, the shipped row stands and the desk row is done with.
    ///
    /// # Errors
    /// [`MergeError`]; [`MergeError::Contradiction`] when the catalogue says something else for days of the row.
    pub fn with_desk_rows(&self, rows: impl IntoIterator<Item = Parameter>) -> Result<Self, MergeError> {
        let mut definitions = (*self.definitions).clone();
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|row| row.effective_from);
        for row in rows {
            let unknown = || MergeError::UnknownKey { key: row.key.clone() };
            merge_row(definitions.get_mut(&row.key).ok_or_else(unknown)?, row)?;
        }
        Ok(Self { definitions: Arc::new(definitions), accept_unconfirmed: self.accept_unconfirmed })
    }
}

fn merge_row(definition: &mut Definition, row: Parameter) -> Result<(), MergeError> {
    let (key, region) = (row.key.clone(), row.region);
    if !row.value.fits(definition.kind) || row.value == Value::Unknown {
        return Err(MergeError::WrongType { key });
    }
    let shipped = definition.rows.entry(region).or_default();
    let from = row.effective_from;
    let contradiction = |with: &Parameter| MergeError::Contradiction {
        key: key.clone(),
        region,
        from,
        detail: format!("发布值 {}（自 {}），柜面值 {}", with.value, with.effective_from, row.value),
    };
    let same_start = shipped.iter().position(|other| other.effective_from == from);
    if let Some(place) = same_start {
        let other = &shipped[place];
        if other.status == Status::Confirmed {
            let agrees = other.value == row.value
                && (row.effective_to.is_none() || other.effective_to == row.effective_to);
            return if agrees { Ok(()) } else { Err(contradiction(other)) };
        }
        if row.effective_to.is_some() && other.effective_to != row.effective_to {
            return Err(contradiction(other));
        }
        let effective_to = row.effective_to.or(other.effective_to);
        shipped[place] = Parameter { effective_to, ..row };
    } else if let Some(later) = shipped.iter().find(|other| other.effective_from > from) {
        return Err(contradiction(later));
    } else {
        if let Some(last) = shipped.last_mut() {
            match last.effective_to {
                Some(to) if to >= from => return Err(contradiction(last)),
                Some(_) => {}
                None => last.effective_to = from.checked_sub_days(Days::new(1)),
            }
        }
        shipped.push(row);
    }
    check_windows(shipped, definition.gaps.is_some()).map_err(|detail| MergeError::Windows {
        key: key.clone(),
        region,
        detail,
    })
}
