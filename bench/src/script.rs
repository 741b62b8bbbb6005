//! Runs a pgbench script where there is no pgbench: the part of its language that `plain_case.sql` uses.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use tokio::task::JoinSet;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{NoTls, Statement};

/// A parsed script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Variables drawn anew for each run: name, least, greatest.
    drawn: Vec<(String, i64, i64)>,
    /// Statements with their variables in the order of `$1`, `$2` …
    lines: Vec<(String, Vec<String>)>,
}

impl Script {
    /// Parses a script.
    ///
    /// # Errors
    /// A line that is neither comment, `\set NAME random(A, B)` nor statement.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let (mut drawn, mut lines, mut statement) = (Vec::new(), Vec::new(), String::new());
        for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with("--"))
        {
            if let Some(set) = line.strip_prefix("\\set ") {
                drawn.push(variable(set).with_context(|| format!("not understood: {line}"))?);
                continue;
            }
            ensure!(!line.starts_with('\\'), "not understood: {line}");
            statement.push_str(line);
            statement.push('\n');
            if line.ends_with(';') {
                let sql = std::mem::take(&mut statement);
                lines.push(numbered(sql.trim().trim_end_matches(';'), &drawn));
            }
        }
        ensure!(statement.is_empty(), "the last statement has no end");
        Ok(Self { drawn, lines })
    }

    /// Transactions.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.lines.iter().filter(|(sql, _)| sql == "COMMIT").count()
    }

    /// Statements that are neither BEGIN nor COMMIT.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.lines.iter().filter(|(sql, _)| !matches!(sql.as_str(), "BEGIN" | "COMMIT")).count()
    }
}

/// `NAME random(A, B)`.
fn variable(set: &str) -> Option<(String, i64, i64)> {
    let (name, rest) = set.split_once(' ')?;
    let (least, greatest) = rest.trim().strip_prefix("random(")?.strip_suffix(')')?.split_once(',')?;
    Some((name.to_owned(), least.trim().parse().ok()?, greatest.trim().parse().ok()?))
}

/// `:name` becomes `$1` …; `::type` and what stands in quotes is left alone.
fn numbered(sql: &str, drawn: &[(String, i64, i64)]) -> (String, Vec<String>) {
    let (mut text, mut used, mut rest, mut quoted) = (String::new(), Vec::<String>::new(), sql, false);
    while let Some(sign) = rest.chars().next() {
        quoted ^= sign == '\'';
        let name = drawn.iter().map(|(name, ..)| name).find(|name| {
            let after = rest.strip_prefix(':').and_then(|rest| rest.strip_prefix(name.as_str()));
            !quoted
                && !text.ends_with(':')
                && after
                    .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        });
        if let Some(name) = name {
            let place = used.iter().position(|have| have == name).unwrap_or_else(|| {
                used.push(name.clone());
                used.len() - 1
            });
            text.push_str(&format!("${}", place + 1));
            rest = &rest[name.len() + 1..];
        } else {
            text.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    (text, used)
}

/// Scripts a second over `clients` connections.
///
/// # Errors
/// The database refuses a statement.
pub async fn rate(url: &str, script: &Script, clients: u32, lasts: Duration) -> anyhow::Result<f64> {
    let (begun, mut all) = (Instant::now(), JoinSet::new());
    for client in 0..clients {
        let (url, script) = (url.to_owned(), script.clone());
        all.spawn(async move { one(&url, &script, client, lasts).await });
    }
    let mut runs = 0;
    while let Some(done) = all.join_next().await {
        runs += done??;
    }
    Ok(f64::from(runs) / begun.elapsed().as_secs_f64())
}

async fn one(url: &str, script: &Script, client: u32, lasts: Duration) -> anyhow::Result<u32> {
    let (connection, background) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(background);
    let mut prepared: Vec<(Statement, &[String])> = Vec::new();
    for (sql, used) in &script.lines {
        prepared.push((connection.prepare(sql).await.with_context(|| sql.clone())?, used));
    }
    let end = Instant::now() + lasts;
    let (mut runs, mut dice) = (0, u64::from(client) + 1);
    while Instant::now() < end {
        let values: BTreeMap<&str, Number> = script
            .drawn
            .iter()
            .map(|(name, least, greatest)| (name.as_str(), Number(draw(&mut dice, *least, *greatest))))
            .collect();
        for (statement, used) in &prepared {
            let mut given: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(used.len());
            for name in *used {
                match values.get(name.as_str()) {
                    Some(value) => given.push(value),
                    None => bail!("{name} is not set"),
                }
            }
            connection.execute(statement, &given).await?;
        }
        runs += 1;
    }
    Ok(runs)
}

/// Good enough to spread keys: splitmix64.
fn draw(dice: &mut u64, least: i64, greatest: i64) -> i64 {
    *dice = dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *dice;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let span = greatest.abs_diff(least).saturating_add(1);
    least.saturating_add_unsigned((mixed ^ (mixed >> 31)) % span)
}

/// A number for whatever integer type the server inferred.
#[derive(Debug, Clone, Copy)]
struct Number(i64);

impl ToSql for Number {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        if *kind == Type::INT4 { i32::try_from(self.0)?.to_sql(kind, out) } else { self.0.to_sql(kind, out) }
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::INT4 || *kind == Type::INT8
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    const SMALL: &str = "-- a comment\n\\set id random(1, 9)\n\\set idle random(0, 3)\nBEGIN;\n\
        INSERT INTO t (a, b, c)\nVALUES (:id::bigint, ':id', :idle);\nUPDATE t SET b = :id WHERE a = :id;\nCOMMIT;\n";

    #[test]
    fn variables_become_parameters() {
        let script = Script::parse(SMALL).unwrap();
        assert_eq!((script.steps(), script.statements()), (1, 2));
        assert_eq!(script.lines[1].0, "INSERT INTO t (a, b, c)\nVALUES ($1::bigint, ':id', $2)");
        assert_eq!(script.lines[1].1, ["id", "idle"]);
        assert_eq!(script.lines[2], ("UPDATE t SET b = $1 WHERE a = $1".to_owned(), vec!["id".to_owned()]));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(Script::parse("\\sleep 1 ms\n").is_err());
        assert!(Script::parse("\\set a 1 + 1\nSELECT 1;\n").is_err());
        assert!(Script::parse("SELECT 1\n").is_err());
    }

    #[test]
    fn the_case_script_is_understood() {
        let script = Script::parse(include_str!("../sql/plain_case.sql")).unwrap();
        assert!(script.steps() > 5 && script.statements() > script.steps());
    }

    #[test]
    fn draws_stay_in_bounds() {
        let mut dice = 1;
        assert!((0..1000).map(|_| draw(&mut dice, 3, 5)).all(|number| (3..=5).contains(&number)));
        draw(&mut dice, i64::MIN, i64::MAX);
    }
}
