//! Whom a case is about, seen with the eyes of its applicant.

use base_db::Tx;
use base_kernel::{EmployerNo, PersonNo};
use base_slice::CaseInput;
use serde_json::Value;

use crate::model::{Employer, Person};
use crate::{PartyError, Scope, number, read};

/// The person a case is about.
///
/// An employer reaches its own staff only, whoever acts on the case later; a citizen reaches themselves. Where neither
/// is named (a clerk fills in the form at the counter) the clerk's own scope decides.
///
/// # Errors
/// [`PartyError::PersonNotFound`] when there is none, or it is not the applicant's to ask about.
pub async fn subject_of(tx: &mut Tx, input: &CaseInput) -> Result<Person, PartyError> {
    let named = input.form.get("person_no").and_then(Value::as_str).map(|no| PersonNo(no.trim().to_owned()));
    let scope = match (&input.employer, &input.person) {
        (Some(employer), _) => Scope::Employer(employer.clone()),
        (None, Some(person)) => Scope::Person(person.clone()),
        (None, None) => Scope::of(tx.actor())?,
    };
    let no = input.person.clone().or(named).ok_or(PartyError::PersonNotFound)?;
    if !number::person_no_valid(no.as_str()) {
        return Err(PartyError::PersonNotFound);
    }
    read::person_by_no(tx, &scope, &no).await
}

/// The employer that applies.
///
/// # Errors
/// [`PartyError::EmployerNotFound`] when the case names none.
pub async fn employer_of(tx: &mut Tx, input: &CaseInput) -> Result<Employer, PartyError> {
    let no: EmployerNo = input.employer.clone().ok_or(PartyError::EmployerNotFound)?;
    read::employer_by_no(tx, &Scope::Employer(no.clone()), &no).await
}
