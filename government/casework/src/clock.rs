//! The promise clock (`items.md` §6): counted in working days, stopped while the applicant or a special procedure has
//! the case. Pure.

use base_kernel::{Calendar, CalendarError, shanghai_today};
use chrono::{DateTime, NaiveDate, Utc};

use crate::view::ClockView;

/// What the clock of a case is read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClockFacts {
    /// Counted from here; the day itself is not counted.
    pub(crate) from: DateTime<Utc>,
    /// When the case ended.
    pub(crate) ended_at: Option<DateTime<Utc>>,
    /// Since when the clock stands.
    pub(crate) stopped_at: Option<DateTime<Utc>>,
    /// The promised day, moved on by every stop.
    pub(crate) due: Option<NaiveDate>,
}

/// The day `days` working days after `from`, or none when the calendar does not reach that far yet: the promise is
/// then shown as not yet computable, never guessed.
pub(crate) fn due_after(
    calendar: &Calendar,
    from: DateTime<Utc>,
    days: u32,
) -> Result<Option<NaiveDate>, CalendarError> {
    match calendar.add_working_days(shanghai_today(from), days) {
        Ok(day) => Ok(Some(day)),
        Err(CalendarError::YearNotLoaded(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The promised day after a stop from `stopped_at` to `now`: moved on by the working days that passed.
pub(crate) fn due_after_stop(
    calendar: &Calendar,
    due: NaiveDate,
    stopped_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<NaiveDate>, CalendarError> {
    let passed = calendar.working_days_between(shanghai_today(stopped_at), shanghai_today(now))?;
    match calendar.add_working_days(due, passed) {
        Ok(day) => Ok(Some(day)),
        Err(CalendarError::YearNotLoaded(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Reads the clock at `now`. Levels are those of `items.md` §6.3: blue from 70 %, yellow from 90 % or on the last
/// working day, red when overdue.
pub(crate) fn read(calendar: &Calendar, facts: ClockFacts, now: DateTime<Utc>) -> ClockView {
    let start = shanghai_today(facts.from);
    let until = shanghai_today(facts.ended_at.or(facts.stopped_at).unwrap_or(now));
    let between = |from, to| calendar.working_days_between(from, to).map(i64::from).ok();
    let used = between(start, until).unwrap_or(0);
    let limit = facts.due.and_then(|due| between(start, due));
    let running = facts.ended_at.is_none() && facts.stopped_at.is_none();
    let level = match (limit, facts.due) {
        _ if facts.ended_at.is_some() => "normal",
        (Some(_), Some(due)) if until > due => "red",
        (Some(limit), Some(_)) if limit > 0 && (used * 10 >= limit * 9 || limit - used <= 1) => "yellow",
        (Some(limit), Some(_)) if limit > 0 && used * 10 >= limit * 7 => "blue",
        _ => "normal",
    };
    ClockView { used_days: used, limit_days: limit, running, level, level_name: level_name(level, running) }
}

fn level_name(level: &str, running: bool) -> &'static str {
    match (level, running) {
        ("red", _) => "已超期",
        ("yellow", _) => "即将到期",
        ("blue", _) => "注意时限",
        (_, false) => "已停止计时",
        _ => "正常",
    }
}

/// The day by which a node's share of the promise ends: shares of all nodes up to and including this one, rounded up
/// to whole working days, counted from `from`.
pub(crate) fn node_due(
    calendar: &Calendar,
    from: DateTime<Utc>,
    promised_days: u32,
    share_percent: u8,
) -> Result<Option<NaiveDate>, CalendarError> {
    let days = (promised_days * u32::from(share_percent)).div_ceil(100).max(1);
    due_after(calendar, from, days)
}
