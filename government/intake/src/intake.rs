//! What intake needs to work.

use std::sync::Arc;

use base_db::Tx;
use base_files::Files;
use base_kernel::{ActorKind, EmployerNo, PersonNo};
use base_slice::{CaseInput, Step};
use government_casework::Desk;
use government_item::{Audience, Entry};
use serde_json::{Map, Value};

use crate::error::Error;

/// Who an application is for, as the party centre knows it.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Person it is about.
    pub person: Option<PersonNo>,
    /// Employer that applies.
    pub employer: Option<EmployerNo>,
    /// Name shown on the case.
    pub name: String,
    /// Place in the organisation tree that handles it.
    pub org_path: String,
}

/// Finds out who an application is for: the actor, or the person of that number when the acting employer employs
/// them. Anybody else's number is answered as not found.
pub type ApplicantFn =
    Arc<dyn for<'a> Fn(&'a mut Tx, Option<String>) -> Step<'a, Option<Applicant>> + Send + Sync>;

/// Whether an item is open for applications now; asked of `government-item` at every new draft and submission.
pub type OpenFn = Arc<dyn for<'a> Fn(&'a mut Tx, &'a str) -> Step<'a, bool> + Send + Sync>;

/// Intake with everything it needs; cheap to clone.
#[derive(Clone)]
pub struct Intake {
    /// Casework, with catalogue and registry.
    pub desk: Desk,
    /// Stored files.
    pub files: Files,
    /// Who an application is for.
    pub applicant: ApplicantFn,
    /// Whether an item is open for applications.
    pub open: OpenFn,
}

impl Intake {
    /// The version of an item that new applications use, if the actor may apply for it.
    pub(crate) async fn open_item(&self, tx: &mut Tx, code: &str) -> Result<Arc<Entry>, Error> {
        let short: String = code.chars().take(40).collect();
        let entry =
            self.desk.catalogue.current(code).ok_or_else(|| Error::ItemNotAvailable(short.clone()))?;
        if !(self.open)(tx, code).await? {
            return Err(Error::ItemNotAvailable(short));
        }
        let audience = match tx.actor().kind {
            ActorKind::Citizen => Audience::Person,
            ActorKind::Employer => Audience::Employer,
            ActorKind::Staff | ActorKind::System => return Err(Error::NotForYou),
        };
        if entry.item.audience.contains(&audience) { Ok(entry) } else { Err(Error::NotForYou) }
    }

    /// Who the form is for. The actor alone when the item is about nobody in particular.
    pub(crate) async fn applicant_of(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        form: &Map<String, Value>,
    ) -> Result<Option<Applicant>, Error> {
        let own = tx.actor().kind == ActorKind::Citizen || entry.item.field("person_no").is_none();
        let typed =
            form.get("person_no").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        if !own && typed.is_none() {
            return Ok(None);
        }
        let typed = if own { None } else { typed.map(|text| text.chars().take(20).collect()) };
        Ok((self.applicant)(tx, typed).await?)
    }

    /// The fields the system fills in, source by source.
    pub(crate) async fn sourced(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        applicant: &Applicant,
        form: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Error> {
        let registry = self
            .desk
            .registry
            .get()
            .ok_or_else(|| Error::Fault(base_kernel::Fault::internal("slices are not folded yet")))?;
        let mut form = form.clone();
        let mut filled = Map::new();
        for source in &entry.item.sources {
            let run = registry
                .find_source(&source.name, entry.item.code.as_str())
                .map_err(|missing| Error::Fault(base_kernel::Fault::internal(missing)))?;
            let input = input(entry, applicant, &form, source.args.clone());
            for (key, value) in run(tx, &input).await? {
                if entry.item.field(&key).is_some() {
                    form.insert(key.clone(), value.clone());
                    filled.insert(key, value);
                }
            }
        }
        Ok(filled)
    }
}

pub(crate) fn input(
    entry: &Entry,
    applicant: &Applicant,
    form: &Map<String, Value>,
    args: Map<String, Value>,
) -> CaseInput {
    CaseInput {
        item: entry.item.code.clone(),
        case_no: None,
        person: applicant.person.clone(),
        employer: applicant.employer.clone(),
        form: form.clone(),
        computed: Map::new(),
        args,
    }
}
