//! The schema as text, from the catalogue: for the reference file and for comparing two databases. The bundled
//! PostgreSQL has no `pg_dump`, and another version's refuses it.

use std::fmt::Write;

use sqlx::Row;

use crate::{Db, DbError};

/// The schema of everything in `schemas` (all but the server's own when empty), in an order that never changes.
///
/// # Errors
/// [`DbError`] when the catalogue can't be read.
pub async fn schema_text(db: &Db, schemas: &[&str]) -> Result<String, DbError> {
    let mut names: Vec<String> = schemas.iter().map(|name| (*name).to_owned()).collect();
    if names.is_empty() {
        names = sqlx::query_scalar(include_str!("sql/schema_names.sql")).fetch_all(db.pool()).await?;
    }
    let mut text = String::new();
    for name in &names {
        // Writing to a String does not fail.
        let _ = write!(text, "\nCREATE SCHEMA {name};\n");
    }
    let tables = sqlx::query(include_str!("sql/schema_tables.sql")).bind(&names).fetch_all(db.pool()).await?;
    for table in &tables {
        write_table(&mut text, table)?;
    }
    let functions: Vec<String> = sqlx::query_scalar(include_str!("sql/schema_functions.sql"))
        .bind(&names)
        .fetch_all(db.pool())
        .await?;
    for function in functions {
        let _ = write!(text, "\n{};\n", function.trim_end());
    }
    Ok(text.trim_start().to_owned())
}

fn write_table(text: &mut String, row: &sqlx::postgres::PgRow) -> Result<(), DbError> {
    let (name, kind): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let (comment, view): (Option<String>, Option<String>) = (row.try_get(2)?, row.try_get(3)?);
    let (columns, constraints): (Vec<String>, Vec<String>) = (row.try_get(4)?, row.try_get(5)?);
    let rest: Vec<String> = row.try_get(6)?;
    text.push('\n');
    if let Some(comment) = comment {
        let _ = writeln!(text, "-- {}", comment.replace('\n', "\n-- "));
    }
    let lines: Vec<String> =
        columns.into_iter().chain(constraints).map(|line| format!("    {line}")).collect();
    let _ = match (view, kind.as_str()) {
        (Some(view), _) => writeln!(text, "CREATE VIEW {name} AS\n{}", view.trim_end()),
        (None, "c") => writeln!(text, "CREATE TYPE {name} AS (\n{}\n);", lines.join(",\n")),
        (None, _) => writeln!(text, "CREATE TABLE {name} (\n{}\n);", lines.join(",\n")),
    };
    for line in rest {
        let _ = writeln!(text, "{line}");
    }
    Ok(())
}
