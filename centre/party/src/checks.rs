//! Rules of the key data change (SI-CB-023, `items.md` E04).

use base_db::Tx;
use base_kernel::{Fault, FieldFault, IdentityNumber, Sex};
use base_slice::{CaseInput, CheckOutcome};
use chrono::{Months, NaiveDate};
use serde_json::{Map, Value, json};

use crate::commands::CITIZEN_ID;
use crate::model::{KeyChange, Person, sex_from_name};
use crate::{PartyError, Scope, read, subject};

/// Age from which an earlier date of birth needs the department head (E04 R2).
const EARLY_BIRTH_AGE_YEARS: u32 = 50;

/// The change as the form states it; what is not ticked does not change.
pub(crate) fn change_of(form: &Map<String, Value>) -> KeyChange {
    let ticked = |item: &str| {
        form.get("change_items")
            .and_then(Value::as_array)
            .is_some_and(|items| items.iter().any(|i| i.as_str() == Some(item)))
    };
    let text = |item: &str, key: &str| {
        ticked(item)
            .then(|| form.get(key).and_then(Value::as_str).map(|text| text.trim().to_owned()))
            .flatten()
    };
    let mut basis = Map::new();
    for key in ["basis", "basis_doc_no", "basis_date"] {
        if let Some(value) = form.get(key) {
            basis.insert(key.to_owned(), value.clone());
        }
    }
    KeyChange {
        name: text("name", "new_name"),
        id_no: text("id_no", "new_id_no").map(|id| id.to_uppercase()),
        birth: text("birth", "new_birth").and_then(|day| day.parse().ok()),
        sex: text("sex", "new_sex").and_then(|sex| sex_from_name(&sex)),
        by_archive: form.get("basis").and_then(Value::as_str) == Some("archive"),
        basis,
    }
}

/// `party.key_change_differs`: every ticked value is new, and document, birth and sex agree with each other.
pub(crate) async fn key_change_differs(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = match subject::subject_of(tx, input).await {
        Ok(person) => person,
        Err(PartyError::PersonNotFound) => return Ok(unknown_person()),
        Err(error) => return Err(error.into()),
    };
    Ok(differs(&person, &change_of(&input.form), tx.today()))
}

fn unknown_person() -> CheckOutcome {
    failed("未找到该人员，或该人员不是本单位职工", "person_no")
}

fn failed(detail: &str, field: &str) -> CheckOutcome {
    let fields = vec![FieldFault { field: field.to_owned(), message: detail.to_owned() }];
    CheckOutcome { fields, ..CheckOutcome::fail(detail) }
}

/// The rule itself.
pub(crate) fn differs(person: &Person, change: &KeyChange, today: NaiveDate) -> CheckOutcome {
    if change.items().is_empty() {
        return failed("请至少选择一个变更项，并填写新值", "change_items");
    }
    let same = [
        ("new_name", change.name.as_ref() == Some(&person.name), "新姓名与原姓名相同"),
        ("new_id_no", change.id_no.as_ref() == Some(&person.id_no), "新证件号码与原证件号码相同"),
        ("new_birth", change.birth == Some(person.birth), "新出生日期与原出生日期相同"),
        ("new_sex", change.sex == Some(person.sex), "新性别与原性别相同"),
    ];
    if let Some((field, _, detail)) = same.into_iter().find(|(_, same, _)| *same) {
        return failed(detail, field);
    }
    if change.name.as_ref().is_some_and(|name| name.is_empty() || name.chars().count() > 100) {
        return failed("请填写新姓名，不超过 100 个字", "new_name");
    }
    if person.id_type == CITIZEN_ID {
        agrees_with_document(person, change, today)
    } else {
        CheckOutcome::pass()
    }
}

