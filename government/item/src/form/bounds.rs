//! Smallest and largest values: fixed, relative to today, or those of another field.

use std::str::FromStr;

use base_kernel::Month;
use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use crate::model::{Field, FieldKind, Item};

/// What values are checked against.
pub(super) struct Context<'a> {
    pub(super) item: &'a Item,
    pub(super) form: &'a Map<String, Value>,
    pub(super) today: NaiveDate,
}

/// Something that has an order and bounds: a day or a month.
pub(crate) trait Bounded: FromStr + PartialOrd + ToString {
    fn now(today: NaiveDate) -> Option<Self>;
    fn plus(self, units: i16) -> Option<Self>;
}

impl Bounded for NaiveDate {
    fn now(today: NaiveDate) -> Option<Self> {
        Some(today)
    }

    fn plus(self, units: i16) -> Option<Self> {
        let days = Days::new(u64::from(units.unsigned_abs()));
        if units < 0 { self.checked_sub_days(days) } else { self.checked_add_days(days) }
    }
}

impl Bounded for Month {
    fn now(today: NaiveDate) -> Option<Self> {
        Month::of(today).ok()
    }

    fn plus(self, units: i16) -> Option<Self> {
        Some(Month::plus(self, i32::from(units)))
    }
}

/// A bound as written: `2026-07`, `today`, `today+1`, `today-30`. Days for dates, months for months.
pub(crate) fn fixed<T: Bounded>(text: &str, today: NaiveDate) -> Option<T> {
    match text.strip_prefix("today") {
        Some("") => T::now(today),
        Some(units) => T::now(today)?.plus(units.parse().ok()?),
        None => text.parse().ok(),
    }
}

/// Refuses a value outside the field's bounds.
pub(super) fn within<T: Bounded>(field: &Field, value: &T, context: &Context<'_>) -> Result<(), String> {
    if let Some((bound, name)) = bound::<T>(field.min.as_ref(), context)
        && *value < bound
    {
        return Err(format!("{}不能早于{name}{}，请修改", field.label, bound.to_string()));
    }
    if let Some((bound, name)) = bound::<T>(field.max.as_ref(), context)
        && *value > bound
    {
        return Err(format!("{}不能晚于{name}{}，请修改", field.label, bound.to_string()));
    }
    Ok(())
}

/// The bound's value, and the name of the field it comes from. A field that is empty or wrong binds nothing: it has
/// its own fault.
fn bound<T: Bounded>(written: Option<&Value>, context: &Context<'_>) -> Option<(T, String)> {
    let text = written?.as_str()?;
    let Some(key) = text.strip_prefix("field:") else {
        return Some((fixed(text, context.today)?, " ".to_owned()));
    };
    let other = context.item.field(key)?;
    let value = context.form.get(key)?.as_str()?.trim().parse().ok()?;
    Some((value, format!("{} ", other.label)))
}

/// A bound as a browser can use it today: relative ones become days or months, those of other fields stay with the
/// server.
#[must_use]
pub fn shown_bound(field: &Field, written: Option<&Value>, today: NaiveDate) -> Option<Value> {
    let text = match written? {
        Value::String(text) => text,
        other => return Some(other.clone()),
    };
    match field.kind {
        FieldKind::Date => fixed::<NaiveDate>(text, today).map(|day| Value::String(day.to_string())),
        FieldKind::Month => fixed::<Month>(text, today).map(|month| Value::String(month.to_string())),
        _ => None,
    }
}
