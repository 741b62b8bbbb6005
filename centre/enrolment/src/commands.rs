//! What changes who is insured. Who may is decided by the caller: an effect of an item, or another centre.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{EmployerNo, Fault, Fen, Month, PersonNo};
use centre_contribution::{Insurance as Billed, Liability, LiabilityStop, WageDeclaration};
use centre_party::{Employer, EmployerStatus, NewPerson, Person, Scope};
use engine_decision::ParameterSet;
use serde_json::json;
use uuid::Uuid;

use crate::EnrolmentError;
use crate::model::{Insurance, NewEnrolment, Period, PeriodStatus};
use crate::rules::{Facts, Flaw, Wanted, refusals};
use crate::store::period;

/// Document type of all who are enrolled: 居民身份证.
pub(crate) const CITIZEN_ID: &str = "01";

/// People named in one event at most.
const RECIPIENTS: usize = 500;

/// What became of one wanted enrolment.
pub(crate) enum Outcome {
    /// Recorded, with the contribution base when its bounds are published.
    Enrolled(Box<Person>, Option<Fen>),
    /// Nothing was recorded.
    Refused(Vec<Flaw>),
}

/// Enrols a registered person.
///
/// # Errors
/// [`EnrolmentError::Refused`] when the person is insured elsewhere, draws a pension or the months overlap.
pub async fn enrol_one(
    tx: &mut Tx,
    set: &ParameterSet,
    new: &NewEnrolment,
) -> Result<Vec<Period>, EnrolmentError> {
    if new.insurances.is_empty() {
        return Err(EnrolmentError::Form("ins_types"));
    }
    let system = Scope::System("enrolment");
    let employer = centre_party::employer_by_no(tx, &system, &new.employer).await?;
    centre_party::person_lock(tx, std::slice::from_ref(&new.person)).await?;
    let person = centre_party::person_by_no(tx, &system, &new.person).await?;
    let periods = period::of_people(tx, std::slice::from_ref(&new.person)).await?;
    let wanted = Wanted {
        name: person.name.clone(),
        id_no: person.id_no.clone(),
        mobile: None,
        insurances: new.insurances.clone(),
        start: new.start,
        wage: new.wage,
        employment: new.employment.clone(),
    };
    let facts = Facts { name: None, receiving_from: person.receiving_from, periods: &periods };
    let flaws = refusals(&wanted, &new.employer, &facts);
    if !flaws.is_empty() {
        return Err(EnrolmentError::Refused(flaws));
    }
    record(tx, set, &employer, std::slice::from_ref(new)).await?;
    let mut now = period::of_staff(tx, &new.employer, &[new.person.as_str()]).await?;
    now.retain(|period| period.start == new.start && new.insurances.contains(&period.insurance));
    Ok(now)
}

/// Enrols what is wanted, one outcome each in the order given. New people are registered. Everyone concerned is locked
/// before their periods are read, so that two employers can't both succeed.
pub(crate) async fn enrol_many(
    tx: &mut Tx,
    set: &ParameterSet,
    employer: &Employer,
    wanted: &[Wanted],
) -> Result<Vec<Outcome>, EnrolmentError> {
    in_good_standing(employer)?;
    let people = registered(tx, employer, wanted).await?;
    let numbers: Vec<PersonNo> = people.iter().map(|person| person.no.clone()).collect();
    centre_party::person_lock(tx, &numbers).await?;
    let mut periods: BTreeMap<PersonNo, Vec<Period>> = BTreeMap::new();
    for one in period::of_people(tx, &numbers).await? {
        periods.entry(one.person.clone()).or_default().push(one);
    }
    let mut new = Vec::new();
    let mut refused = Vec::with_capacity(wanted.len());
    for (wanted, person) in wanted.iter().zip(&people) {
        let known = periods.get(&person.no).map_or(&[][..], Vec::as_slice);
        let facts = Facts { name: Some(&person.name), receiving_from: person.receiving_from, periods: known };
        let flaws = refusals(wanted, &employer.no, &facts);
        if flaws.is_empty() {
            new.push(enrolment(wanted, &person.no, &employer.no));
        }
        refused.push(flaws);
    }
    let mut bases = record(tx, set, employer, &new).await?.into_iter();
    Ok(people
        .into_iter()
        .zip(refused)
        .map(|(person, flaws)| {
            if flaws.is_empty() {
                Outcome::Enrolled(Box::new(person), bases.next().flatten())
            } else {
                Outcome::Refused(flaws)
            }
        })
        .collect())
}

pub(crate) fn in_good_standing(employer: &Employer) -> Result<(), EnrolmentError> {
    if employer.status == EmployerStatus::Active { Ok(()) } else { Err(EnrolmentError::EmployerClosed) }
}

