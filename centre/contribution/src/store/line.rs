//! Bill lines, receipts, deemed contribution.

use base_db::Tx;
use base_kernel::{CaseNo, EmployerNo, Fen, Month, PersonNo};
use chrono::NaiveDate;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use super::{Result, fen, insurance, month, stored_insurance, stored_month};
use crate::model::{Arrear, DeemedService, Line, LineStatus, PaidMonths};
use crate::rules::Insurance;

base_db::statements! {
    RECEIVABLE_ADD = "../sql/receivable_add.sql";
    RECEIVABLE_SETTLE = "../sql/receivable_settle.sql";
    RECEIVABLE_SETTLE_IMPORTED = "../sql/receivable_settle_imported.sql";
    RECEIPT_FIND = "../sql/receipt_find.sql";
    RECEIPT_ADD = "../sql/receipt_add.sql";
    HISTORY = "../sql/history.sql";
    HISTORY_COUNT = "../sql/history_count.sql";
    PAID_LINES = "../sql/paid_lines.sql";
    PAID_BASES = "../sql/paid_bases.sql";
    PAID_MONTHS = "../sql/paid_months.sql";
    MONTHS_TOTAL = "../sql/months_total.sql";
    ARREARS = "../sql/arrears.sql";
    DEEMED_PUT = "../sql/deemed_put.sql";
    DEEMED_FIND = "../sql/deemed_find.sql";
}

/// A line to bill.
#[derive(Debug, Clone)]
pub(crate) struct NewLine {
    pub(crate) person: PersonNo,
    pub(crate) insurance: Insurance,
    pub(crate) month: Month,
    pub(crate) wage: Fen,
    pub(crate) base: Fen,
    pub(crate) employer: Fen,
    pub(crate) personal: Fen,
    pub(crate) account: Fen,
    /// Keys of unconfirmed parameters, joined by commas.
    pub(crate) unconfirmed: String,
}

/// Where the lines come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    Levy(Uuid),
    Imported,
}

/// The amounts of a line that was written or settled.
#[derive(Debug, Clone)]
pub(crate) struct Amounts {
    pub(crate) person: PersonNo,
    pub(crate) insurance: Insurance,
    pub(crate) month: Month,
    pub(crate) employer: Fen,
    pub(crate) personal: Fen,
    pub(crate) account: Fen,
}

impl Amounts {
    pub(crate) fn total(&self) -> Fen {
        self.employer + self.personal
    }
}

/// Adds lines that are not there yet; returns those added.
pub(crate) async fn add(
    tx: &mut Tx,
    employer: &EmployerNo,
    lines: &[NewLine],
    source: Source,
) -> Result<Vec<Amounts>> {
    let now = tx.now();
    let (name, run) = match source {
        Source::Levy(run) => ("levy", Some(run)),
        Source::Imported => ("imported", None),
    };
    let column = |of: fn(&NewLine) -> Fen| lines.iter().map(|line| of(line).0).collect::<Vec<_>>();
    let rows = sqlx::query(RECEIVABLE_ADD)
        .bind(employer.as_str())
        .bind(lines.iter().map(|line| line.person.as_str()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.insurance.code()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.month.yyyymm()).collect::<Vec<_>>())
        .bind(column(|line| line.wage))
        .bind(column(|line| line.base))
        .bind(column(|line| line.employer))
        .bind(column(|line| line.personal))
        .bind(column(|line| line.account))
        .bind(name)
        .bind(lines.iter().map(|line| line.unconfirmed.as_str()).collect::<Vec<_>>())
        .bind(run)
        .bind(now)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read_amounts).collect()
}

/// Marks what is due for an employer's month as paid; returns it.
pub(crate) async fn settle(
    tx: &mut Tx,
    employer: &EmployerNo,
    month: Month,
    receipt: Uuid,
    arrived: NaiveDate,
) -> Result<Vec<Amounts>> {
    let rows = sqlx::query(RECEIVABLE_SETTLE)
        .bind(employer.as_str())
        .bind(month.yyyymm())
        .bind(receipt)
        .bind(arrived)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read_amounts).collect()
}

/// Marks a person's imported lines as paid.
pub(crate) async fn settle_imported(
    tx: &mut Tx,
    person: &PersonNo,
    employer: &EmployerNo,
    receipt: Uuid,
) -> Result<()> {
    sqlx::query(RECEIVABLE_SETTLE_IMPORTED)
        .bind(person.as_str())
        .bind(employer.as_str())
        .bind(receipt)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn read_amounts(row: &PgRow) -> Result<Amounts> {
    Ok(Amounts {
        person: PersonNo(row.try_get("person_no")?),
        insurance: insurance(row)?,
        month: month(row, "month")?,
        employer: fen(row, "employer_fen")?,
        personal: fen(row, "personal_fen")?,
        account: fen(row, "account_fen")?,
    })
}

/// A receipt by its reference: id, lines, amount.
pub(crate) async fn receipt_find(
    tx: &mut Tx,
    employer: &EmployerNo,
    month: Month,
    reference: &str,
) -> Result<Option<(Uuid, i64, Fen)>> {
    let row = sqlx::query(RECEIPT_FIND)
        .bind(employer.as_str())
        .bind(month.yyyymm())
        .bind(reference)
        .fetch_optional(tx.conn())
        .await?;
    row.map(|row| Ok((row.try_get("id")?, row.try_get("receivables")?, fen(&row, "amount")?))).transpose()
}

pub(crate) async fn receipt_add(
    tx: &mut Tx,
    employer: &EmployerNo,
    (id, month, reference, arrived): (Uuid, Month, &str, NaiveDate),
    (lines, amount): (usize, Fen),
) -> Result<()> {
    let (actor, now) = (tx.actor().user.0, tx.now());
    sqlx::query(RECEIPT_ADD)
        .bind(employer.as_str())
        .bind(id)
        .bind(month.yyyymm())
        .bind(reference)
        .bind(i64::try_from(lines).unwrap_or(i64::MAX))
        .bind(amount.0)
        .bind(arrived)
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Which lines are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) from: Option<Month>,
    pub(crate) to: Option<Month>,
    pub(crate) insurances: Option<Vec<String>>,
}

