//! The only file of the ledger that runs SQL.

use std::collections::BTreeMap;

use base_db::{DbError, Tx};
use base_kernel::{CaseNo, Fen, Month, TransferId};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::model::{Account, Balance, Entry, Movement, Side, Totals, Transfer, book_lock};

base_db::statements! {
    BOOK_LOCK = "sql/book_lock.sql";
    BOOK_LOCK_SHARED = "sql/book_lock_shared.sql";
    CLOSED_THROUGH = "sql/closed_through.sql";
    ACCOUNT_OPEN = "sql/account_open.sql";
    ACCOUNT_LOCK = "sql/account_lock.sql";
    ACCOUNT_LOCK_BY_ID = "sql/account_lock_by_id.sql";
    TRANSFER_POST = "sql/transfer_post.sql";
    TRANSFER_DIFFERS = "sql/transfer_differs.sql";
    TRANSFER_FIND = "sql/transfer_find.sql";
    TRANSFERS_KNOWN = "sql/transfers_known.sql";
    TRANSFER_REVERSE = "sql/transfer_reverse.sql";
    TRANSFER_REVERSAL = "sql/transfer_reversal.sql";
    BALANCE_KEPT = "sql/balance_kept.sql";
    BALANCE_SUMMED = "sql/balance_summed.sql";
    MOVEMENTS = "sql/movements.sql";
    ENTRIES = "sql/entries.sql";
    CLOSING_ADD = "sql/closing_add.sql";
    CLOSING_PENDING = "sql/closing_pending.sql";
    CLOSING_TOTALLED = "sql/closing_totalled.sql";
    PERIOD_TOTAL_BUILD = "sql/period_total_build.sql";
    AUDIT_BEGIN = "sql/audit_begin.sql";
    AUDIT_PATIENCE = "sql/audit_patience.sql";
    AUDIT_BOOKS = "sql/audit_books.sql";
    AUDIT_KEPT = "sql/audit_kept.sql";
    AUDIT_ORPHANS = "sql/audit_orphans.sql";
    AUDIT_PERIOD_TOTALS = "sql/audit_period_totals.sql";
    AUDIT_CLOSED = "sql/audit_closed.sql";
    AUDIT_IDS = "sql/audit_ids.sql";
    AUDIT_REVERSALS = "sql/audit_reversals.sql";
}

type Result<T> = std::result::Result<T, DbError>;

/// What a batch did, as the statement that wrote it counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) added: i64,
    pub(crate) amount: i64,
    pub(crate) debit: i64,
    pub(crate) credit: i64,
    pub(crate) kept: i64,
}

/// Shares the books with other postings, against closings.
pub(crate) async fn books_share(tx: &mut Tx, books: &[String]) -> Result<()> {
    let keys: Vec<i64> = books.iter().map(|book| book_lock(book)).collect();
    sqlx::query(BOOK_LOCK_SHARED).bind(keys).execute(tx.conn()).await?;
    Ok(())
}

/// Takes a book alone, for closing it.
pub(crate) async fn book_own(tx: &mut Tx, book: &str) -> Result<()> {
    sqlx::query(BOOK_LOCK).bind(book_lock(book)).execute(tx.conn()).await?;
    Ok(())
}

/// Last closed period of each book that has one.
pub(crate) async fn closed_through(tx: &mut Tx, books: &[String]) -> Result<BTreeMap<String, Month>> {
    let rows = sqlx::query(CLOSED_THROUGH).bind(books).fetch_all(tx.conn()).await?;
    rows.iter().map(|row| Ok((row.try_get("book")?, month(row, "through")?))).collect()
}

