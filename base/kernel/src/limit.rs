//! Time limits in the unit the law names. Units are never converted into each other (`items.md` §6.1 rule 1).

use std::fmt;

use chrono::{DateTime, Days, Duration, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Calendar, CalendarError, shanghai};

/// Unit of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Working days (工作日), `W`.
    #[serde(alias = "W")]
    Working,
    /// Calendar days (日), `C`.
    #[serde(alias = "C")]
    Calendar,
    /// Months (月), `M`.
    #[serde(alias = "M", alias = "months")]
    Month,
    /// Hours (小时), `H`.
    #[serde(alias = "H", alias = "hours")]
    Hour,
}

/// A time limit, for example 20 working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    #[serde(alias = "days")]
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
}

/// When a limit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The last day by counting alone.
    pub nominal: NaiveDate,
    /// The last day in force: a limit in calendar days or months that ends on a rest day ends on the next working
    /// day (民法典 第二百零三条).
    pub date: NaiveDate,
}

impl Limit {
    /// Working days.
    #[must_use]
    pub const fn working(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::Working }
    }

    /// Calendar days.
    #[must_use]
    pub const fn calendar(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::Calendar }
    }

    /// Months.
    #[must_use]
    pub const fn months(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::Month }
    }

    /// Hours.
    #[must_use]
    pub const fn hours(amount: u32) -> Self {
        Self { amount, unit: LimitUnit::Hour }
    }

    /// The last day of the limit when the event that sets it off falls on `start`, which is not counted. Months
    /// keep the day of the month, or take the month's last day where that day does not exist.
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`] when the end lies in a year without a calendar, and
    /// [`CalendarError::HoursNeedAnInstant`] for limits in hours.
    pub fn due(self, start: NaiveDate, calendar: &Calendar) -> Result<Due, CalendarError> {
        let nominal = match self.unit {
            LimitUnit::Working => {
                let date = calendar.add_working_days(start, self.amount)?;
                return Ok(Due { nominal: date, date });
            }
            LimitUnit::Calendar => start.checked_add_days(Days::new(u64::from(self.amount))),
            LimitUnit::Month => start.checked_add_months(Months::new(self.amount)),
            LimitUnit::Hour => return Err(CalendarError::HoursNeedAnInstant),
        };
        let nominal = nominal.ok_or(CalendarError::OutOfRange)?;
        Ok(Due { nominal, date: calendar.working_day_from(nominal)? })
    }

    /// The moment from which the limit is exceeded, for an event at `start`: hours run from that moment, all other
    /// units end with their last day, Shanghai time.
    ///
    /// # Errors
    /// As [`Limit::due`].
    pub fn exceeded_from(
        self,
        start: DateTime<Utc>,
        calendar: &Calendar,
    ) -> Result<DateTime<Utc>, CalendarError> {
        if self.unit == LimitUnit::Hour {
            let hours = Duration::hours(i64::from(self.amount));
            return start.checked_add_signed(hours).ok_or(CalendarError::OutOfRange);
        }
        let local = shanghai(start);
        let last = self.due(local.date_naive(), calendar)?.date;
        let midnight = last.checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN));
        midnight
            .and_then(|moment| moment.and_local_timezone(*local.offset()).single())
            .map(|moment| moment.with_timezone(&Utc))
            .ok_or(CalendarError::OutOfRange)
    }
}

impl fmt::Display for Limit {
    /// For example `20 个工作日`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            LimitUnit::Working => "个工作日",
            LimitUnit::Calendar => "日",
            LimitUnit::Month => "个月",
            LimitUnit::Hour => "小时",
        };
        write!(f, "{} {unit}", self.amount)
    }
}
