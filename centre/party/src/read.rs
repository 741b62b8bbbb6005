//! What may be asked of the registers, always within a scope.

use base_db::Tx;
use base_kernel::{EmployerNo, PersonNo};
use base_web::PageQuery;
use chrono::NaiveDate;

use crate::model::{Employer, Person, PersonChange};
use crate::store::{employer, person};
use crate::{PartyError, Scope};

/// A person by number.
///
/// # Errors
/// [`PartyError::PersonNotFound`] when not there or outside the scope.
pub async fn person_by_no(tx: &mut Tx, scope: &Scope, no: &PersonNo) -> Result<Person, PartyError> {
    person::by_no(tx, scope, no).await?.ok_or(PartyError::PersonNotFound)
}

/// People by number; those not there or outside the scope are left out.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn people_by_no(
    tx: &mut Tx,
    scope: &Scope,
    numbers: &[PersonNo],
) -> Result<Vec<Person>, PartyError> {
    let numbers: Vec<String> = numbers.iter().map(|no| no.0.clone()).collect();
    person::many_by_no(tx, scope, &numbers).await
}

/// The active person with a document number, none when there is none in the scope.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn person_by_id_no(
    tx: &mut Tx,
    scope: &Scope,
    id_type: &str,
    id_no: &str,
) -> Result<Option<Person>, PartyError> {
    person::by_id_no(tx, scope, id_type, id_no).await
}

/// Active people by document numbers of one type.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn people_by_id_no(
    tx: &mut Tx,
    scope: &Scope,
    id_type: &str,
    id_nos: &[String],
) -> Result<Vec<Person>, PartyError> {
    person::many_by_id_no(tx, scope, id_type, id_nos).await
}

/// Active people by exact number, exact document number or beginning of the name, with the exact total.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn people_search(
    tx: &mut Tx,
    scope: &Scope,
    query: Option<&str>,
    page: PageQuery,
) -> Result<(Vec<Person>, i64), PartyError> {
    person::search(tx, scope, query, page.limit(), page.offset()).await
}

/// Every change of a person's record, newest first.
///
/// # Errors
/// [`PartyError::PersonNotFound`] when the person is outside the scope.
pub async fn person_history(
    tx: &mut Tx,
    scope: &Scope,
    no: &PersonNo,
) -> Result<Vec<PersonChange>, PartyError> {
    person_by_no(tx, scope, no).await?;
    person::history(tx, no).await
}

/// Holds up everyone else who is about to change what hangs on these people, until the transaction ends. Returns the
/// numbers that exist. Rows are locked in one order, so that two callers can't wait for each other crosswise.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn person_lock(tx: &mut Tx, numbers: &[PersonNo]) -> Result<Vec<PersonNo>, PartyError> {
    let numbers: Vec<String> = numbers.iter().map(|no| no.0.clone()).collect();
    person::lock(tx, &numbers).await
}

/// An employer by number.
///
/// # Errors
/// [`PartyError::EmployerNotFound`] when not there or outside the scope.
pub async fn employer_by_no(tx: &mut Tx, scope: &Scope, no: &EmployerNo) -> Result<Employer, PartyError> {
    employer::by_no(tx, scope, no).await?.ok_or(PartyError::EmployerNotFound)
}

/// Employers by number; those not there or outside the scope are left out.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn employers_by_no(
    tx: &mut Tx,
    scope: &Scope,
    numbers: &[EmployerNo],
) -> Result<Vec<Employer>, PartyError> {
    let numbers: Vec<String> = numbers.iter().map(|no| no.0.clone()).collect();
    employer::many_by_no(tx, scope, &numbers).await
}

/// An employer by unified social credit code, none when there is none in the scope.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn employer_by_uscc(
    tx: &mut Tx,
    scope: &Scope,
    uscc: &str,
) -> Result<Option<Employer>, PartyError> {
    employer::by_uscc(tx, scope, uscc).await
}

/// Whether the person is on the employer's staff now.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn staff_is(tx: &mut Tx, employer: &EmployerNo, person: &PersonNo) -> Result<bool, PartyError> {
    employer::staff_is(tx, employer, person).await
}

/// Employers on whose staff the person is now, latest first.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn staff_of(tx: &mut Tx, person: &PersonNo) -> Result<Vec<EmployerNo>, PartyError> {
    employer::staff_of(tx, person).await
}

/// The employer's staff with the day each joined, and the exact total.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn staff_of_employer(
    tx: &mut Tx,
    employer: &EmployerNo,
    query: Option<&str>,
    page: PageQuery,
) -> Result<(Vec<(Person, NaiveDate)>, i64), PartyError> {
    employer::staff_list(tx, employer, query, page.limit(), page.offset()).await
}