/// Opens those of `accounts` that are not there yet.
pub(crate) async fn accounts_open(tx: &mut Tx, accounts: &BTreeMap<(String, Uuid), &Account>) -> Result<()> {
    let now = tx.now();
    let list: Vec<&Account> = accounts.values().copied().collect();
    sqlx::query(ACCOUNT_OPEN)
        .bind(list.iter().map(|a| a.owner.as_str()).collect::<Vec<_>>())
        .bind(accounts.keys().map(|(_, id)| *id).collect::<Vec<_>>())
        .bind(list.iter().map(|a| a.book.as_str()).collect::<Vec<_>>())
        .bind(list.iter().map(|a| a.kind.code).collect::<Vec<_>>())
        .bind(list.iter().map(|a| a.kind.side.code()).collect::<Vec<_>>())
        .bind(list.iter().map(|a| a.kind.totals.code()).collect::<Vec<_>>())
        .bind(list.iter().map(|a| a.kind.limited).collect::<Vec<_>>())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Locks the rows of those accounts that keep totals; returns how many.
pub(crate) async fn accounts_lock(
    tx: &mut Tx,
    accounts: &BTreeMap<(String, Uuid), &Account>,
) -> Result<usize> {
    let rows = sqlx::query(ACCOUNT_LOCK)
        .bind(accounts.keys().map(|(owner, _)| owner.as_str()).collect::<Vec<_>>())
        .bind(accounts.keys().map(|(_, id)| *id).collect::<Vec<_>>())
        .fetch_all(tx.conn())
        .await?;
    Ok(rows.len())
}

/// Writes a batch and moves the kept totals, in one statement.
pub(crate) async fn transfers_post(tx: &mut Tx, batch: &[&Transfer]) -> Result<Written> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    let row = sqlx::query(TRANSFER_POST)
        .bind(batch.iter().map(|t| t.owner.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.id.0).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.debit.book.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.debit.owner.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.debit.id()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.credit.owner.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.credit.id()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.amount.0).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.code).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.period.yyyymm()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.effective).collect::<Vec<_>>())
        .bind(vec![None::<Uuid>; batch.len()])
        .bind(batch.iter().map(|t| t.case_no.as_ref().map(CaseNo::as_str)).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.reference.as_str()).collect::<Vec<_>>())
        .bind(actor)
        .bind(now)
        .fetch_one(tx.conn())
        .await?;
    Ok(Written {
        added: row.try_get("added")?,
        amount: row.try_get("amount")?,
        debit: row.try_get("debit")?,
        credit: row.try_get("credit")?,
        kept: row.try_get("kept")?,
    })
}

/// The first transfer of the batch whose id stands for something else in the books.
pub(crate) async fn transfer_differs(tx: &mut Tx, batch: &[&Transfer]) -> Result<Option<TransferId>> {
    let found: Option<Uuid> = sqlx::query_scalar(TRANSFER_DIFFERS)
        .bind(batch.iter().map(|t| t.owner.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.id.0).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.debit.book.as_str()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.debit.id()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.credit.id()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.amount.0).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.code).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.period.yyyymm()).collect::<Vec<_>>())
        .bind(batch.iter().map(|t| t.effective).collect::<Vec<_>>())
        .fetch_optional(tx.conn())
        .await?;
    Ok(found.map(TransferId))
}

/// Book and both accounts of a transfer.
pub(crate) async fn transfer_find(
    tx: &mut Tx,
    owner: &str,
    id: TransferId,
) -> Result<Option<(String, Uuid, Uuid)>> {
    let row = sqlx::query(TRANSFER_FIND).bind(owner).bind(id.0).fetch_optional(tx.conn()).await?;
    row.map(|row| Ok((row.try_get("book")?, row.try_get("debit_account")?, row.try_get("credit_account")?)))
        .transpose()
}

/// Those of the given transfers that are in the books.
pub(crate) async fn transfers_known(tx: &mut Tx, asked: &[(String, TransferId)]) -> Result<Vec<TransferId>> {
    let known: Vec<Uuid> = sqlx::query_scalar(TRANSFERS_KNOWN)
        .bind(asked.iter().map(|(owner, _)| owner.as_str()).collect::<Vec<_>>())
        .bind(asked.iter().map(|(_, id)| id.0).collect::<Vec<_>>())
        .fetch_all(tx.conn())
        .await?;
    Ok(known.into_iter().map(TransferId).collect())
}

