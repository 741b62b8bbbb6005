//! What is printed and kept.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use crate::database::{Backlog, Written};
use crate::plain::Plain;
use crate::tally::{Figures, Tally};

/// Share of the plain-SQL rate that full cases must reach.
const RATIO_BAR: f64 = 0.25;
/// Milliseconds that ninety-nine of a hundred requests may take at most.
const P99_BAR: f64 = 500.0;

/// One run.
#[derive(Debug)]
pub struct Run {
    /// Processor, cores, memory, kernel.
    pub machine: String,
    /// Version and settings of the database.
    pub database: Option<String>,
    /// Users at once.
    pub users: usize,
    /// Officers among them.
    pub officers: usize,
    /// Pause between a user's requests, milliseconds.
    pub think_ms: u128,
    /// Sign-in through the public face: how many tried, milliseconds of the slowest.
    pub sign_in: (usize, u128),
    /// Share of one core that this program took.
    pub own_share: f64,
    /// What was measured.
    pub tally: Tally,
    /// What the database wrote, from the start to the end of the background work.
    pub written: Option<Written>,
    /// What waited in the background when the load ended, and the seconds until it was done; none: not done in time.
    pub background: Option<(Backlog, Option<f64>)>,
    /// Plain SQL.
    pub plain: Option<Plain>,
}

/// A bar and whether it is met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// What is asked.
    pub what: String,
    /// Whether it holds.
    pub met: bool,
}

impl Run {
    /// Full cases a second.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of a minute")]
    pub fn cases_per_second(&self) -> f64 {
        let seconds = self.tally.seconds();
        if seconds > 0.0 { self.tally.cases() as f64 / seconds } else { 0.0 }
    }

    /// The bars of the platform.
    #[must_use]
    pub fn bars(&self) -> Vec<Bar> {
        let mut bars = vec![
            Bar { what: "zero errors".into(), met: self.tally.errors() == 0 },
            Bar { what: format!("p99 < {P99_BAR:.0} ms"), met: self.tally.all().p99 < P99_BAR },
        ];
        if let Some(plain) = &self.plain {
            let what = format!("full cases per second >= {RATIO_BAR} x the plain-SQL rate");
            bars.push(Bar { what, met: self.cases_per_second() >= RATIO_BAR * plain.cases_per_second });
        }
        bars
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let (tally, citizens) = (&self.tally, self.users - self.officers);
        writeln!(out, "\nmachine   {}", self.machine)?;
        if let Some(database) = &self.database {
            writeln!(out, "database  {database}")?;
        }
        writeln!(
            out,
            "load      {} signed-in users ({citizens} citizens, {} officers), think time {} ms, {:.0} s",
            self.users,
            self.officers,
            self.think_ms,
            tally.seconds()
        )?;
        writeln!(out, "sign-in   {} tried through the API, slowest {} ms\n", self.sign_in.0, self.sign_in.1)?;
        writeln!(out, "{:<20}{:>10}{:>10}{:>10}{:>10}{:>10}", "ms", "requests", "p50", "p95", "p99", "max")?;
        for (op, figures) in tally.by_op() {
            row(out, op.name(), figures)?;
        }
        row(out, "all", tally.all())?;
        writeln!(out, "\nerrors                {}", tally.errors())?;
        for (kind, count) in tally.kinds() {
            writeln!(out, "  {count:>6} x {kind}")?;
        }
        let (all, seconds) = (tally.all(), tally.seconds().max(0.001));
        #[expect(clippy::cast_precision_loss, reason = "counts of a minute")]
        let rate = all.count as f64 / seconds;
        writeln!(out, "requests per second   {rate:.0}")?;
        writeln!(
            out,
            "full cases per second {:.1}  ({} completed, {} submitted)",
            self.cases_per_second(),
            tally.cases(),
            tally.submitted()
        )?;
        writeln!(out, "load generator        {:.0} % of one core", 100.0 * self.own_share)?;
        self.write_background(out)?;
        self.write_plain(out)?;
        for bar in self.bars() {
            writeln!(out, "  {} {}", if bar.met { "met    " } else { "NOT MET" }, bar.what)?;
        }
        Ok(())
    }

    fn write_background(&self, out: &mut String) -> std::fmt::Result {
        if let Some((backlog, done)) = &self.background {
            let done =
                done.map_or("not done in time".to_owned(), |seconds| format!("done {seconds:.0} s later"));
            writeln!(
                out,
                "background            {} events and {} jobs waiting at the end of the load, {done}; {} events given up",
                backlog.events, backlog.jobs, backlog.dead
            )?;
        }
        let Some(written) = self.written.as_ref().filter(|written| written.closed > 0) else { return Ok(()) };
        #[expect(clippy::cast_precision_loss, reason = "row counts")]
        let each = |count: i64| count as f64 / written.closed as f64;
        writeln!(
            out,
            "\nwritten for each full case, warm-up and background included ({} cases)",
            written.closed
        )?;
        for (table, writes) in &written.tables {
            let (inserted, updated, deleted) =
                (each(writes.inserted), each(writes.updated), each(writes.deleted));
            if inserted + updated + deleted >= 0.05 {
                writeln!(out, "  {table:<28} +{inserted:<5.1} ~{updated:<5.1} -{deleted:.1}")?;
            }
        }
        writeln!(
            out,
            "  {:.0} transactions (reads included), {:.0} KB of write-ahead log",
            each(written.commits),
            each(written.wal_bytes) / 1024.0
        )
    }

