//! Who an application is for: joins what intake asks with what the party centre knows.

use std::sync::Arc;

use base_db::Tx;
use base_kernel::{ActorKind, Fault, PersonNo};
use centre_party::{PartyError, Scope};
use government_intake::{Applicant, ApplicantFn, OpenFn};

/// The actor, or the person of that number when the acting employer employs them.
pub(crate) fn applicant() -> ApplicantFn {
    Arc::new(|tx, person_no| Box::pin(find(tx, person_no)))
}

async fn find(tx: &mut Tx, person_no: Option<String>) -> Result<Option<Applicant>, Fault> {
    let actor = tx.actor().clone();
    match actor.kind {
        ActorKind::Citizen => {
            let Some(person) = actor.person else { return Ok(None) };
            match centre_party::person_by_no(tx, &Scope::Person(person.clone()), &person).await {
                Ok(found) => Ok(Some(Applicant {
                    person: Some(person),
                    employer: None,
                    name: found.name,
                    org_path: found.area,
                })),
                Err(PartyError::PersonNotFound) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
        ActorKind::Employer => {
            let Some(employer_no) = actor.employer else { return Ok(None) };
            let scope = Scope::Employer(employer_no.clone());
            let employer = centre_party::employer_by_no(tx, &scope, &employer_no).await?;
            let (person, name) = match person_no {
                None => (None, employer.name),
                Some(no) => match centre_party::person_by_no(tx, &scope, &PersonNo(no)).await {
                    Ok(person) => (Some(person.no), person.name),
                    Err(PartyError::PersonNotFound) => return Ok(None),
                    Err(error) => return Err(error.into()),
                },
            };
            Ok(Some(Applicant { person, employer: Some(employer_no), name, org_path: employer.area }))
        }
        ActorKind::Staff | ActorKind::System => Ok(None),
    }
}

/// Whether an item is open for applications; a suspended one is refused with the reason given for it.
pub(crate) fn open() -> OpenFn {
    Arc::new(|tx, code| {
        Box::pin(async move {
            government_item::require_published(tx, code).await?;
            Ok(true)
        })
    })
}
