//! The only files of the slice that run SQL.

pub(crate) mod levy;
pub(crate) mod liability;
pub(crate) mod line;

use base_db::{DbError, Tx};
use base_kernel::{EmployerNo, Fen, Month};
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::ContributionError;
use crate::rules::Insurance;

base_db::statements! {
    EMPLOYER_GATE = "../sql/employer_gate.sql";
}

type Result<T> = std::result::Result<T, ContributionError>;

/// Lets one step at a time change what is billed to these employers, until the transaction ends.
pub(crate) async fn gate<'a>(tx: &mut Tx, employers: impl IntoIterator<Item = &'a EmployerNo>) -> Result<()> {
    let employers: Vec<&str> = employers.into_iter().map(EmployerNo::as_str).collect();
    sqlx::query(EMPLOYER_GATE).bind(employers).execute(tx.conn()).await?;
    Ok(())
}

fn fen(row: &PgRow, column: &str) -> Result<Fen> {
    Ok(Fen(row.try_get(column)?))
}

fn month(row: &PgRow, column: &str) -> Result<Month> {
    stored_month(row.try_get(column)?)
}

fn stored_month(stored: i32) -> Result<Month> {
    Month::from_yyyymm(stored).map_err(|error| inconsistent(error.to_string()))
}

fn insurance(row: &PgRow) -> Result<Insurance> {
    stored_insurance(row.try_get("insurance")?)
}

fn stored_insurance(code: &str) -> Result<Insurance> {
    Insurance::from_code(code).ok_or_else(|| inconsistent(format!("insurance {code}")))
}

fn inconsistent(detail: String) -> ContributionError {
    ContributionError::Db(DbError::Inconsistent { table: "contribution", detail })
}