fn enrolment(wanted: &Wanted, person: &PersonNo, employer: &EmployerNo) -> NewEnrolment {
    NewEnrolment {
        person: person.clone(),
        employer: employer.clone(),
        insurances: wanted.insurances.clone(),
        start: wanted.start,
        wage: wanted.wage,
        employment: wanted.employment.clone(),
    }
}

/// The people wanted, in the order given; who is not in the register yet goes into it.
async fn registered(
    tx: &mut Tx,
    employer: &Employer,
    wanted: &[Wanted],
) -> Result<Vec<Person>, EnrolmentError> {
    let known = by_id_no(tx, wanted).await?;
    let new: Vec<NewPerson> = wanted
        .iter()
        .filter(|wanted| !known.contains_key(&wanted.id_no))
        .map(|wanted| NewPerson {
            name: wanted.name.clone(),
            id_type: CITIZEN_ID.into(),
            id_no: wanted.id_no.clone(),
            birth: None,
            sex: None,
            hukou: wanted.employment.hukou.clone(),
            mobile: wanted.mobile.clone(),
            address: None,
            area: employer.area.clone(),
            first_work_date: None,
        })
        .collect();
    let mut known = known;
    if !new.is_empty() {
        centre_party::person_register_many(tx, &new).await?;
        known = by_id_no(tx, wanted).await?;
    }
    let find = |wanted: &Wanted| known.get(&wanted.id_no).cloned().ok_or(EnrolmentError::Moved);
    wanted.iter().map(find).collect()
}

pub(crate) async fn by_id_no(
    tx: &mut Tx,
    wanted: &[Wanted],
) -> Result<BTreeMap<String, Person>, EnrolmentError> {
    let ids: Vec<String> = wanted.iter().map(|wanted| wanted.id_no.clone()).collect();
    let scope = Scope::System("enrolment by document number");
    let found = centre_party::people_by_id_no(tx, &scope, CITIZEN_ID, &ids).await?;
    Ok(found.into_iter().map(|person| (person.id_no.clone(), person)).collect())
}

/// Records enrolments that nothing stands against, bills them and tells the people. Returns each one's base.
async fn record(
    tx: &mut Tx,
    set: &ParameterSet,
    employer: &Employer,
    new: &[NewEnrolment],
) -> Result<Vec<Option<Fen>>, EnrolmentError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<period::NewPeriod<'_>> = Vec::new();
    for one in new {
        rows.extend(one.insurances.iter().map(|insurance| (tx.new_id::<Uuid>(), *insurance, one)));
    }
    if period::add(tx, &rows).await?.len() != rows.len() {
        return Err(EnrolmentError::Moved);
    }
    let joined: Vec<_> = new.iter().map(|one| (one.person.clone(), one.employment.hire_date)).collect();
    centre_party::staff_join(tx, &employer.no, &joined).await?;
    let owed: Vec<Liability> = rows.iter().map(|(_, insurance, one)| liability(*insurance, one)).collect();
    centre_contribution::liability_start(tx, &owed).await.map_err(contribution)?;
    let declared: Vec<WageDeclaration> = new
        .iter()
        .map(|one| WageDeclaration {
            person: one.person.clone(),
            employer: one.employer.clone(),
            from: one.start,
            wage: one.wage,
        })
        .collect();
    let bases = centre_contribution::wage_declare(tx, set, &declared).await.map_err(contribution)?;
    tell(tx, employer, new, rows[0].0).await?;
    Ok(bases)
}

fn liability(insurance: Insurance, one: &NewEnrolment) -> Liability {
    Liability {
        person: one.person.clone(),
        employer: one.employer.clone(),
        insurance: billed(insurance),
        from: one.start,
        to: None,
    }
}

pub(crate) fn billed(insurance: Insurance) -> Billed {
    match insurance {
        Insurance::Pension => Billed::Pension,
        Insurance::Unemployment => Billed::Unemployment,
        Insurance::Medical => Billed::Medical,
        Insurance::Injury => Billed::Injury,
    }
}

fn contribution(error: centre_contribution::ContributionError) -> EnrolmentError {
    EnrolmentError::Contribution(Box::new(Fault::from(error)))
}

