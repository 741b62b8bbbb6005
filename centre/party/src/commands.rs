//! What changes the registers. Who may is decided by the caller: an effect of an item, or a job.

use base_db::Tx;
use base_kernel::{EmployerNo, FieldFault, IdentityNumber, Month, PersonNo, Sex, Uscc};
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::model::{
    Category, Employer, EmployerStatus, KeyChange, KeyValues, NewEmployer, NewPerson, Person,
};
use crate::store::{employer, person};
use crate::{PartyError, Scope, checks, number};

/// The document type whose numbers carry birth, sex and a check digit: 居民身份证.
pub(crate) const CITIZEN_ID: &str = "01";

/// Registers a person.
///
/// # Errors
/// [`PartyError::IdTaken`], or what is wrong with the fields.
pub async fn person_register(tx: &mut Tx, new: &NewPerson) -> Result<Person, PartyError> {
    let (no, added) =
        person_register_many(tx, std::slice::from_ref(new)).await?.pop().ok_or(PartyError::IdTaken)?;
    if !added {
        return Err(PartyError::IdTaken);
    }
    person::by_no(tx, &Scope::System("just registered"), &no).await?.ok_or(PartyError::PersonNotFound)
}

/// Registers people at once; a document that is registered already keeps its number. Returns each one's number, in
/// the order given, and whether it is new.
///
/// # Errors
/// What is wrong with the first person at fault; then nobody is registered.
pub async fn person_register_many(
    tx: &mut Tx,
    people: &[NewPerson],
) -> Result<Vec<(PersonNo, bool)>, PartyError> {
    let today = tx.today();
    let numbers = person::numbers(tx, people.len()).await?;
    let mut rows = Vec::with_capacity(people.len());
    for (new, nine) in people.iter().zip(numbers) {
        let (birth, sex) = checked(new, today)?;
        rows.push((PersonNo(number::with_check(nine)), new, birth, sex));
    }
    let added = person::add(tx, &rows).await?;
    let scope = Scope::System("registration");
    let registered =
        person::many_by_no(tx, &scope, &added.iter().map(|no| no.0.clone()).collect::<Vec<_>>()).await?;
    let history: Vec<(Option<&Person>, &Person)> = registered.iter().map(|person| (None, person)).collect();
    if !history.is_empty() {
        person::history_add(tx, "register", &history, &json!({})).await?;
    }
    numbers_of(tx, people, &added).await
}

async fn numbers_of(
    tx: &mut Tx,
    people: &[NewPerson],
    added: &[PersonNo],
) -> Result<Vec<(PersonNo, bool)>, PartyError> {
    let mut known = std::collections::BTreeMap::new();
    let types: std::collections::BTreeSet<&str> = people.iter().map(|new| new.id_type.as_str()).collect();
    for id_type in types {
        let ids: Vec<String> =
            people.iter().filter(|new| new.id_type == id_type).map(|new| new.id_no.clone()).collect();
        for found in person::many_by_id_no(tx, &Scope::System("registration"), id_type, &ids).await? {
            known.insert((found.id_type.clone(), found.id_no.clone()), found.no);
        }
    }
    let added: std::collections::BTreeSet<&PersonNo> = added.iter().collect();
    people
        .iter()
        .map(|new| {
            let no = known
                .get(&(new.id_type.clone(), new.id_no.clone()))
                .cloned()
                .ok_or(PartyError::PersonNotFound)?;
            let is_new = added.contains(&no);
            Ok((no, is_new))
        })
        .collect()
}

/// Birth and sex of a new person, after everything was looked at.
fn checked(new: &NewPerson, today: NaiveDate) -> Result<(NaiveDate, Sex), PartyError> {
    let mut fields = Vec::new();
    if new.name.trim().is_empty() || new.name.chars().count() > 100 {
        fields.push(fault("name", "请填写姓名，不超过 100 个字"));
    }
    if new.area.is_empty() {
        fields.push(fault("area", "请选择所属区"));
    }
    if !fields.is_empty() {
        return Err(PartyError::Fields(fields));
    }
    let (birth, sex) = if new.id_type == CITIZEN_ID {
        let id = IdentityNumber::parse(&new.id_no, today).map_err(PartyError::Identity)?;
        if id.as_str() != new.id_no {
            // A blank or a lower-case x: the caller must hand over the normal form, or the index would miss twins.
            return Err(PartyError::Fields(vec![fault("id_no", "证件号码应为 18 位，末位 X 请大写")]));
        }
        (new.birth.unwrap_or_else(|| id.birth_date()), new.sex.unwrap_or_else(|| id.sex()))
    } else {
        let missing = || PartyError::Fields(vec![fault("birth", "请填写出生日期和性别")]);
        (new.birth.ok_or_else(missing)?, new.sex.ok_or_else(missing)?)
    };
    if birth > today {
        return Err(PartyError::Fields(vec![fault("birth", "出生日期不能晚于今天")]));
    }
    Ok((birth, sex))
}

