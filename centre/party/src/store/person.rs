//! People and their history.

use base_db::{DbError, Tx};
use base_kernel::{CaseNo, Month, PersonNo, Sex};
use chrono::NaiveDate;
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::model::{Category, KeyValues, NewPerson, Person, PersonChange, PersonStatus, sex_code};
use crate::{PartyError, Scope};

base_db::statements! {
    PERSON_BY_NO = "../sql/person_by_no.sql";
    PEOPLE_BY_NO = "../sql/people_by_no.sql";
    PERSON_BY_ID_NO = "../sql/person_by_id_no.sql";
    PEOPLE_BY_ID_NO = "../sql/people_by_id_no.sql";
    PEOPLE_SEARCH = "../sql/people_search.sql";
    PEOPLE_COUNT = "../sql/people_count.sql";
    PERSON_LOCK = "../sql/person_lock.sql";
    PERSON_NUMBERS = "../sql/person_numbers.sql";
    PERSON_ADD = "../sql/person_add.sql";
    PERSON_CHANGE_KEY = "../sql/person_change_key.sql";
    PERSON_CHANGE_CONTACT = "../sql/person_change_contact.sql";
    PERSON_SET_CATEGORY = "../sql/person_set_category.sql";
    PERSON_SET_RECEIVING = "../sql/person_set_receiving.sql";
    PERSON_HISTORY_ADD = "../sql/person_history_add.sql";
    PERSON_HISTORY = "../sql/person_history.sql";
}

type Result<T> = std::result::Result<T, PartyError>;

pub(crate) async fn by_no(tx: &mut Tx, scope: &Scope, no: &PersonNo) -> Result<Option<Person>> {
    let (person, employer, area) = scope.filters();
    let row = sqlx::query(PERSON_BY_NO)
        .bind(no.as_str())
        .bind(person)
        .bind(employer)
        .bind(area)
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn many_by_no(tx: &mut Tx, scope: &Scope, numbers: &[String]) -> Result<Vec<Person>> {
    let (person, employer, area) = scope.filters();
    let rows = sqlx::query(PEOPLE_BY_NO)
        .bind(numbers)
        .bind(person)
        .bind(employer)
        .bind(area)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn by_id_no(
    tx: &mut Tx,
    scope: &Scope,
    id_type: &str,
    id_no: &str,
) -> Result<Option<Person>> {
    let (person, employer, area) = scope.filters();
    let row = sqlx::query(PERSON_BY_ID_NO)
        .bind(id_type)
        .bind(id_no)
        .bind(person)
        .bind(employer)
        .bind(area)
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn many_by_id_no(
    tx: &mut Tx,
    scope: &Scope,
    id_type: &str,
    id_nos: &[String],
) -> Result<Vec<Person>> {
    let (person, employer, area) = scope.filters();
    let rows = sqlx::query(PEOPLE_BY_ID_NO)
        .bind(id_type)
        .bind(id_nos)
        .bind(person)
        .bind(employer)
        .bind(area)
        .fetch_all(tx.conn())
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn search(
    tx: &mut Tx,
    scope: &Scope,
    query: Option<&str>,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Person>, i64)> {
    let (person, employer, area) = scope.filters();
    let rows = sqlx::query(PEOPLE_SEARCH)
        .bind(query)
        .bind(person)
        .bind(employer)
        .bind(area)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    let total: i64 = sqlx::query_scalar(PEOPLE_COUNT)
        .bind(query)
        .bind(person)
        .bind(employer)
        .bind(area)
        .fetch_one(tx.conn())
        .await?;
    Ok((rows.iter().map(read).collect::<Result<_>>()?, total))
}

/// Locks the rows in one order everywhere; returns the numbers that exist.
pub(crate) async fn lock(tx: &mut Tx, numbers: &[String]) -> Result<Vec<PersonNo>> {
    let found: Vec<String> = sqlx::query_scalar(PERSON_LOCK).bind(numbers).fetch_all(tx.conn()).await?;
    Ok(found.into_iter().map(PersonNo).collect())
}

/// Fresh numbers of the sequence, without check digit.
pub(crate) async fn numbers(tx: &mut Tx, count: usize) -> Result<Vec<i64>> {
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    Ok(sqlx::query_scalar(PERSON_NUMBERS).bind(count).fetch_all(tx.conn()).await?)
}

/// Adds people whose documents are not registered yet; returns the numbers that went in.
pub(crate) async fn add(
    tx: &mut Tx,
    people: &[(PersonNo, &NewPerson, NaiveDate, Sex)],
) -> Result<Vec<PersonNo>> {
    let now = tx.now();
    let column = |of: fn(&NewPerson) -> Option<&str>| people.iter().map(|p| of(p.1)).collect::<Vec<_>>();
    let added: Vec<String> = sqlx::query_scalar(PERSON_ADD)
        .bind(people.iter().map(|p| p.0.as_str()).collect::<Vec<_>>())
        .bind(column(|p| Some(&p.name)))
        .bind(column(|p| Some(&p.id_type)))
        .bind(column(|p| Some(&p.id_no)))
        .bind(people.iter().map(|p| p.2).collect::<Vec<_>>())
        .bind(people.iter().map(|p| sex_code(p.3)).collect::<Vec<_>>())
        .bind(column(|p| p.hukou.as_deref()))
        .bind(column(|p| p.mobile.as_deref()))
        .bind(column(|p| p.address.as_deref()))
        .bind(column(|p| Some(&p.area)))
        .bind(people.iter().map(|p| p.1.first_work_date).collect::<Vec<_>>())
        .bind(now)
        .fetch_all(tx.conn())
        .await?;
    Ok(added.into_iter().map(PersonNo).collect())
}

pub(crate) async fn change_key(
    tx: &mut Tx,
    person: &Person,
    to: &KeyValues,
    archive_birth: Option<NaiveDate>,
) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query(PERSON_CHANGE_KEY)
        .bind(person.no.as_str())
        .bind(person.version)
        .bind(&to.name)
        .bind(&to.id_no)
        .bind(to.birth)
        .bind(sex_code(to.sex))
        .bind(archive_birth)
        .bind(now)
        .execute(tx.conn())
        .await?;
    moved_unless_one(done.rows_affected())
}

pub(crate) async fn change_contact(
    tx: &mut Tx,
    person: &Person,
    mobile: Option<&str>,
    address: Option<&str>,
) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query(PERSON_CHANGE_CONTACT)
        .bind(person.no.as_str())
        .bind(person.version)
        .bind(mobile)
        .bind(address)
        .bind(now)
        .execute(tx.conn())
        .await?;
    moved_unless_one(done.rows_affected())
}

pub(crate) async fn set_category(
    tx: &mut Tx,
    person: &Person,
    category: Category,
    basis: &str,
    archive_birth: Option<NaiveDate>,
    first_work_date: Option<NaiveDate>,
) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query(PERSON_SET_CATEGORY)
        .bind(person.no.as_str())
        .bind(person.version)
        .bind(category.code())
        .bind(basis)
        .bind(archive_birth)
        .bind(first_work_date)
        .bind(now)
        .execute(tx.conn())
        .await?;
    moved_unless_one(done.rows_affected())
}

pub(crate) async fn set_receiving(tx: &mut Tx, person: &Person, from: Option<Month>) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query(PERSON_SET_RECEIVING)
        .bind(person.no.as_str())
        .bind(person.version)
        .bind(from.map(Month::yyyymm))
        .bind(now)
        .execute(tx.conn())
        .await?;
    moved_unless_one(done.rows_affected())
}

