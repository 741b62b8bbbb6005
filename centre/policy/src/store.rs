//! SQL of policy.

use base_db::{DbError, Tx};
use base_kernel::UserId;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::{DeskRow, Error, Proposal, RowStatus};

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("release_lock.sql", include_str!("sql/release_lock.sql")),
        ("released_count.sql", include_str!("sql/released_count.sql")),
        ("row_decide.sql", include_str!("sql/row_decide.sql")),
        ("row_insert.sql", include_str!("sql/row_insert.sql")),
        ("row_list.sql", include_str!("sql/row_list.sql")),
        ("row_lock.sql", include_str!("sql/row_lock.sql")),
    ]
}

/// Records a proposal of the actor.
pub(crate) async fn row_insert(tx: &mut Tx, proposal: &Proposal) -> Result<Uuid, Error> {
    let (id, now): (Uuid, _) = (tx.new_id(), tx.now());
    let (user, name) = (tx.actor().user.0, tx.actor().name.clone());
    sqlx::query(include_str!("sql/row_insert.sql"))
        .bind(id)
        .bind(&proposal.key)
        .bind(proposal.region.as_str())
        .bind(proposal.from)
        .bind(proposal.to)
        .bind(&proposal.value)
        .bind(&proposal.doc_no)
        .bind(proposal.doc_expiry)
        .bind(&proposal.basis)
        .bind(&proposal.note)
        .bind(user)
        .bind(name)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(id)
}

/// Rows by key and status, oldest window first.
pub(crate) async fn row_list(
    tx: &mut Tx,
    key: Option<&str>,
    status: Option<RowStatus>,
) -> Result<Vec<DeskRow>, Error> {
    let rows = sqlx::query(include_str!("sql/row_list.sql"))
        .bind(key)
        .bind(status.map(RowStatus::as_str))
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(desk_row).collect()
}

/// One row, locked until the step ends.
pub(crate) async fn row_lock(tx: &mut Tx, id: Uuid) -> Result<Option<DeskRow>, Error> {
    let row = sqlx::query(include_str!("sql/row_lock.sql")).bind(id).fetch_optional(tx.conn()).await?;
    row.as_ref().map(desk_row).transpose()
}

/// Records the actor's decision.
pub(crate) async fn row_decide(
    tx: &mut Tx,
    id: Uuid,
    status: RowStatus,
    opinion: Option<&str>,
) -> Result<(), Error> {
    let (user, name, now) = (tx.actor().user.0, tx.actor().name.clone(), tx.now());
    sqlx::query(include_str!("sql/row_decide.sql"))
        .bind(id)
        .bind(status.as_str())
        .bind(user)
        .bind(name)
        .bind(now)
        .bind(opinion)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Lets no second release run until this step ends: two rows that fit alone may not fit together.
pub(crate) async fn release_lock(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query(include_str!("sql/release_lock.sql")).execute(tx.conn()).await?;
    Ok(())
}

/// How many rows are released; it only grows, so it tells whether a node is behind.
pub(crate) async fn released_count(tx: &mut Tx) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(include_str!("sql/released_count.sql")).fetch_one(tx.conn()).await?)
}

fn desk_row(row: &PgRow) -> Result<DeskRow, Error> {
    let inconsistent = |detail: String| DbError::Inconsistent { table: "policy.parameter_row", detail };
    let region: String = row.try_get("region")?;
    let status: String = row.try_get("status")?;
    Ok(DeskRow {
        id: row.try_get("id")?,
        proposal: Proposal {
            key: row.try_get("key")?,
            region: region.parse().map_err(|_| inconsistent(format!("region {region}")))?,
            from: row.try_get("effective_from")?,
            to: row.try_get("effective_to")?,
            value: row.try_get("value")?,
            doc_no: row.try_get("doc_no")?,
            doc_expiry: row.try_get("doc_expiry")?,
            basis: row.try_get("basis")?,
            note: row.try_get("note")?,
        },
        status: match status.as_str() {
            "proposed" => RowStatus::Proposed,
            "released" => RowStatus::Released,
            "rejected" => RowStatus::Rejected,
            _ => return Err(inconsistent(format!("status {status}")).into()),
        },
        proposed_by: UserId(row.try_get("proposed_by")?),
        proposed_by_name: row.try_get("proposed_by_name")?,
        proposed_at: row.try_get("proposed_at")?,
        decided_by_name: row.try_get("decided_by_name")?,
        decided_at: row.try_get("decided_at")?,
        opinion: row.try_get("opinion")?,
    })
}