fn fault(field: &str, message: &str) -> FieldFault {
    FieldFault { field: field.to_owned(), message: message.to_owned() }
}

/// Changes name, document number, birth or sex, keeps the record before and after, and tells everyone who stores a
/// copy (`party.key_changed`).
///
/// # Errors
/// [`PartyError::KeyChange`] when nothing changes or the values contradict each other, [`PartyError::IdTaken`],
/// [`PartyError::Moved`].
pub async fn person_change_key(
    tx: &mut Tx,
    no: &PersonNo,
    change: &KeyChange,
) -> Result<(Person, Person), PartyError> {
    let scope = Scope::System("key change decided");
    person::lock(tx, std::slice::from_ref(&no.0)).await?;
    let before = person::by_no(tx, &scope, no).await?.ok_or(PartyError::PersonNotFound)?;
    let outcome = checks::differs(&before, change, tx.today());
    if !outcome.passed {
        return Err(PartyError::KeyChange(Box::new(outcome)));
    }
    let to = change.applied_to(&before);
    let archive_birth = if change.by_archive { change.birth } else { None };
    person::change_key(tx, &before, &to, archive_birth).await?;
    let after = person::by_no(tx, &scope, no).await?.ok_or(PartyError::PersonNotFound)?;
    let basis = Value::Object(change.basis.clone());
    person::history_add(tx, "change_key", &[(Some(&before), &after)], &basis).await?;
    let items: Vec<&str> = change.items();
    let payload = json!({ "person_no": no, "version": after.version, "items": items });
    let key = format!("{no}:{}", after.version);
    base_jobs::enqueue_event(tx, "party.key_changed", &key, &payload).await?;
    Ok((before, after))
}

impl KeyChange {
    /// The values after the change.
    pub(crate) fn applied_to(&self, person: &Person) -> KeyValues {
        KeyValues {
            name: self.name.clone().unwrap_or_else(|| person.name.clone()),
            id_no: self.id_no.clone().unwrap_or_else(|| person.id_no.clone()),
            birth: self.birth.unwrap_or(person.birth),
            sex: self.sex.unwrap_or(person.sex),
        }
    }

    /// Codes of what changes, as the form names them.
    pub(crate) fn items(&self) -> Vec<&'static str> {
        let all = [
            ("name", self.name.is_some()),
            ("id_no", self.id_no.is_some()),
            ("birth", self.birth.is_some()),
            ("sex", self.sex.is_some()),
        ];
        all.into_iter().filter(|(_, changes)| *changes).map(|(item, _)| item).collect()
    }
}

/// Changes contact data; what is none stays.
///
/// # Errors
/// [`PartyError::PersonNotFound`], [`PartyError::Moved`].
pub async fn person_change_contact(
    tx: &mut Tx,
    scope: &Scope,
    no: &PersonNo,
    mobile: Option<&str>,
    address: Option<&str>,
) -> Result<(), PartyError> {
    let before = person::by_no(tx, scope, no).await?.ok_or(PartyError::PersonNotFound)?;
    person::change_contact(tx, &before, mobile, address).await?;
    remember(tx, "change_contact", &before, &json!({})).await
}

/// Records the retirement category with what it rests on, and what the personnel file proves.
///
/// # Errors
/// [`PartyError::Fields`] when the category does not fit the sex, [`PartyError::PersonNotFound`],
/// [`PartyError::Moved`].
pub async fn person_set_category(
    tx: &mut Tx,
    no: &PersonNo,
    category: Category,
    basis: &str,
    archive_birth: Option<NaiveDate>,
    first_work_date: Option<NaiveDate>,
) -> Result<(), PartyError> {
    let scope = Scope::System("category established");
    person::lock(tx, std::slice::from_ref(&no.0)).await?;
    let before = person::by_no(tx, &scope, no).await?.ok_or(PartyError::PersonNotFound)?;
    if (category == Category::M60) != (before.sex == Sex::Male) {
        return Err(PartyError::Fields(vec![fault("category", "退休类别与性别不符")]));
    }
    person::set_category(tx, &before, category, basis, archive_birth, first_work_date).await?;
    remember(tx, "set_category", &before, &json!({ "basis": basis })).await
}