pub(crate) async fn history(
    tx: &mut Tx,
    person: &PersonNo,
    filter: &Filter,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Line>, i64)> {
    let rows = sqlx::query(HISTORY)
        .bind(person.as_str())
        .bind(filter.from.map(Month::yyyymm))
        .bind(filter.to.map(Month::yyyymm))
        .bind(filter.insurances.as_deref())
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    let total: i64 = sqlx::query_scalar(HISTORY_COUNT)
        .bind(person.as_str())
        .bind(filter.from.map(Month::yyyymm))
        .bind(filter.to.map(Month::yyyymm))
        .bind(filter.insurances.as_deref())
        .fetch_one(tx.conn())
        .await?;
    Ok((rows.iter().map(read_line).collect::<Result<_>>()?, total))
}

/// Paid lines, oldest first.
pub(crate) async fn paid_lines(
    tx: &mut Tx,
    person: &PersonNo,
    (from, to): (Month, Month),
    insurances: &[String],
) -> Result<Vec<Line>> {
    let rows = sqlx::query(PAID_LINES)
        .bind(person.as_str())
        .bind(from.yyyymm())
        .bind(to.yyyymm())
        .bind(insurances)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read_line).collect()
}

fn read_line(row: &PgRow) -> Result<Line> {
    let status: String = row.try_get("status")?;
    let source: String = row.try_get("source")?;
    Ok(Line {
        month: month(row, "month")?,
        insurance: insurance(row)?,
        employer: EmployerNo(row.try_get("employer_no")?),
        wage: fen(row, "wage")?,
        base: fen(row, "base")?,
        employer_share: fen(row, "employer_fen")?,
        personal_share: fen(row, "personal_fen")?,
        account: fen(row, "account_fen")?,
        status: if status == "paid" { LineStatus::Paid } else { LineStatus::Due },
        imported: source == "imported",
        unconfirmed: row.try_get::<Option<Vec<String>>, _>("unconfirmed")?.unwrap_or_default(),
        settled_on: row.try_get("settled_on")?,
    })
}

/// Month and base of each paid month of the pension insurance, oldest first.
pub(crate) async fn paid_bases(tx: &mut Tx, person: &PersonNo) -> Result<Vec<(Month, Fen)>> {
    let rows = sqlx::query(PAID_BASES).bind(person.as_str()).fetch_all(tx.conn()).await?;
    rows.iter().map(|row| Ok((month(row, "month")?, fen(row, "base")?))).collect()
}

pub(crate) async fn paid_months(tx: &mut Tx, person: &PersonNo) -> Result<u32> {
    let count: i64 = sqlx::query_scalar(PAID_MONTHS).bind(person.as_str()).fetch_one(tx.conn()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

pub(crate) async fn months_total(tx: &mut Tx, person: &PersonNo) -> Result<Vec<PaidMonths>> {
    let rows: Vec<(String, i64, i32, i32)> =
        sqlx::query_as(MONTHS_TOTAL).bind(person.as_str()).fetch_all(tx.conn()).await?;
    rows.into_iter()
        .map(|(code, months, first, last)| {
            Ok(PaidMonths {
                insurance: stored_insurance(&code)?,
                months: u32::try_from(months).unwrap_or(u32::MAX),
                first: stored_month(first)?,
                last: stored_month(last)?,
            })
        })
        .collect()
}

/// Unpaid lines of months before `today`.
pub(crate) async fn arrears(tx: &mut Tx, person: &PersonNo, today: Month) -> Result<Vec<Arrear>> {
    let rows = sqlx::query(ARREARS).bind(person.as_str()).bind(today.yyyymm()).fetch_all(tx.conn()).await?;
    rows.iter()
        .map(|row| {
            Ok(Arrear {
                month: month(row, "month")?,
                insurance: insurance(row)?,
                employer: EmployerNo(row.try_get("employer_no")?),
                amount: fen(row, "amount")?,
            })
        })
        .collect()
}

pub(crate) async fn deemed_put(tx: &mut Tx, person: &PersonNo, service: &DeemedService) -> Result<()> {
    let (actor, now, case) = (tx.actor().user.0, tx.now(), tx.ctx().case.clone());
    sqlx::query(DEEMED_PUT)
        .bind(person.as_str())
        .bind(i32::try_from(service.months).unwrap_or(i32::MAX))
        .bind(i32::try_from(service.months_to_1992).unwrap_or(i32::MAX))
        .bind(service.virtual_account.0)
        .bind(&service.basis)
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn deemed_find(tx: &mut Tx, person: &PersonNo) -> Result<Option<DeemedService>> {
    let row = sqlx::query(DEEMED_FIND).bind(person.as_str()).fetch_optional(tx.conn()).await?;
    row.map(|row| {
        let months =
            |column| Ok::<_, crate::ContributionError>(row.try_get::<i32, _>(column)?.unsigned_abs());
        Ok(DeemedService {
            months: months("months")?,
            months_to_1992: months("months_to_1992")?,
            virtual_account: fen(&row, "virtual_account")?,
            basis: row.try_get("basis")?,
        })
    })
    .transpose()
}
