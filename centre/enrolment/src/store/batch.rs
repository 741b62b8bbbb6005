//! Rosters and their rows.

use base_db::Tx;
use base_kernel::{CaseNo, EmployerNo, FileId};
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::Result;
use crate::batch::{Batch, BatchState, FlawRow, GoodRow};

base_db::statements! {
    BATCH_PUT = "../sql/batch_put.sql";
    BATCH_FIND = "../sql/batch_find.sql";
    BATCH_SAME = "../sql/batch_same.sql";
    BATCH_RELEASE = "../sql/batch_release.sql";
    BATCH_ROW_ADD = "../sql/batch_row_add.sql";
    BATCH_ROW_CLEAR = "../sql/batch_row_clear.sql";
    BATCH_ROW_LIST = "../sql/batch_row_list.sql";
    BATCH_FLAW_ADD = "../sql/batch_flaw_add.sql";
    BATCH_FLAW_CLEAR = "../sql/batch_flaw_clear.sql";
    BATCH_FLAW_LIST = "../sql/batch_flaw_list.sql";
}

/// Keeps a batch with its rows, in place of what an earlier look at the same batch left.
pub(crate) async fn put(tx: &mut Tx, batch: &Batch, flaws: &[FlawRow], good: &[GoodRow]) -> Result<()> {
    sqlx::query(BATCH_PUT)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .bind(batch.file.0)
        .bind(&batch.file_name)
        .bind(&batch.sm3)
        .bind(batch.state.code())
        .bind(batch.rows_total)
        .bind(batch.ok)
        .bind(batch.failed)
        .bind(batch.warned)
        .bind(batch.spot_check)
        .bind(batch.submitted_at)
        .bind(batch.finished_at)
        .execute(tx.conn())
        .await?;
    put_flaws(tx, batch, flaws).await?;
    put_rows(tx, batch, good).await
}

async fn put_flaws(tx: &mut Tx, batch: &Batch, flaws: &[FlawRow]) -> Result<()> {
    sqlx::query(BATCH_FLAW_CLEAR)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .execute(tx.conn())
        .await?;
    let column = |of: fn(&FlawRow) -> &str| flaws.iter().map(of).collect::<Vec<_>>();
    sqlx::query(BATCH_FLAW_ADD)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .bind(flaws.iter().map(|flaw| flaw.row).collect::<Vec<_>>())
        .bind((1..).take(flaws.len()).collect::<Vec<i32>>())
        .bind(column(|flaw| &flaw.name))
        .bind(column(|flaw| &flaw.column))
        .bind(column(|flaw| &flaw.column_name))
        .bind(column(|flaw| &flaw.value))
        .bind(column(|flaw| &flaw.code))
        .bind(column(|flaw| &flaw.reason))
        .bind(column(|flaw| &flaw.hint))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn put_rows(tx: &mut Tx, batch: &Batch, good: &[GoodRow]) -> Result<()> {
    sqlx::query(BATCH_ROW_CLEAR)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .execute(tx.conn())
        .await?;
    sqlx::query(BATCH_ROW_ADD)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .bind(good.iter().map(|row| row.row).collect::<Vec<_>>())
        .bind(good.iter().map(|row| row.person.as_str()).collect::<Vec<_>>())
        .bind(good.iter().map(|row| row.warning.as_deref()).collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, case_no: &str) -> Result<Option<Batch>> {
    let row = sqlx::query(BATCH_FIND).bind(case_no).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read).transpose()
}

/// The case under which the same file was handed in before, another than `except`.
pub(crate) async fn same(
    tx: &mut Tx,
    employer: &EmployerNo,
    sm3: &str,
    except: Option<&CaseNo>,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(BATCH_SAME)
        .bind(employer.as_str())
        .bind(sm3)
        .bind(except.map(CaseNo::as_str))
        .fetch_optional(tx.conn())
        .await?)
}

pub(crate) async fn release(tx: &mut Tx, case_no: &str) -> Result<()> {
    sqlx::query(BATCH_RELEASE).bind(case_no).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn flaws(tx: &mut Tx, batch: &Batch) -> Result<Vec<FlawRow>> {
    let rows = sqlx::query(BATCH_FLAW_LIST)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read_flaw).collect()
}

/// Rows that went in, without names: those are the registers'.
pub(crate) async fn good(tx: &mut Tx, batch: &Batch) -> Result<Vec<GoodRow>> {
    let rows = sqlx::query(BATCH_ROW_LIST)
        .bind(batch.employer.as_str())
        .bind(&batch.case_no)
        .fetch_all(tx.conn())
        .await?;
    let read = |row: &PgRow| {
        Ok(GoodRow {
            row: row.try_get("row_no")?,
            name: String::new(),
            person: row.try_get("person_no")?,
            warning: row.try_get("warning")?,
        })
    };
    rows.iter().map(read).collect()
}

fn read(row: &PgRow) -> Result<Batch> {
    let state: String = row.try_get("state")?;
    Ok(Batch {
        employer: EmployerNo(row.try_get("employer_no")?),
        case_no: row.try_get("case_no")?,
        file: FileId(row.try_get("file_id")?),
        file_name: row.try_get("file_name")?,
        sm3: row.try_get("sm3")?,
        state: BatchState::from_code(&state),
        rows_total: row.try_get("rows_total")?,
        ok: row.try_get("ok")?,
        failed: row.try_get("failed")?,
        warned: row.try_get("warned")?,
        spot_check: row.try_get("spot_check")?,
        submitted_at: row.try_get("submitted_at")?,
        finished_at: row.try_get("finished_at")?,
    })
}

fn read_flaw(row: &PgRow) -> Result<FlawRow> {
    Ok(FlawRow {
        row: row.try_get("row_no")?,
        name: row.try_get("name")?,
        column: row.try_get("column_key")?,
        column_name: row.try_get("column_name")?,
        value: row.try_get("value")?,
        code: row.try_get("code")?,
        reason: row.try_get("reason")?,
        hint: row.try_get("hint")?,
    })
}