fn agrees_with_document(person: &Person, change: &KeyChange, today: NaiveDate) -> CheckOutcome {
    let after = change.applied_to(person);
    let id = match IdentityNumber::parse(&after.id_no, today) {
        Ok(id) => id,
        Err(error) => return failed(&error.to_string(), "new_id_no"),
    };
    if id.as_str() != after.id_no {
        return failed("证件号码应为 18 位", "new_id_no");
    }
    // The personnel file may prove a birth date the document does not show (劳社部发〔1999〕8号); a record that
    // differed before stays as it was unless birth or document are touched.
    let touched = change.birth.is_some() || change.id_no.is_some();
    if touched && !change.by_archive && id.birth_date() != after.birth {
        let detail = "出生日期与公民身份号码不一致：请同时变更另一项，或选择“档案认定”";
        return failed(detail, if change.birth.is_some() { "new_birth" } else { "new_id_no" });
    }
    if (change.sex.is_some() || change.id_no.is_some()) && id.sex() != after.sex {
        let detail = "性别与公民身份号码不一致：请同时变更另一项";
        return failed(detail, if change.sex.is_some() { "new_sex" } else { "new_id_no" });
    }
    CheckOutcome::pass()
}

/// `party.key_change_receiving`: who draws a pension changes the date of birth by personnel file only (E04 R1).
pub(crate) async fn key_change_receiving(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let change = change_of(&input.form);
    let person = match subject::subject_of(tx, input).await {
        Ok(person) => person,
        Err(PartyError::PersonNotFound) => return Ok(unknown_person()),
        Err(error) => return Err(error.into()),
    };
    let mut outcome = match (person.receiving_from, change.birth, change.by_archive) {
        (Some(from), Some(_), false) => {
            failed(&format!("该人员自 {from} 起领取养老金，变更出生日期应以档案认定为依据"), "basis")
        }
        _ => CheckOutcome::pass(),
    };
    outcome.facts.insert("receiving_from".into(), json!(person.receiving_from));
    Ok(outcome)
}

/// `party.id_not_taken`: no other active person has the new number (E04 R3).
pub(crate) async fn id_not_taken(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = match subject::subject_of(tx, input).await {
        Ok(person) => person,
        Err(PartyError::PersonNotFound) => return Ok(unknown_person()),
        Err(error) => return Err(error.into()),
    };
    let Some(id_no) = change_of(&input.form).id_no else { return Ok(CheckOutcome::pass()) };
    let scope = Scope::System("uniqueness of document numbers");
    let other = read::person_by_id_no(tx, &scope, &person.id_type, &id_no).await?;
    Ok(match other {
        Some(other) if other.no != person.no => {
            failed("新证件号码已登记在其他人员名下，一人多号请办理个人账户合并", "new_id_no")
        }
        _ => CheckOutcome::pass(),
    })
}

/// `party.key_change_early_birth`: an earlier birth at fifty or older goes to the department head (E04 R2).
pub(crate) async fn key_change_early_birth(tx: &mut Tx, input: &CaseInput) -> Result<CheckOutcome, Fault> {
    let person = match subject::subject_of(tx, input).await {
        Ok(person) => person,
        Err(PartyError::PersonNotFound) => return Ok(unknown_person()),
        Err(error) => return Err(error.into()),
    };
    let Some(birth) = change_of(&input.form).birth else { return Ok(CheckOutcome::pass()) };
    let fifty = age_reached(birth, EARLY_BIRTH_AGE_YEARS);
    if birth < person.birth && fifty <= tx.today() {
        let days = (person.birth - birth).num_days();
        return Ok(CheckOutcome::fail(format!(
            "年满 {EARLY_BIRTH_AGE_YEARS} 周岁，出生日期提前 {days} 天，需提级审批"
        )));
    }
    Ok(CheckOutcome::pass())
}

fn age_reached(birth: NaiveDate, years: u32) -> NaiveDate {
    birth.checked_add_months(Months::new(years * 12)).unwrap_or(NaiveDate::MAX)
}

/// Whether a change of key data touches a pension: drawn already, or within five years of the original age
/// (`items.md` E04 `affects_pension`). Without an established category the youngest age of the sex counts.
pub(crate) fn affects_pension(person: &Person, today: NaiveDate) -> bool {
    let original_years = match (person.category, person.sex) {
        (Some(crate::Category::M60), _) | (None, Sex::Male) => 60,
        (Some(crate::Category::F55), _) => 55,
        (Some(crate::Category::F50), _) | (None, Sex::Female) => 50,
    };
    person.receiving_from.is_some() || age_reached(person.birth, original_years - 5) <= today
}
