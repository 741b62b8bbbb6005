//! What may be asked of enrolment.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{EmployerNo, Fen, Month, PersonNo};
use base_web::PageQuery;
use centre_party::{Person, Scope};

use crate::EnrolmentError;
use crate::model::{Insurance, Period, PeriodStatus};
use crate::store::period;

/// One member of an employer's staff.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// Person.
    pub person: Person,
    /// Periods active with this employer.
    pub periods: Vec<Period>,
    /// Declared wage in force, fen.
    pub wage: Option<Fen>,
}

/// A person's periods within a scope, oldest first.
///
/// # Errors
/// [`EnrolmentError::Party`] when the person is outside the scope.
pub async fn history(tx: &mut Tx, scope: &Scope, person: &PersonNo) -> Result<Vec<Period>, EnrolmentError> {
    centre_party::person_by_no(tx, scope, person).await?;
    period::of_people(tx, std::slice::from_ref(person)).await
}

/// Whether the person is insured through the employer now.
///
/// # Errors
/// [`EnrolmentError::Db`].
pub async fn employs(tx: &mut Tx, employer: &EmployerNo, person: &PersonNo) -> Result<bool, EnrolmentError> {
    period::employs(tx, employer, person).await
}

/// The employer through which the person is insured now: pension first, then the latest of the others.
///
/// # Errors
/// [`EnrolmentError::Db`].
pub async fn employer_of(tx: &mut Tx, person: &PersonNo) -> Result<Option<EmployerNo>, EnrolmentError> {
    let periods = period::of_people(tx, std::slice::from_ref(person)).await?;
    let active = periods.into_iter().filter(|period| period.status == PeriodStatus::Active);
    Ok(active
        .max_by_key(|period| (period.insurance == Insurance::Pension, period.start))
        .map(|one| one.employer))
}

/// Months enrolled in an insurance up to `through`, each once. Paid months are the contribution centre's.
///
/// # Errors
/// [`EnrolmentError::Db`].
pub async fn months_insured(
    tx: &mut Tx,
    person: &PersonNo,
    insurance: Insurance,
    through: Month,
) -> Result<u32, EnrolmentError> {
    let periods = period::of_people(tx, std::slice::from_ref(person)).await?;
    let mut counted: Option<Month> = None;
    let mut months = 0;
    for period in periods.iter().filter(|period| period.insurance == insurance) {
        // Ordered by start: only injury periods may overlap, and a month counts once.
        let from = counted.map_or(period.start, |last| period.start.max(last.plus(1)));
        let last = period.end.map_or(through, |end| end.min(through));
        if last >= from {
            months += period.months_within(from, through);
            counted = Some(last);
        }
    }
    Ok(months)
}

/// An employer's staff, with the exact total. `scope` is the reader's.
///
/// # Errors
/// [`EnrolmentError::Party`] when the employer is outside the scope.
pub async fn staff_list(
    tx: &mut Tx,
    scope: &Scope,
    employer: &EmployerNo,
    query: Option<&str>,
    page: PageQuery,
) -> Result<(Vec<StaffMember>, i64), EnrolmentError> {
    centre_party::employer_by_no(tx, scope, employer).await?;
    let (staff, total) = centre_party::staff_of_employer(tx, employer, query, page).await?;
    let numbers: Vec<&str> = staff.iter().map(|(person, _)| person.no.as_str()).collect();
    let mut periods: BTreeMap<PersonNo, Vec<Period>> = BTreeMap::new();
    for one in period::of_staff(tx, employer, &numbers).await? {
        if one.status == PeriodStatus::Active {
            periods.entry(one.person.clone()).or_default().push(one);
        }
    }
    let month = Month::of(tx.today())?;
    let people: Vec<PersonNo> = staff.iter().map(|(person, _)| person.no.clone()).collect();
    let wages = centre_contribution::wages(tx, employer, &people, month)
        .await
        .map_err(|error| EnrolmentError::Contribution(Box::new(error.into())))?;
    let member = |(person, _): (Person, _)| {
        let periods = periods.remove(&person.no).unwrap_or_default();
        // Declared for the next month only: what was declared at enrolment.
        let wage = wages.get(&person.no).copied().or_else(|| periods.first().map(|one| one.wage));
        StaffMember { person, periods, wage }
    };
    Ok((staff.into_iter().map(member).collect(), total))
}