/// The reversal of a transfer, when there is one.
pub(crate) async fn transfer_reversal(
    tx: &mut Tx,
    owner: &str,
    id: TransferId,
) -> Result<Option<TransferId>> {
    let found: Option<Uuid> =
        sqlx::query_scalar(TRANSFER_REVERSAL).bind(owner).bind(id.0).fetch_optional(tx.conn()).await?;
    Ok(found.map(TransferId))
}

/// Locks the kept ones of two accounts; returns how many those are.
pub(crate) async fn accounts_lock_by_id(tx: &mut Tx, ids: [Uuid; 2]) -> Result<i64> {
    let rows = sqlx::query(ACCOUNT_LOCK_BY_ID).bind(ids.to_vec()).fetch_all(tx.conn()).await?;
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// Writes the mirror image of a transfer; returns how many transfers and how many kept totals changed.
pub(crate) async fn transfer_reverse(
    tx: &mut Tx,
    owner: &str,
    id: TransferId,
    by: &crate::Reversal,
) -> Result<(i64, i64)> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    let row = sqlx::query(TRANSFER_REVERSE)
        .bind(owner)
        .bind(id.0)
        .bind(by.id.0)
        .bind(by.code)
        .bind(by.period.yyyymm())
        .bind(by.effective)
        .bind(by.case_no.as_ref().map(CaseNo::as_str))
        .bind(&by.reference)
        .bind(actor)
        .bind(now)
        .fetch_one(tx.conn())
        .await?;
    Ok((row.try_get("added")?, row.try_get("kept")?))
}

/// Totals of the given accounts, kept and summed ones alike; an account never posted to is left out.
pub(crate) async fn balances(tx: &mut Tx, accounts: &[&Account]) -> Result<BTreeMap<Uuid, Balance>> {
    let (kept, summed): (Vec<&Account>, Vec<&Account>) =
        accounts.iter().partition(|account| account.kind.totals == Totals::Kept);
    let mut rows = Vec::new();
    if !kept.is_empty() {
        let query = sqlx::query(BALANCE_KEPT)
            .bind(kept.iter().map(|a| a.owner.as_str()).collect::<Vec<_>>())
            .bind(kept.iter().map(|a| a.id()).collect::<Vec<_>>());
        rows.extend(query.fetch_all(tx.conn()).await?);
    }
    if !summed.is_empty() {
        let query = sqlx::query(BALANCE_SUMMED)
            .bind(summed.iter().map(|a| a.id()).collect::<Vec<_>>())
            .bind(summed.iter().map(|a| a.book.as_str()).collect::<Vec<_>>());
        rows.extend(query.fetch_all(tx.conn()).await?);
    }
    rows.iter()
        .map(|row| {
            let balance = Balance { debits: fen(row, "debits")?, credits: fen(row, "credits")? };
            Ok((row.try_get("id")?, balance))
        })
        .collect()
}

/// Movements of an account by period and code, oldest first.
pub(crate) async fn movements(tx: &mut Tx, account: Uuid) -> Result<Vec<Movement>> {
    let rows = sqlx::query(MOVEMENTS).bind(account).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            Ok(Movement {
                period: month(row, "period")?,
                code: row.try_get("code")?,
                debits: fen(row, "debits")?,
                credits: fen(row, "credits")?,
            })
        })
        .collect()
}

/// Transfers of an account, newest first.
pub(crate) async fn entries(tx: &mut Tx, account: Uuid, limit: i64, offset: i64) -> Result<Vec<Entry>> {
    let rows = sqlx::query(ENTRIES).bind(account).bind(limit).bind(offset).fetch_all(tx.conn()).await?;
    rows.iter().map(entry).collect()
}

