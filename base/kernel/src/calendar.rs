//! The official working-day calendar (国务院办公厅关于部分节假日安排的通知), one table a year.
//!
//! Years that are not loaded are an error, never a guess by weekday: the notice for the next year appears in
//! November, and until then nobody knows its working days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Fault, FaultKind, Month, shanghai};

/// A document a year's table rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSource {
    /// Title.
    pub title: String,
    /// Number, for example 国办发明电〔2025〕7号.
    pub doc_no: String,
    /// Day of issue, where known.
    #[serde(default)]
    pub issued: Option<NaiveDate>,
}

/// A span of days off, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Name, for example 春节.
    pub name: String,
    /// First day off.
    pub from: NaiveDate,
    /// Last day off.
    pub to: NaiveDate,
}

/// One year as published; the shape of `catalogue/policy/calendar/*.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// Year.
    pub year: i32,
    /// Version of the table, raised when a notice changes it.
    pub version: u32,
    /// What it rests on.
    pub sources: Vec<CalendarSource>,
    /// Days off, weekends inside them included.
    pub holidays: Vec<Holiday>,
    /// Weekend days worked instead (调休上班).
    pub working_weekends: Vec<NaiveDate>,
    /// Statutory holidays proper (300% days, 全国年节及纪念日放假办法).
    pub statutory_days: Vec<NaiveDate>,
}

/// Why the calendar can't answer, or can't be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The year was never loaded.
    #[error("{0} 年的工作日历尚未发布或尚未载入，无法计算工作日期限。请先维护该年度工作日历")]
    YearNotLoaded(i32),
    /// The same year twice.
    #[error("{0} 年的工作日历重复载入")]
    YearTwice(i32),
    /// A table contradicts itself.
    #[error("{year} 年的工作日历有误：{detail}")]
    BadTable {
        /// Year of the table.
        year: i32,
        /// What contradicts what.
        detail: String,
    },
    /// A limit in hours was asked for as a day.
    #[error("以小时计的时限须从具体时刻起算")]
    HoursNeedAnInstant,
    /// The result lies beyond what dates can hold.
    #[error("日期超出可计算的范围")]
    OutOfRange,
}

impl From<CalendarError> for Fault {
    fn from(error: CalendarError) -> Self {
        let message = error.to_string();
        match error {
            CalendarError::YearNotLoaded(_) => {
                Self::new(FaultKind::Unavailable, "calendar.year_not_loaded", message)
            }
            CalendarError::OutOfRange => Self::invalid("calendar.out_of_range", message),
            _ => Self::internal(error),
        }
    }
}

/// Working days of the loaded years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Table>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    published: CalendarYear,
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Joins the tables of several years.
    ///
    /// # Errors
    /// [`CalendarError::YearTwice`] and [`CalendarError::BadTable`] (a day outside its year, a span that ends before
    /// it starts, a working weekend that is no weekend or lies inside a holiday).
    pub fn new(tables: impl IntoIterator<Item = CalendarYear>) -> Result<Self, CalendarError> {
        let mut years = BTreeMap::new();
        for published in tables {
            let year = published.year;
            if years.insert(year, Table::check(published)?).is_some() {
                return Err(CalendarError::YearTwice(year));
            }
        }
        Ok(Self { years })
    }

    /// The table of a year as published, with its sources.
    #[must_use]
    pub fn published(&self, year: i32) -> Option<&CalendarYear> {
        self.years.get(&year).map(|table| &table.published)
    }

    /// Loaded years in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.keys().copied()
    }

    fn table(&self, day: NaiveDate) -> Result<&Table, CalendarError> {
        self.years.get(&day.year()).ok_or(CalendarError::YearNotLoaded(day.year()))
    }

    /// Whether offices work on `day`.
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, CalendarError> {
        let table = self.table(day)?;
        let weekend = is_weekend(day);
        Ok(table.worked.contains(&day) || !(weekend || table.off.contains(&day)))
    }

    /// Whether `day` is one of the statutory holidays proper (overtime at 300%).
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn is_statutory_holiday(&self, day: NaiveDate) -> Result<bool, CalendarError> {
        Ok(self.table(day)?.published.statutory_days.contains(&day))
    }

    /// `day` itself when worked, otherwise the next working day (民法典 第二百零三条).
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn working_day_from(&self, day: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let mut day = day;
        while !self.is_working_day(day)? {
            day = next(day)?;
        }
        Ok(day)
    }

    /// The day a limit of `count` working days ends that is set off on `start`. The day of the event is not counted:
    /// day 1 is the next working day (民法典 第二百零一条). A count of 0 gives `start`.
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`] as soon as a day of an unknown year would have to be judged.
    pub fn add_working_days(&self, start: NaiveDate, count: u32) -> Result<NaiveDate, CalendarError> {
        let (mut day, mut left) = (start, count);
        while left > 0 {
            day = next(day)?;
            left -= u32::from(self.is_working_day(day)?);
        }
        Ok(day)
    }

    /// Working days after `start` up to and including `end`: the days used of a limit set off on `start`. 0 when
    /// `end` is not after `start`.
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn working_days_between(&self, start: NaiveDate, end: NaiveDate) -> Result<u32, CalendarError> {
        let (mut day, mut count) = (start, 0);
        while day < end {
            day = next(day)?;
            count += u32::from(self.is_working_day(day)?);
        }
        Ok(count)
    }

    /// Working days of a month.
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn working_days_in(&self, month: Month) -> Result<u32, CalendarError> {
        let before = month.first_day().pred_opt().ok_or(CalendarError::OutOfRange)?;
        self.working_days_between(before, month.last_day())
    }

    /// The civil day an online submission counts as received: after `office_closes` or on a rest day it is the next
    /// working day (`items.md` §6.1 rule 2).
    ///
    /// # Errors
    /// [`CalendarError::YearNotLoaded`].
    pub fn received_on(
        &self,
        at: DateTime<Utc>,
        office_closes: NaiveTime,
    ) -> Result<NaiveDate, CalendarError> {
        let local = shanghai(at);
        let day = local.date_naive();
        let late = local.time() > office_closes;
        self.working_day_from(if late { next(day)? } else { day })
    }
}

impl Table {
    fn check(published: CalendarYear) -> Result<Self, CalendarError> {
        let year = published.year;
        let bad = |detail: String| CalendarError::BadTable { year, detail };
        let mut off = BTreeSet::new();
        for holiday in &published.holidays {
            if holiday.from > holiday.to || holiday.from.year() != year || holiday.to.year() != year {
                return Err(bad(format!("{}的起止日期有误", holiday.name)));
            }
            for day in holiday.from.iter_days().take_while(|day| *day <= holiday.to) {
                if !off.insert(day) {
                    return Err(bad(format!("{day} 被列入两个假期")));
                }
            }
        }
        let worked: BTreeSet<_> = published.working_weekends.iter().copied().collect();
        for day in &worked {
            if !is_weekend(*day) || off.contains(day) || day.year() != year {
                return Err(bad(format!("调休上班日 {day} 不是本年度的周末，或同时在放假日内")));
            }
        }
        if let Some(day) = published.statutory_days.iter().find(|day| !off.contains(day)) {
            return Err(bad(format!("法定节假日 {day} 不在放假日内")));
        }
        Ok(Self { published, off, worked })
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn next(day: NaiveDate) -> Result<NaiveDate, CalendarError> {
    day.checked_add_days(Days::new(1)).ok_or(CalendarError::OutOfRange)
}