/// Records that a pension is paid from a month on, or (none) that none is paid. Called by the benefit centre.
///
/// # Errors
/// [`PartyError::PersonNotFound`], [`PartyError::Moved`].
pub async fn person_set_receiving(tx: &mut Tx, no: &PersonNo, from: Option<Month>) -> Result<(), PartyError> {
    let scope = Scope::System("pension awarded");
    person::lock(tx, std::slice::from_ref(&no.0)).await?;
    let before = person::by_no(tx, &scope, no).await?.ok_or(PartyError::PersonNotFound)?;
    if before.receiving_from == from {
        return Ok(());
    }
    person::set_receiving(tx, &before, from).await?;
    remember(tx, if from.is_some() { "retire" } else { "unretire" }, &before, &json!({})).await
}

async fn remember(tx: &mut Tx, action: &str, before: &Person, basis: &Value) -> Result<(), PartyError> {
    let scope = Scope::System("history");
    let after = person::by_no(tx, &scope, &before.no).await?.ok_or(PartyError::PersonNotFound)?;
    person::history_add(tx, action, &[(Some(before), &after)], basis).await
}

/// Registers an employer.
///
/// # Errors
/// [`PartyError::UsccTaken`], or what is wrong with the fields.
pub async fn employer_register(tx: &mut Tx, new: &NewEmployer) -> Result<Employer, PartyError> {
    let uscc = Uscc::parse(&new.uscc).map_err(PartyError::Uscc)?;
    let mut fields = Vec::new();
    if new.name.trim().is_empty() || new.name.chars().count() > 200 {
        fields.push(fault("name", "请填写单位名称，不超过 200 个字"));
    }
    if !(1..=8).contains(&new.injury_class) {
        fields.push(fault("injury_class", "工伤行业风险类别应为一类至八类"));
    }
    if new.area.is_empty() {
        fields.push(fault("area", "请选择所属区"));
    }
    if !fields.is_empty() {
        return Err(PartyError::Fields(fields));
    }
    let no = EmployerNo(number::with_check(employer::number(tx).await?));
    let new = NewEmployer { uscc: uscc.as_str().to_owned(), ..new.clone() };
    employer::add(tx, &no, &new).await?;
    let scope = Scope::System("just registered");
    let after = employer::by_no(tx, &scope, &no).await?.ok_or(PartyError::EmployerNotFound)?;
    employer::history_add(tx, "register", None, &after).await?;
    Ok(after)
}

/// Changes the standing of an employer.
///
/// # Errors
/// [`PartyError::EmployerNotFound`], [`PartyError::Moved`].
pub async fn employer_change_status(
    tx: &mut Tx,
    scope: &Scope,
    no: &EmployerNo,
    status: EmployerStatus,
) -> Result<Employer, PartyError> {
    let before = employer::by_no(tx, scope, no).await?.ok_or(PartyError::EmployerNotFound)?;
    employer::set_status(tx, &before, status).await?;
    let after = employer::by_no(tx, scope, no).await?.ok_or(PartyError::EmployerNotFound)?;
    employer::history_add(tx, "change_status", Some(&before), &after).await?;
    Ok(after)
}

/// Puts people on an employer's staff. Called by enrolment.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn staff_join(
    tx: &mut Tx,
    employer_no: &EmployerNo,
    people: &[(PersonNo, NaiveDate)],
) -> Result<(), PartyError> {
    employer::join(tx, employer_no, people).await
}

/// Takes people off an employer's staff, with their last day. Called by enrolment.
///
/// # Errors
/// [`PartyError::Db`].
pub async fn staff_leave(
    tx: &mut Tx,
    employer_no: &EmployerNo,
    people: &[(PersonNo, NaiveDate)],
) -> Result<(), PartyError> {
    employer::leave(tx, employer_no, people).await
}