fn moved_unless_one(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(PartyError::Moved) }
}

/// Keeps each record before and after a change.
pub(crate) async fn history_add(
    tx: &mut Tx,
    action: &str,
    changes: &[(Option<&Person>, &Person)],
    basis: &Value,
) -> Result<()> {
    let json =
        |person: &Person| serde_json::to_value(person).map_err(|error| inconsistent(&error.to_string()));
    let before =
        changes.iter().map(|(before, _)| before.map(json).transpose()).collect::<Result<Vec<_>>>()?;
    let after = changes.iter().map(|(_, after)| json(after)).collect::<Result<Vec<_>>>()?;
    let (actor, now, case) = (tx.actor().user.0, tx.now(), tx.ctx().case.clone());
    sqlx::query(PERSON_HISTORY_ADD)
        .bind(changes.iter().map(|(_, after)| after.no.as_str()).collect::<Vec<_>>())
        .bind(changes.iter().map(|(_, after)| after.version).collect::<Vec<_>>())
        .bind(action)
        .bind(before)
        .bind(after)
        .bind(basis)
        .bind(case.as_ref().map(CaseNo::as_str))
        .bind(actor)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn history(tx: &mut Tx, no: &PersonNo) -> Result<Vec<PersonChange>> {
    let rows = sqlx::query(PERSON_HISTORY).bind(no.as_str()).fetch_all(tx.conn()).await?;
    rows.iter().map(read_change).collect()
}

fn read_change(row: &PgRow) -> Result<PersonChange> {
    let person = |value: Value| {
        serde_json::from_value::<Person>(value).map_err(|error| inconsistent(&error.to_string()))
    };
    Ok(PersonChange {
        version: row.try_get("version")?,
        action: row.try_get("action")?,
        before: row.try_get::<Option<Value>, _>("before")?.map(person).transpose()?,
        after: person(row.try_get("after")?)?,
        basis: row.try_get("basis")?,
        case_no: row.try_get("case_no")?,
        recorded_at: row.try_get("recorded_at")?,
    })
}

pub(crate) fn read(row: &PgRow) -> Result<Person> {
    let category: Option<String> = row.try_get("category")?;
    let receiving: Option<i32> = row.try_get("receiving_from")?;
    let status: String = row.try_get("status")?;
    Ok(Person {
        no: PersonNo(row.try_get("person_no")?),
        name: row.try_get("name")?,
        id_type: row.try_get("id_type")?,
        id_no: row.try_get("id_no")?,
        birth: row.try_get("birth")?,
        sex: if row.try_get::<i16, _>("sex")? == 1 { Sex::Male } else { Sex::Female },
        hukou: row.try_get("hukou")?,
        mobile: row.try_get("mobile")?,
        address: row.try_get("address")?,
        area: row.try_get("area")?,
        category: category.as_deref().and_then(Category::from_code),
        category_basis: row.try_get("category_basis")?,
        archive_birth: row.try_get("archive_birth")?,
        first_work_date: row.try_get("first_work_date")?,
        receiving_from: receiving
            .map(Month::from_yyyymm)
            .transpose()
            .map_err(|error| inconsistent(&error.to_string()))?,
        status: match status.as_str() {
            "active" => PersonStatus::Active,
            "merged" => PersonStatus::Merged,
            _ => PersonStatus::Dead,
        },
        version: row.try_get("version")?,
    })
}

fn inconsistent(detail: &str) -> PartyError {
    PartyError::Db(DbError::Inconsistent { table: "party.person", detail: detail.to_owned() })
}
