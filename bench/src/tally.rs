//! Waiting times and errors of the measured phase.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::scenario::Op;

/// Kinds of errors told in full; a server that is down would fill the screen.
const KINDS_MAX: usize = 20;

/// What was measured.
#[derive(Debug)]
pub struct Tally {
    begun: Option<Instant>,
    ended: Option<Instant>,
    all: Waits,
    by_op: BTreeMap<Op, Waits>,
    errors: u64,
    kinds: BTreeMap<String, u64>,
    cases: u64,
    submitted: u64,
}

/// Waiting times of one kind of request.
#[derive(Debug)]
pub struct Waits(Histogram<u64>);

/// Figures of one kind of request; milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Requests.
    pub count: u64,
    /// Half waited at most so long.
    pub p50: f64,
    /// Nineteen of twenty.
    pub p95: f64,
    /// Ninety-nine of a hundred.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Waits {
    fn new() -> Self {
        // Three digits between a microsecond and a minute; the bounds are constants, so this can't fail.
        Self(Histogram::new_with_bounds(1, 60_000_000, 3).unwrap_or_else(|_| unreachable!("constant bounds")))
    }

    fn add(&mut self, wait: Duration) {
        self.0.saturating_record(u64::try_from(wait.as_micros()).unwrap_or(u64::MAX));
    }

    /// The figures.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a minute")]
    pub fn figures(&self) -> Figures {
        let at = |quantile| self.0.value_at_quantile(quantile) as f64 / 1000.0;
        Figures {
            count: self.0.len(),
            p50: at(0.50),
            p95: at(0.95),
            p99: at(0.99),
            max: self.0.max() as f64 / 1000.0,
        }
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            begun: None,
            ended: None,
            all: Waits::new(),
            by_op: BTreeMap::new(),
            errors: 0,
            kinds: BTreeMap::new(),
            cases: 0,
            submitted: 0,
        }
    }
}

impl Tally {
    /// Takes in a successful request that was asked at `asked`.
    pub fn answered(&mut self, op: Op, asked: Instant, wait: Duration, cases: u64) {
        self.at(asked, wait);
        self.all.add(wait);
        self.by_op.entry(op).or_insert_with(Waits::new).add(wait);
        self.cases += cases;
        self.submitted += u64::from(op == Op::Submit);
    }

    /// Takes in a refusal or a failure.
    pub fn failed(&mut self, op: Op, asked: Instant, wait: Duration, what: &str) {
        self.at(asked, wait);
        self.errors += 1;
        let kind = format!("{}: {what}", op.name());
        if self.kinds.len() < KINDS_MAX || self.kinds.contains_key(&kind) {
            *self.kinds.entry(kind).or_default() += 1;
        }
    }

    fn at(&mut self, asked: Instant, wait: Duration) {
        self.begun.get_or_insert(asked);
        let ended = asked + wait;
        self.ended = Some(self.ended.map_or(ended, |before| before.max(ended)));
    }

    /// From the first request to the last answer, seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        match (self.begun, self.ended) {
            (Some(begun), Some(ended)) => (ended - begun).as_secs_f64(),
            _ => 0.0,
        }
    }

    /// Errors.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.errors
    }

    /// Errors by kind.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, u64)> {
        self.kinds.iter().map(|(kind, count)| (kind.as_str(), *count))
    }

    /// Cases that ended.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// Cases that began.
    #[must_use]
    pub fn submitted(&self) -> u64 {
        self.submitted
    }

    /// All requests together.
    #[must_use]
    pub fn all(&self) -> Figures {
        self.all.figures()
    }

    /// Each kind of request that occurred.
    pub fn by_op(&self) -> impl Iterator<Item = (Op, Figures)> {
        Op::ALL.into_iter().filter_map(|op| Some((op, self.by_op.get(&op)?.figures())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_errors() {
        let (mut tally, start) = (Tally::default(), Instant::now());
        for ms in 1..=1000_u64 {
            tally.answered(Op::Case, start + Duration::from_millis(ms), Duration::from_millis(ms), 0);
        }
        tally.answered(Op::Pass, start, Duration::from_millis(1), 1);
        tally.failed(Op::Claim, start, Duration::from_millis(1), "409 casework.not_now");
        tally.failed(Op::Claim, start, Duration::from_millis(1), "409 casework.not_now");
        let figures = tally.all();
        assert_eq!(figures.count, 1001);
        assert!((figures.p50 - 500.0).abs() < 2.0, "{figures:?}");
        assert!((figures.p99 - 990.0).abs() < 2.0, "{figures:?}");
        assert_eq!((tally.cases(), tally.errors()), (1, 2));
        assert_eq!(tally.kinds().collect::<Vec<_>>(), [("claim   task: 409 casework.not_now", 2)]);
        assert!((tally.seconds() - 2.0).abs() < 0.01, "{}", tally.seconds());
        assert_eq!(tally.by_op().count(), 2);
    }

    #[test]
    fn a_flood_of_errors_stays_short() {
        let mut tally = Tally::default();
        for number in 0..1000 {
            tally.failed(Op::Case, Instant::now(), Duration::ZERO, &number.to_string());
        }
        assert_eq!((tally.kinds().count(), tally.errors()), (KINDS_MAX, 1000));
    }
}
