//! Read-only and prefilled fields of forms.

use base_db::Tx;
use base_kernel::{Fault, IdentityNumber};
use base_slice::CaseInput;
use serde_json::{Map, Value, json};

use crate::model::{Person, sex_name};
use crate::{PartyError, subject};

/// `party.applicant`: the person the case is about. Empty as long as it is not known who that is.
pub(crate) async fn applicant(tx: &mut Tx, input: &CaseInput) -> Result<Map<String, Value>, Fault> {
    match subject::subject_of(tx, input).await {
        Ok(person) => Ok(fields(&person)),
        Err(PartyError::PersonNotFound | PartyError::NoScope) => Ok(Map::new()),
        Err(error) => Err(error.into()),
    }
}

fn fields(person: &Person) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    put("person_no", json!(person.no));
    put("name", json!(person.name));
    put("id_type", json!(person.id_type));
    put("id_no", json!(person.id_no));
    put("sex", json!(sex_name(person.sex)));
    let by_document = IdentityNumber::from_stored(&person.id_no).map_or(person.birth, |id| id.birth_date());
    put("birth_id", json!(by_document));
    // The same values under the names of the form that changes them.
    put("old_name", json!(person.name));
    put("old_id_no", json!(person.id_no));
    put("old_birth", json!(person.birth));
    put("old_sex", json!(sex_name(person.sex)));
    if let Some(mobile) = &person.mobile {
        put("mobile", json!(mobile));
    }
    if let Some(birth) = person.archive_birth {
        put("birth_archive", json!(birth));
    }
    if let Some(day) = person.first_work_date {
        put("first_work_date", json!(day));
    }
    put("payee_name", json!(person.name));
    fields
}

/// `party.employer`: the employer that applies. Empty when the case names none.
pub(crate) async fn employer(tx: &mut Tx, input: &CaseInput) -> Result<Map<String, Value>, Fault> {
    let employer = match subject::employer_of(tx, input).await {
        Ok(employer) => employer,
        Err(PartyError::EmployerNotFound) => return Ok(Map::new()),
        Err(error) => return Err(error.into()),
    };
    let mut fields = Map::new();
    fields.insert("employer_no".into(), json!(employer.no));
    fields.insert("employer_name".into(), json!(employer.name));
    fields.insert("uscc".into(), json!(employer.uscc));
    if let Some(name) = &employer.operator_name {
        fields.insert("contact".into(), json!(name));
    }
    if let Some(mobile) = &employer.operator_mobile {
        fields.insert("contact_mobile".into(), json!(mobile));
    }
    Ok(fields)
}