/// One event for people who share month and insurances: `enrolment.enrolled`.
async fn tell(
    tx: &mut Tx,
    employer: &Employer,
    new: &[NewEnrolment],
    first: Uuid,
) -> Result<(), EnrolmentError> {
    let mut groups: BTreeMap<(Month, &[Insurance]), Vec<&PersonNo>> = BTreeMap::new();
    for one in new {
        groups.entry((one.start, &one.insurances)).or_default().push(&one.person);
    }
    let case = tx.ctx().case.clone();
    let mut part = 0_u32;
    for ((start, insurances), people) in groups {
        for people in people.chunks(RECIPIENTS) {
            let payload = json!({
                "case_no": case,
                "template": "employee-enrolled",
                "recipients": people.iter().map(|no| json!({ "person_no": no })).collect::<Vec<_>>(),
                "variables": {
                    "employer_name": employer.name,
                    "start_month": start,
                    "insurances": Insurance::short_list(insurances),
                },
            });
            base_jobs::enqueue_event(tx, "enrolment.enrolled", &format!("{first}:{part}"), &payload).await?;
            part += 1;
        }
    }
    Ok(())
}

/// Ends a person's insurances with an employer; none named means all. `last` is the last month insured, `reason` a
/// code of catalogue/codes/stop_reason.
///
/// # Errors
/// [`EnrolmentError::Party`] when there is nothing to end.
pub async fn stop(
    tx: &mut Tx,
    employer: &EmployerNo,
    person: &PersonNo,
    insurances: &[Insurance],
    last: Month,
    reason: &str,
) -> Result<(), EnrolmentError> {
    centre_party::person_lock(tx, std::slice::from_ref(person)).await?;
    let mut open = period::of_staff(tx, employer, &[person.as_str()]).await?;
    open.retain(|period| period.status == PeriodStatus::Active);
    let all = open.len();
    open.retain(|period| insurances.is_empty() || insurances.contains(&period.insurance));
    if open.is_empty() {
        return Err(centre_party::PartyError::PersonNotFound.into());
    }
    close(tx, person, &open, PeriodStatus::Stopped, last, Some(reason)).await?;
    if open.len() == all {
        centre_party::staff_leave(tx, employer, &[(person.clone(), last.last_day())]).await?;
    }
    Ok(())
}

/// Ends all insurances of a person who draws a pension from `from_month` on. Called by the benefit centre; nothing
/// happens to who is not insured.
///
/// # Errors
/// [`EnrolmentError::Db`].
pub async fn retire(tx: &mut Tx, person: &PersonNo, from_month: Month) -> Result<(), EnrolmentError> {
    centre_party::person_lock(tx, std::slice::from_ref(person)).await?;
    let mut open = period::of_people(tx, std::slice::from_ref(person)).await?;
    open.retain(|period| period.status == PeriodStatus::Active);
    let last = from_month.plus(-1);
    close(tx, person, &open, PeriodStatus::Retired, last, Some("6308")).await?;
    let employers: std::collections::BTreeSet<&EmployerNo> =
        open.iter().map(|period| &period.employer).collect();
    for employer in employers {
        centre_party::staff_leave(tx, employer, &[(person.clone(), last.last_day())]).await?;
    }
    Ok(())
}

/// Takes [`retire`] back: what it ended goes on.
///
/// # Errors
/// [`EnrolmentError::Moved`] when the person was enrolled elsewhere since.
pub async fn unretire(tx: &mut Tx, person: &PersonNo, from_month: Month) -> Result<(), EnrolmentError> {
    centre_party::person_lock(tx, std::slice::from_ref(person)).await?;
    let mut ended = period::of_people(tx, std::slice::from_ref(person)).await?;
    let last = from_month.plus(-1);
    ended.retain(|period| period.status == PeriodStatus::Retired && period.end == Some(last));
    let ids: Vec<Uuid> = ended.iter().map(|period| period.id).collect();
    period::reopen(tx, person, &ids, from_month).await?;
    let mut owed = Vec::new();
    for period in &ended {
        centre_party::staff_join(tx, &period.employer, &[(person.clone(), period.hire_date)]).await?;
        owed.push(Liability {
            person: person.clone(),
            employer: period.employer.clone(),
            insurance: billed(period.insurance),
            from: period.start,
            to: None,
        });
    }
    centre_contribution::liability_start(tx, &owed).await.map_err(contribution)
}

async fn close(
    tx: &mut Tx,
    person: &PersonNo,
    open: &[Period],
    status: PeriodStatus,
    last: Month,
    reason: Option<&str>,
) -> Result<(), EnrolmentError> {
    if open.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = open.iter().map(|period| period.id).collect();
    period::close(tx, person, &ids, status, last, reason).await?;
    let stops: Vec<LiabilityStop> = open
        .iter()
        .map(|period| LiabilityStop {
            person: person.clone(),
            employer: period.employer.clone(),
            insurance: billed(period.insurance),
            last,
        })
        .collect();
    centre_contribution::liability_stop(tx, &stops).await.map_err(contribution)
}
