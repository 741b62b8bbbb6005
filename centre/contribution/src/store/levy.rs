//! Levy runs and their parts.

use base_db::{DbError, Tx};
use base_kernel::{EmployerNo, Fen, Month, PersonNo};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::{Result, fen, insurance, month};
use crate::levy::{LevyReport, Withheld};
use crate::rules::Insurance;

base_db::statements! {
    LEVY_CANDIDATES = "../sql/levy_candidates.sql";
    RUN_START = "../sql/run_start.sql";
    RUN_RUNNING = "../sql/run_running.sql";
    RUN_PARTS_OPEN = "../sql/run_parts_open.sql";
    RUN_LOCK = "../sql/run_lock.sql";
    RUN_FINISH = "../sql/run_finish.sql";
    RUN_REPORT = "../sql/run_report.sql";
    RUN_LIST = "../sql/run_list.sql";
    RUN_COUNT = "../sql/run_count.sql";
    RUN_WITHHELD = "../sql/run_withheld.sql";
    PART_TAKE = "../sql/part_take.sql";
    PART_DONE = "../sql/part_done.sql";
    PART_FAILED = "../sql/part_failed.sql";
}

/// Something owed and not billed yet.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) person: PersonNo,
    pub(crate) insurance: Insurance,
    pub(crate) wage: Option<Fen>,
    pub(crate) elsewhere: bool,
}

pub(crate) async fn candidates(tx: &mut Tx, employer: &EmployerNo, of: Month) -> Result<Vec<Candidate>> {
    let rows =
        sqlx::query(LEVY_CANDIDATES).bind(employer.as_str()).bind(of.yyyymm()).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            Ok(Candidate {
                person: PersonNo(row.try_get("person_no")?),
                insurance: insurance(row)?,
                wage: row.try_get::<Option<i64>, _>("wage")?.map(Fen),
                elsewhere: row.try_get("elsewhere")?,
            })
        })
        .collect()
}

/// How often another worker may end the run between our two looks at it before we give up.
const ATTEMPTS: u32 = 20;

/// Opens a run of a month, or finds the one that is under way; its id and why it accepts unconfirmed parameters.
pub(crate) async fn run_open(tx: &mut Tx, of: Month, accept: Option<&str>) -> Result<(Uuid, Option<String>)> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    for _ in 0..ATTEMPTS {
        let id: Uuid = tx.new_id();
        sqlx::query(RUN_START)
            .bind(id)
            .bind(of.yyyymm())
            .bind(accept)
            .bind(actor)
            .bind(now)
            .execute(tx.conn())
            .await?;
        // Nothing here means: a run was under way a moment ago and has just ended. Then ours is a new one.
        let found = sqlx::query(RUN_RUNNING).bind(of.yyyymm()).fetch_optional(tx.conn()).await?;
        if let Some(row) = found {
            let (id, accept): (Uuid, Option<String>) =
                (row.try_get("id")?, row.try_get("accept_unconfirmed")?);
            sqlx::query(RUN_PARTS_OPEN).bind(id).bind(of.yyyymm()).execute(tx.conn()).await?;
            return Ok((id, accept));
        }
    }
    Err(DbError::Contention(sqlx::Error::RowNotFound).into())
}

/// Takes an open part that nobody else has; the row stays locked until the step ends.
pub(crate) async fn part_take(tx: &mut Tx, run: Uuid) -> Result<Option<EmployerNo>> {
    let found: Option<String> = sqlx::query_scalar(PART_TAKE).bind(run).fetch_optional(tx.conn()).await?;
    Ok(found.map(EmployerNo))
}

pub(crate) async fn part_done(
    tx: &mut Tx,
    run: Uuid,
    employer: &EmployerNo,
    (added, amount, withheld): (usize, Fen, Value),
) -> Result<()> {
    let now = tx.now();
    sqlx::query(PART_DONE)
        .bind(run)
        .bind(employer.as_str())
        .bind(i64::try_from(added).unwrap_or(i64::MAX))
        .bind(amount.0)
        .bind(withheld)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn part_failed(tx: &mut Tx, run: Uuid, employer: &EmployerNo, failure: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(PART_FAILED)
        .bind(run)
        .bind(employer.as_str())
        .bind(failure)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Ends the run unless parts are open. The run is locked first: whoever joins it adds parts under the same lock, and
/// the statement after the lock sees them.
pub(crate) async fn run_finish(tx: &mut Tx, run: Uuid) -> Result<()> {
    let now = tx.now();
    sqlx::query(RUN_LOCK).bind(run).execute(tx.conn()).await?;
    sqlx::query(RUN_FINISH).bind(run).bind(now).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn run_report(tx: &mut Tx, run: Uuid) -> Result<Option<LevyReport>> {
    let row = sqlx::query(RUN_REPORT).bind(run).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read_report).transpose()
}

pub(crate) async fn run_list(tx: &mut Tx, limit: i64, offset: i64) -> Result<(Vec<LevyReport>, i64)> {
    let rows = sqlx::query(RUN_LIST).bind(limit).bind(offset).fetch_all(tx.conn()).await?;
    let total: i64 = sqlx::query_scalar(RUN_COUNT).fetch_one(tx.conn()).await?;
    Ok((rows.iter().map(read_report).collect::<Result<_>>()?, total))
}

pub(crate) async fn withheld(tx: &mut Tx, run: Uuid, limit: i64, offset: i64) -> Result<Vec<Withheld>> {
    let rows = sqlx::query(RUN_WITHHELD).bind(run).bind(limit).bind(offset).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            Ok(Withheld {
                employer_no: row.try_get("employer_no")?,
                person_no: row.try_get("person_no")?,
                insurance: row.try_get("insurance")?,
                code: row.try_get("code")?,
                reason: row.try_get("reason")?,
            })
        })
        .collect()
}

fn read_report(row: &PgRow) -> Result<LevyReport> {
    let state: String = row.try_get("state")?;
    Ok(LevyReport {
        id: row.try_get("id")?,
        month: month(row, "month")?,
        done: state == "done",
        accept_unconfirmed: row.try_get("accept_unconfirmed")?,
        started_at: row.try_get("started_at")?,
        finished_at: row.try_get("finished_at")?,
        employers: row.try_get("parts")?,
        open: row.try_get("parts_open")?,
        failed: row.try_get("parts_failed")?,
        lines_added: row.try_get("added")?,
        amount_fen: fen(row, "amount")?,
        lines_withheld: row.try_get("withheld")?,
    })
}