    fn write_plain(&self, out: &mut String) -> std::fmt::Result {
        let Some(plain) = &self.plain else { return Ok(()) };
        let ratio = self.cases_per_second() / plain.cases_per_second.max(0.001);
        writeln!(out, "\nplain SQL on the same database, by {}", plain.by)?;
        writeln!(
            out,
            "  what a full case writes  {:.1}/s  ({} transactions, {} statements)   full cases / plain SQL = {ratio:.2}",
            plain.cases_per_second, plain.steps, plain.statements
        )?;
        if let Some(tpcb) = plain.tpcb_per_second {
            let ratio = self.cases_per_second() / tpcb.max(0.001);
            let steps = f64::from(u32::try_from(plain.steps).unwrap_or(u32::MAX));
            writeln!(
                out,
                "  TPC-B-like               {tpcb:.0}/s   full cases / TPC-B = {ratio:.3}, their {} transactions / TPC-B = {:.2}",
                plain.steps,
                ratio * steps
            )?;
        }
        writeln!(out)
    }

    /// For programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let by_op: serde_json::Map<String, Value> = self
            .tally
            .by_op()
            .map(|(op, figures)| (op.name().split_whitespace().collect::<Vec<_>>().join(" "), json!(figures)))
            .collect();
        json!({
            "machine": self.machine,
            "database": self.database,
            "users": self.users,
            "officers": self.officers,
            "think_ms": u64::try_from(self.think_ms).unwrap_or(u64::MAX),
            "seconds": self.tally.seconds(),
            "all": self.tally.all(),
            "requests": by_op,
            "generator_share_of_core": self.own_share,
            "errors": self.tally.errors(),
            "error_kinds": self.tally.kinds().collect::<std::collections::BTreeMap<_, _>>(),
            "cases": self.tally.cases(),
            "cases_per_second": self.cases_per_second(),
            "background": self.background.map(|(backlog, seconds)| json!({ "backlog": backlog, "done_after_seconds": seconds })),
            "written": self.written,
            "plain": self.plain,
            "bars": self.bars(),
        })
    }
}

fn row(out: &mut String, name: &str, figures: Figures) -> std::fmt::Result {
    let Figures { count, p50, p95, p99, max } = figures;
    writeln!(out, "{name:<20}{count:>10}{p50:>10.1}{p95:>10.1}{p99:>10.1}{max:>10.1}")
}

/// What the figures were taken on.
#[must_use]
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let memory: u64 = field(&read("/proc/meminfo"), "MemTotal")
        .split(' ')
        .next()
        .and_then(|kb| kb.parse().ok())
        .unwrap_or(0);
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "{} x {cores}, {} GB, Linux {}",
        field(&read("/proc/cpuinfo"), "model name"),
        memory / 1024 / 1024,
        kernel.trim()
    )
}

/// Processor time this program has used so far, seconds.
#[must_use]
pub fn own_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    // User and system time, in hundredths of a second on every Linux of today.
    let ticks: u32 =
        after.split_whitespace().skip(11).take(2).filter_map(|text| text.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::scenario::Op;

    fn run(wait_ms: u64, cases: u64, plain: f64) -> Run {
        let (mut tally, start) = (Tally::default(), Instant::now());
        tally.answered(Op::Case, start, Duration::from_millis(wait_ms), 0);
        tally.answered(Op::Pass, start + Duration::from_secs(10), Duration::ZERO, cases);
        let plain = Plain {
            cases_per_second: plain,
            steps: 10,
            statements: 40,
            tpcb_per_second: Some(900.0),
            by: "x".into(),
        };
        Run {
            machine: machine(),
            database: None,
            users: 1000,
            officers: 480,
            think_ms: 0,
            sign_in: (1, 30),
            own_share: 0.5,
            tally,
            written: None,
            background: Some((Backlog { events: 1, dead: 0, jobs: 2 }, None)),
            plain: Some(plain),
        }
    }

    #[test]
    fn bars_are_judged() {
        let met = |run: &Run| run.bars().into_iter().map(|bar| bar.met).collect::<Vec<_>>();
        assert_eq!(met(&run(100, 500, 200.0)), [true, true, true]);
        assert_eq!(met(&run(600, 499, 200.0)), [true, false, false]);
    }

    #[test]
    fn both_shapes_carry_the_figures() {
        let run = run(100, 500, 200.0);
        let text = run.text();
        for part in [
            "full cases / plain SQL = 0.25",
            "full cases / TPC-B = 0.056",
            "1 events and 2 jobs",
            "met     p99 < 500 ms",
        ] {
            assert!(text.contains(part), "{part} missing in {text}");
        }
        assert_eq!(run.json()["bars"][2]["met"], true);
        assert!(own_seconds() >= 0.0);
    }
}
