//! Crontab lines, matched against Shanghai civil time.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Duration, NaiveDateTime, Timelike, Utc};

/// A crontab line: minute, hour, day of month, month, day of week (0 and 7 are Sunday).
///
/// Fields are `*`, `*/n`, `a`, `a-b` and lists of these. When both day fields are restricted, both must match: unlike
/// in Unix cron, so that `0 8 1-7 * 1` is the first Monday of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crontab {
    /// Bit n is set when the value n matches.
    fields: [u64; 5],
}

/// A crontab line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("crontab line “{line}”: field “{field}” can't be read")]
pub struct CrontabError {
    line: String,
    field: String,
}

/// Smallest and largest value of each field.
const RANGES: [(u32, u32); 5] = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
/// How far back a missed moment is caught up, minutes.
const CATCH_UP: i64 = 24 * 60;

impl FromStr for Crontab {
    type Err = CrontabError;

    fn from_str(line: &str) -> Result<Self, CrontabError> {
        let error = |field: &str| CrontabError { line: line.to_owned(), field: field.to_owned() };
        let words: Vec<&str> = line.split_whitespace().collect();
        let words: [&str; 5] = words.try_into().map_err(|_| error(line))?;
        let mut fields = [0; 5];
        for ((bits, word), range) in fields.iter_mut().zip(words).zip(RANGES) {
            *bits = parse_field(word, range).ok_or_else(|| error(word))?;
        }
        if fields[4] & (1 << 7) != 0 {
            fields[4] |= 1;
        }
        Ok(Self { fields })
    }
}

fn parse_field(word: &str, (low, high): (u32, u32)) -> Option<u64> {
    word.split(',').try_fold(0, |bits, part| {
        let (span, step) = match part.split_once('/') {
            Some((span, step)) => (span, step.parse().ok().filter(|step| *step > 0)?),
            None => (part, 1),
        };
        let (from, to) = match span.split_once('-') {
            _ if span == "*" => (low, high),
            Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
            None => {
                let one = span.parse().ok()?;
                (one, one)
            }
        };
        (low <= from && from <= to && to <= high)
            .then(|| (from..=to).step_by(step).fold(bits, |bits, value| bits | 1 << value))
    })
}

impl Crontab {
    /// Whether the line matches this minute of Shanghai time.
    #[must_use]
    pub fn matches(&self, at: NaiveDateTime) -> bool {
        let values = [at.minute(), at.hour(), at.day(), at.month(), at.weekday().num_days_from_sunday()];
        self.fields.iter().zip(values).all(|(bits, value)| bits & (1 << value) != 0)
    }

    /// The latest matching minute after `last` and not after `now`; moments more than a day ago are let go.
    #[must_use]
    pub fn latest_due(&self, last: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let now = now
            - Duration::seconds(i64::from(now.second()))
            - Duration::nanoseconds(i64::from(now.nanosecond()));
        (0..CATCH_UP)
            .map(|minutes| now - Duration::minutes(minutes))
            .take_while(|minute| *minute > last)
            .find(|minute| self.matches(base_kernel::shanghai(*minute).naive_local()))
    }
}
