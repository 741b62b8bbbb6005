//! Rows of schema `archive`.

use base_db::{Db, DbError, Tx};
use base_kernel::{CaseNo, ItemCode};
use base_web::PageQuery;
use sqlx::Row;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::model::{Check, Component, ComponentKind, Record, SubjectKind};
use crate::retention::Term;

base_db::statements! {
    NEXT_NUMBER = "sql/next_number.sql";
    FILED = "sql/filed.sql";
    INSERT_RECORD = "sql/insert_record.sql";
    INSERT_COMPONENT = "sql/insert_component.sql";
    COMPONENTS = "sql/components.sql";
    COMPLETE_COMPONENT = "sql/complete_component.sql";
    SAVE_CHECKS = "sql/save_checks.sql";
    LOCK = "sql/lock.sql";
    LIST = "sql/list.sql";
    COUNT = "sql/count.sql";
    FIND = "sql/find.sql";
}

/// The part of the tree a caller may see.
pub(crate) struct Scope {
    path: String,
    below: String,
}

impl Scope {
    pub(crate) fn new(path: &str) -> Self {
        let escaped = path.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        Self { path: path.to_owned(), below: format!("{escaped}/%") }
    }
}

pub(crate) async fn next_number(tx: &mut Tx, prefix: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(NEXT_NUMBER).bind(prefix).fetch_one(tx.conn()).await?)
}

pub(crate) async fn filed(tx: &mut Tx, case: &CaseNo) -> Result<bool, DbError> {
    Ok(sqlx::query_scalar(FILED).bind(case.as_str()).fetch_one(tx.conn()).await?)
}

pub(crate) async fn insert(
    tx: &mut Tx,
    record: &Record,
    subject_key: &str,
    components: &[Component],
) -> Result<(), DbError> {
    sqlx::query(INSERT_RECORD)
        .bind(record.id)
        .bind(subject_key)
        .bind(&record.archive_no)
        .bind(record.case_no.as_str())
        .bind(record.item_code.as_str())
        .bind(&record.title)
        .bind(&record.category)
        .bind(&record.link)
        .bind(record.term.code())
        .bind(&record.mark)
        .bind(record.subject_kind.code())
        .bind(&record.subject_name)
        .bind(&record.org_path)
        .bind(record.closed_on)
        .bind(record.keep_from)
        .bind(record.keep_until)
        .bind(Json(&record.checks))
        .bind(record.complete)
        .bind(record.filed_at)
        .execute(tx.conn())
        .await?;
    for component in components {
        sqlx::query(INSERT_COMPONENT)
            .bind(record.id)
            .bind(component.seq)
            .bind(component.kind.code())
            .bind(&component.name)
            .bind(&component.sm3)
            .bind(component.size)
            .bind(&component.reference)
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

pub(crate) async fn lock(tx: &mut Tx, record: Uuid) -> Result<bool, DbError> {
    Ok(sqlx::query(LOCK).bind(record).fetch_optional(tx.conn()).await?.is_some())
}

pub(crate) async fn components(tx: &mut Tx, record: Uuid) -> Result<Vec<Component>, DbError> {
    let rows = sqlx::query(COMPONENTS).bind(record).fetch_all(tx.conn()).await?;
    rows.iter().map(read_component).collect()
}

pub(crate) async fn complete_component(
    tx: &mut Tx,
    record: Uuid,
    component: &Component,
) -> Result<(), DbError> {
    sqlx::query(COMPLETE_COMPONENT)
        .bind(record)
        .bind(component.seq)
        .bind(&component.sm3)
        .bind(component.size)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn save_checks(
    tx: &mut Tx,
    record: Uuid,
    checks: &[Check],
    complete: bool,
) -> Result<(), DbError> {
    sqlx::query(SAVE_CHECKS).bind(record).bind(Json(checks)).bind(complete).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn list(
    db: &Db,
    scope: &Scope,
    query: Option<&str>,
    page: PageQuery,
) -> Result<(Vec<Record>, i64), DbError> {
    let rows = sqlx::query(LIST)
        .bind(&scope.path)
        .bind(&scope.below)
        .bind(query)
        .bind(page.limit())
        .bind(page.offset())
        .fetch_all(db.pool())
        .await?;
    let total = sqlx::query_scalar(COUNT).bind(&scope.path).bind(&scope.below).bind(query);
    let records = rows.iter().map(read_record).collect::<Result<_, _>>()?;
    Ok((records, total.fetch_one(db.pool()).await?))
}

pub(crate) async fn find(tx: &mut Tx, scope: &Scope, id: Uuid) -> Result<Option<Record>, DbError> {
    let query = sqlx::query(FIND).bind(id).bind(&scope.path).bind(&scope.below);
    query.fetch_optional(tx.conn()).await?.as_ref().map(read_record).transpose()
}

fn read_record(row: &PgRow) -> Result<Record, DbError> {
    let Json(checks): Json<Vec<Check>> = row.try_get("checks")?;
    let term: String = row.try_get("term")?;
    let subject_kind: String = row.try_get("subject_kind")?;
    Ok(Record {
        id: row.try_get("id")?,
        archive_no: row.try_get("archive_no")?,
        case_no: CaseNo(row.try_get("case_no")?),
        item_code: ItemCode(row.try_get("item_code")?),
        title: row.try_get("title")?,
        category: row.try_get("category")?,
        link: row.try_get("link")?,
        term: Term::of_code(&term).ok_or_else(|| inconsistent("archive.record", &term))?,
        mark: row.try_get("mark")?,
        subject_kind: if subject_kind == "person" { SubjectKind::Person } else { SubjectKind::Employer },
        subject_name: row.try_get("subject_name")?,
        org_path: row.try_get("org_path")?,
        closed_on: row.try_get("closed_on")?,
        keep_from: row.try_get("keep_from")?,
        keep_until: row.try_get("keep_until")?,
        checks,
        complete: row.try_get("complete")?,
        filed_at: row.try_get("filed_at")?,
    })
}

fn read_component(row: &PgRow) -> Result<Component, DbError> {
    let kind: String = row.try_get("kind")?;
    Ok(Component {
        seq: row.try_get("seq")?,
        kind: ComponentKind::of_code(&kind).ok_or_else(|| inconsistent("archive.component", &kind))?,
        name: row.try_get("name")?,
        sm3: row.try_get("sm3")?,
        size: row.try_get("size")?,
        reference: row.try_get("reference")?,
    })
}

fn inconsistent(table: &'static str, code: &str) -> DbError {
    DbError::Inconsistent { table, detail: format!("unknown code {code}") }
}
