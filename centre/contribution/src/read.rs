//! What may be asked.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{EmployerNo, Fen, Month, PersonNo};
use base_web::PageQuery;
use centre_party::Scope;
use engine_decision::{Derivation, ParameterSet};

use crate::ContributionError;
use crate::levy::figures;
use crate::model::{Arrear, DeemedService, Line, PaidMonths};
use crate::rules::{InjuryClass, Insurance};
use crate::store::liability;
use crate::store::line::{self, Filter};

/// A person's lines within a scope, latest first, with the exact total.
///
/// # Errors
/// [`ContributionError::Party`] when the person is outside the scope.
pub async fn history(
    tx: &mut Tx,
    scope: &Scope,
    person: &PersonNo,
    (from, to): (Option<Month>, Option<Month>),
    insurance: Option<Insurance>,
    page: PageQuery,
) -> Result<(Vec<Line>, i64), ContributionError> {
    centre_party::person_by_no(tx, scope, person).await?;
    let insurances = insurance.map(|one| vec![one.code().to_owned()]);
    line::history(tx, person, &Filter { from, to, insurances }, page.limit(), page.offset()).await
}

/// A person's paid lines of some insurances in a span of months, oldest first: for a certificate whose applicant was
/// checked when it was asked for.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn paid_lines(
    tx: &mut Tx,
    person: &PersonNo,
    span: (Month, Month),
    insurances: &[Insurance],
) -> Result<Vec<Line>, ContributionError> {
    let codes: Vec<String> = insurances.iter().map(|one| one.code().to_owned()).collect();
    line::paid_lines(tx, person, span, &codes).await
}

/// Month and base of each paid month of the pension insurance, oldest first: what the average index is made of.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn paid_bases(tx: &mut Tx, person: &PersonNo) -> Result<Vec<(Month, Fen)>, ContributionError> {
    line::paid_bases(tx, person).await
}

/// Paid months of the pension insurance.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn paid_months(tx: &mut Tx, person: &PersonNo) -> Result<u32, ContributionError> {
    line::paid_months(tx, person).await
}

/// Paid months by insurance.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn months_total(tx: &mut Tx, person: &PersonNo) -> Result<Vec<PaidMonths>, ContributionError> {
    line::months_total(tx, person).await
}

/// Unpaid lines of months that are over. The due day within a month is not confirmed (`policy.md` §3.4), so the
/// running month is never in arrears.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn arrears(tx: &mut Tx, person: &PersonNo) -> Result<Vec<Arrear>, ContributionError> {
    let today = Month::of(tx.today()).map_err(|_| ContributionError::Span)?;
    line::arrears(tx, person, today).await
}

/// Months with anything unpaid, each once.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn arrears_months(tx: &mut Tx, person: &PersonNo) -> Result<usize, ContributionError> {
    let mut months: Vec<Month> = arrears(tx, person).await?.into_iter().map(|arrear| arrear.month).collect();
    months.dedup();
    Ok(months.len())
}

/// Deemed contribution on record.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn deemed_service(
    tx: &mut Tx,
    person: &PersonNo,
) -> Result<Option<DeemedService>, ContributionError> {
    line::deemed_find(tx, person).await
}

/// Declared wages in force in a month, by person; people without one are left out.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn wages(
    tx: &mut Tx,
    employer: &EmployerNo,
    people: &[PersonNo],
    on: Month,
) -> Result<BTreeMap<PersonNo, Fen>, ContributionError> {
    let people: Vec<String> = people.iter().map(|person| person.0.clone()).collect();
    liability::wage_current(tx, employer, &people, on).await
}

/// How a line's amounts come about, recomputed from its wage; and whether the parameters of today still give the
/// amounts that were billed.
///
/// # Errors
/// [`ContributionError::Rule`] when the parameters give no figure, as for imported months.
pub fn line_explain(
    set: &ParameterSet,
    line: &Line,
    class: Option<InjuryClass>,
) -> Result<(Derivation, bool), ContributionError> {
    let (figures, derivation) =
        figures(&set.accepting_unconfirmed(), line.insurance, line.wage, line.month, class)?;
    let same = figures.base == line.base
        && figures.employer == line.employer_share
        && figures.personal == line.personal_share
        && figures.account == line.account;
    Ok((derivation, same))
}
