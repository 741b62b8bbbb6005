//! The only file of the slice that runs SQL.

use base_db::{DbError, Tx};
use base_kernel::{Fen, Month, PersonNo};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::FundError;
use crate::model::{AccountStatus, AccountYearRow};

base_db::statements! {
    ACCOUNT_OPEN = "sql/account_open.sql";
    ACCOUNT_LOCK = "sql/account_lock.sql";
    ACCOUNT_FIND = "sql/account_find.sql";
    ACCOUNT_SET_RETIRED = "sql/account_set_retired.sql";
    ACCOUNT_INTEREST_THROUGH = "sql/account_interest_through.sql";
    ACCOUNT_YEAR_ADD = "sql/account_year_add.sql";
    ACCOUNT_YEAR_FIND = "sql/account_year_find.sql";
    ACCOUNT_YEARS = "sql/account_years.sql";
    ACCOUNTS_FOR_INTEREST = "sql/accounts_for_interest.sql";
}

type Result<T> = std::result::Result<T, FundError>;

/// An account's standing.
#[derive(Debug, Clone)]
pub(crate) struct AccountRow {
    pub(crate) status: AccountStatus,
    pub(crate) interest_through: Option<i32>,
}

/// Opens accounts for people who have none.
pub(crate) async fn account_open(tx: &mut Tx, people: &[&str]) -> Result<()> {
    let now = tx.now();
    sqlx::query(ACCOUNT_OPEN).bind(people).bind(now).execute(tx.conn()).await?;
    Ok(())
}

/// Locks accounts in one order; those that do not exist are left out.
pub(crate) async fn account_lock(tx: &mut Tx, people: &[&str]) -> Result<Vec<AccountRow>> {
    let rows = sqlx::query(ACCOUNT_LOCK).bind(people).fetch_all(tx.conn()).await?;
    rows.iter().map(read_account).collect()
}

pub(crate) async fn account_find(tx: &mut Tx, person: &PersonNo) -> Result<Option<AccountRow>> {
    let row = sqlx::query(ACCOUNT_FIND).bind(person.as_str()).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read_account).transpose()
}

pub(crate) async fn account_set_retired(tx: &mut Tx, person: &PersonNo, month: Option<Month>) -> Result<u64> {
    let now = tx.now();
    let done = sqlx::query(ACCOUNT_SET_RETIRED)
        .bind(person.as_str())
        .bind(month.map(Month::yyyymm))
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(done.rows_affected())
}

/// Keeps a year and moves the account on to it.
pub(crate) async fn year_add(tx: &mut Tx, person: &PersonNo, row: &AccountYearRow) -> Result<()> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    sqlx::query(ACCOUNT_YEAR_ADD)
        .bind(person.as_str())
        .bind(row.year)
        .bind(row.opening.0)
        .bind(row.contributed.0)
        .bind(row.interest.0)
        .bind(row.balance.0)
        .bind(&row.method)
        .bind(row.chosen.as_deref())
        .bind(&row.derivation)
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    sqlx::query(ACCOUNT_INTEREST_THROUGH)
        .bind(person.as_str())
        .bind(row.year)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn year_find(tx: &mut Tx, person: &PersonNo, year: i32) -> Result<Option<AccountYearRow>> {
    let row =
        sqlx::query(ACCOUNT_YEAR_FIND).bind(person.as_str()).bind(year).fetch_optional(tx.conn()).await?;
    row.as_ref().map(read_year).transpose()
}

pub(crate) async fn years(tx: &mut Tx, person: &PersonNo) -> Result<Vec<AccountYearRow>> {
    let rows = sqlx::query(ACCOUNT_YEARS).bind(person.as_str()).fetch_all(tx.conn()).await?;
    rows.iter().map(read_year).collect()
}

/// Accounts that a year's interest is due on, after a number, in order.
pub(crate) async fn accounts_for_interest(
    tx: &mut Tx,
    after: &str,
    year: i32,
    limit: i64,
) -> Result<Vec<PersonNo>> {
    let found: Vec<String> = sqlx::query_scalar(ACCOUNTS_FOR_INTEREST)
        .bind(after)
        .bind(year)
        .bind(limit)
        .fetch_all(tx.conn())
        .await?;
    Ok(found.into_iter().map(PersonNo).collect())
}

fn read_account(row: &PgRow) -> Result<AccountRow> {
    let status: String = row.try_get("status")?;
    let retired: Option<i32> = row.try_get("retired_month")?;
    let retired = retired
        .map(Month::from_yyyymm)
        .transpose()
        .map_err(|error| DbError::Inconsistent { table: "fund.account", detail: error.to_string() })?;
    Ok(AccountRow {
        status: match (status.as_str(), retired) {
            ("closed", _) => AccountStatus::Closed,
            (_, Some(month)) => AccountStatus::Retired(month),
            _ => AccountStatus::Open,
        },
        interest_through: row.try_get("interest_through")?,
    })
}

fn read_year(row: &PgRow) -> Result<AccountYearRow> {
    let fen = |column| Ok::<_, FundError>(Fen(row.try_get(column)?));
    Ok(AccountYearRow {
        year: row.try_get("year")?,
        opening: fen("opening")?,
        contributed: fen("contributed")?,
        interest: fen("interest")?,
        balance: fen("balance")?,
        method: row.try_get("method")?,
        chosen: row.try_get("chosen")?,
        derivation: row.try_get::<Value, _>("derivation")?,
    })
}
