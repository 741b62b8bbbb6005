//! SQL of access.

use base_db::Tx;
use base_kernel::{OrgCode, PersonNo, UserId};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{Entitled, Error, Grant, Level, Member, Organisation, Staff};

/// Statements of this slice by file name, for the generic prepare test.
#[must_use]
pub fn sql_files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("entitled_list.sql", include_str!("sql/entitled_list.sql")),
        ("grant_list.sql", include_str!("sql/grant_list.sql")),
        ("grant_put.sql", include_str!("sql/grant_put.sql")),
        ("grant_revoke.sql", include_str!("sql/grant_revoke.sql")),
        ("organisation_close.sql", include_str!("sql/organisation_close.sql")),
        ("organisation_get.sql", include_str!("sql/organisation_get.sql")),
        ("organisation_list.sql", include_str!("sql/organisation_list.sql")),
        ("organisation_put.sql", include_str!("sql/organisation_put.sql")),
        ("staff_lock.sql", include_str!("sql/staff_lock.sql")),
        ("staff_put.sql", include_str!("sql/staff_put.sql")),
        ("staff_within.sql", include_str!("sql/staff_within.sql")),
    ]
}

type OrganisationRow = (String, String, String, Option<String>, String);

fn organisation((code, name, level, parent, path): OrganisationRow) -> Organisation {
    let level = match level.as_str() {
        "city" => Level::City,
        "district" => Level::District,
        _ => Level::Community,
    };
    Organisation { code: OrgCode(code), name, level, parent: parent.map(OrgCode), path }
}

/// Writes the whole tree, parents first, and closes what is not in it.
pub(crate) async fn organisations_put(tx: &mut Tx, tree: &[Organisation]) -> Result<(), Error> {
    let codes: Vec<&str> = tree.iter().map(|one| one.code.as_str()).collect();
    let names: Vec<&str> = tree.iter().map(|one| one.name.as_str()).collect();
    let levels: Vec<&str> = tree.iter().map(|one| one.level.as_str()).collect();
    let parents: Vec<Option<&str>> =
        tree.iter().map(|one| one.parent.as_ref().map(OrgCode::as_str)).collect();
    let paths: Vec<&str> = tree.iter().map(|one| one.path.as_str()).collect();
    sqlx::query(include_str!("sql/organisation_put.sql"))
        .bind(&codes)
        .bind(names)
        .bind(levels)
        .bind(parents)
        .bind(paths)
        .execute(tx.conn())
        .await?;
    sqlx::query(include_str!("sql/organisation_close.sql")).bind(&codes).execute(tx.conn()).await?;
    Ok(())
}

pub(crate) async fn organisation_list(tx: &mut Tx) -> Result<Vec<Organisation>, Error> {
    let rows: Vec<OrganisationRow> =
        sqlx::query_as(include_str!("sql/organisation_list.sql")).fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(organisation).collect())
}

pub(crate) async fn organisation_get(tx: &mut Tx, code: &str) -> Result<Option<Organisation>, Error> {
    let row: Option<OrganisationRow> =
        sqlx::query_as(include_str!("sql/organisation_get.sql")).bind(code).fetch_optional(tx.conn()).await?;
    Ok(row.map(organisation))
}

pub(crate) async fn staff_put(tx: &mut Tx, staff: &Staff) -> Result<(), Error> {
    sqlx::query(include_str!("sql/staff_put.sql"))
        .bind(staff.user.0)
        .bind(&staff.name)
        .bind(staff.person.as_ref().map(PersonNo::as_str))
        .bind(staff.organisation.as_str())
        .bind(staff.active)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Path of the home organisation; the row stays locked, so that changes of one person's grants queue up.
pub(crate) async fn staff_lock(tx: &mut Tx, user: UserId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar(include_str!("sql/staff_lock.sql")).bind(user.0).fetch_optional(tx.conn()).await?)
}

/// Unrevoked grants whose last day is not past.
pub(crate) async fn grant_list(tx: &mut Tx, user: UserId) -> Result<Vec<Grant>, Error> {
    let today = tx.today();
    let rows: Vec<(String, String, Option<NaiveDate>)> = sqlx::query_as(include_str!("sql/grant_list.sql"))
        .bind(user.0)
        .bind(today)
        .fetch_all(tx.conn())
        .await?;
    let grant = |(role, organisation, until)| Grant { role, organisation: OrgCode(organisation), until };
    Ok(rows.into_iter().map(grant).collect())
}

pub(crate) async fn grant_put(tx: &mut Tx, user: UserId, grant: &Grant) -> Result<(), Error> {
    let (id, today, by, now) = (tx.new_id::<Uuid>(), tx.today(), tx.actor().user, tx.now());
    sqlx::query(include_str!("sql/grant_put.sql"))
        .bind(id)
        .bind(user.0)
        .bind(&grant.role)
        .bind(grant.organisation.as_str())
        .bind(today)
        .bind(grant.until)
        .bind(by.0)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

pub(crate) async fn grant_revoke(tx: &mut Tx, user: UserId, grant: &Grant) -> Result<(), Error> {
    let (by, now) = (tx.actor().user, tx.now());
    sqlx::query(include_str!("sql/grant_revoke.sql"))
        .bind(user.0)
        .bind(&grant.role)
        .bind(grant.organisation.as_str())
        .bind(by.0)
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Active staff with `role` in force at one of `codes` (an organisation and all above it).
pub(crate) async fn entitled_list(tx: &mut Tx, role: &str, codes: &[&str]) -> Result<Vec<Entitled>, Error> {
    let today = tx.today();
    let rows: Vec<(Uuid, String, Option<String>, String)> =
        sqlx::query_as(include_str!("sql/entitled_list.sql"))
            .bind(role)
            .bind(codes)
            .bind(today)
            .fetch_all(tx.conn())
            .await?;
    let entitled = |(user, name, person, organisation): (Uuid, String, Option<String>, String)| Entitled {
        user: UserId(user),
        name,
        person: person.map(PersonNo),
        organisation: OrgCode(organisation),
    };
    Ok(rows.into_iter().map(entitled).collect())
}

/// Staff whose home is `path` or below it, and how many there are in all.
pub(crate) async fn staff_within(
    tx: &mut Tx,
    path: &str,
    name: Option<&str>,
    (limit, offset): (i64, i64),
) -> Result<(Vec<Member>, i64), Error> {
    let rows: Vec<(Uuid, String, String, bool, i64)> = sqlx::query_as(include_str!("sql/staff_within.sql"))
        .bind(path)
        .bind(format!("{path}/%"))
        .bind(name)
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await?;
    let total = rows.first().map_or(0, |row| row.4);
    let member = |(user, name, organisation_name, active, _): (Uuid, String, String, bool, i64)| Member {
        user: UserId(user),
        name,
        organisation_name,
        active,
    };
    Ok((rows.into_iter().map(member).collect(), total))
}
