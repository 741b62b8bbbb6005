//! Proves that every statement of a slice fits the migrated schema.

use sqlx::{Executor, SqlSafeStr, SqlStr};

use crate::Db;

/// Prepares every statement on the server, without running it: names, types and columns are checked, rows are not
/// needed. Each slice's test hands its whole list over.
///
/// # Errors
/// One line for each statement that does not fit, with its name and what the server said.
pub async fn prepare_all(db: &Db, statements: &[(&str, &'static str)]) -> Result<(), String> {
    let mut faults = Vec::new();
    for (name, sql) in statements {
        let mut conn = db.pool().acquire().await.map_err(|error| error.to_string())?;
        let sql: SqlStr = (*sql).into_sql_str();
        if let Err(error) = conn.prepare(sql).await {
            faults.push(format!("{name}: {error}"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}