fn entry(row: &PgRow) -> Result<Entry> {
    let side: &str = row.try_get("side")?;
    Ok(Entry {
        id: TransferId(row.try_get("id")?),
        side: if side == Side::Debit.code() { Side::Debit } else { Side::Credit },
        amount: fen(row, "amount")?,
        code: row.try_get("code")?,
        period: month(row, "period")?,
        effective: row.try_get::<NaiveDate, _>("effective")?,
        reverses: row.try_get::<Option<Uuid>, _>("reverses")?.map(TransferId),
        case_no: row.try_get::<Option<String>, _>("case_no")?.map(CaseNo),
        reference: row.try_get("reference")?,
        recorded_at: row.try_get::<DateTime<Utc>, _>("recorded_at")?,
    })
}

/// Marks a book as closed through a period.
pub(crate) async fn closing_add(tx: &mut Tx, book: &str, period: Month) -> Result<()> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    sqlx::query(CLOSING_ADD)
        .bind(book)
        .bind(period.yyyymm())
        .bind(now)
        .bind(actor)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Sums the closed periods that have no sums yet; returns the last of them.
pub(crate) async fn closing_total(tx: &mut Tx, book: &str) -> Result<Option<Month>> {
    let pending: Option<i32> =
        sqlx::query_scalar(CLOSING_PENDING).bind(book).fetch_optional(tx.conn()).await?;
    let Some(period) = pending else { return Ok(None) };
    sqlx::query(PERIOD_TOTAL_BUILD).bind(book).bind(period).execute(tx.conn()).await?;
    sqlx::query(CLOSING_TOTALLED).bind(book).bind(period).execute(tx.conn()).await?;
    stored_month(period).map(Some)
}

/// Turns a read transaction into one consistent, unhurried view.
pub(crate) async fn audit_begin(tx: &mut Tx) -> Result<()> {
    sqlx::query(AUDIT_BEGIN).execute(tx.conn()).await?;
    sqlx::query(AUDIT_PATIENCE).execute(tx.conn()).await?;
    Ok(())
}

/// Sums of each book.
pub(crate) async fn audit_books(tx: &mut Tx) -> Result<Vec<crate::BookSum>> {
    let rows = sqlx::query(AUDIT_BOOKS).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            Ok(crate::BookSum {
                book: row.try_get("book")?,
                debits: fen(row, "debits")?,
                credits: fen(row, "credits")?,
                transfers: row.try_get("transfers")?,
                moved: fen(row, "moved")?,
            })
        })
        .collect()
}

/// Offenders of each audit query by name, at most a hundred each.
pub(crate) async fn audit_offenders(tx: &mut Tx) -> Result<Vec<(&'static str, Vec<String>)>> {
    let checks = [
        ("账户累计与流水不符", AUDIT_KEPT),
        ("流水缺少账户", AUDIT_ORPHANS),
        ("账期合计与流水不符", AUDIT_PERIOD_TOTALS),
        ("已结账期发生变化", AUDIT_CLOSED),
        ("流水编号重复", AUDIT_IDS),
        ("冲正与原流水不对应", AUDIT_REVERSALS),
    ];
    let mut found = Vec::new();
    for (name, statement) in checks {
        let offenders: Vec<String> = sqlx::query_scalar(statement).fetch_all(tx.conn()).await?;
        found.push((name, offenders));
    }
    Ok(found)
}

fn fen(row: &PgRow, column: &str) -> Result<Fen> {
    Ok(Fen(row.try_get(column)?))
}

fn month(row: &PgRow, column: &str) -> Result<Month> {
    stored_month(row.try_get(column)?)
}

fn stored_month(stored: i32) -> Result<Month> {
    Month::from_yyyymm(stored)
        .map_err(|error| DbError::Inconsistent { table: "ledger", detail: error.to_string() })
}
