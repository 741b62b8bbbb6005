//! Who is billed, on which wage. Called by enrolment.

use base_db::Tx;
use base_kernel::{Fen, PersonNo, RegionCode};
use engine_decision::{ParameterError, ParameterSet, RuleError};

use crate::ContributionError;
use crate::model::{DeemedService, Liability, LiabilityStop, WageDeclaration};
use crate::rules::clamp_base;
use crate::store::{self, liability, line};

/// Bills these people through these employers from a month on. Starting the same liability again changes its end only.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn liability_start(tx: &mut Tx, list: &[Liability]) -> Result<(), ContributionError> {
    if list.is_empty() {
        return Ok(());
    }
    store::gate(tx, list.iter().map(|liability| &liability.employer)).await?;
    liability::start(tx, list).await
}

/// Ends liabilities with their last month; bills beyond it that nobody paid are cancelled. A liability that ends
/// earlier already stays as it is.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn liability_stop(tx: &mut Tx, list: &[LiabilityStop]) -> Result<(), ContributionError> {
    if list.is_empty() {
        return Ok(());
    }
    store::gate(tx, list.iter().map(|stop| &stop.employer)).await?;
    liability::stop(tx, list).await
}

/// Records declared wages and returns each one's contribution base: the wage held within the bounds of its first
/// month, none while those are not published. The wage itself is kept, so that later bounds apply to it.
///
/// # Errors
/// [`ContributionError::Rule`] for a wage out of range.
pub async fn wage_declare(
    tx: &mut Tx,
    set: &ParameterSet,
    list: &[WageDeclaration],
) -> Result<Vec<Option<Fen>>, ContributionError> {
    let mut bases = Vec::with_capacity(list.len());
    for declaration in list {
        bases.push(match clamp_base(declaration.wage, declaration.from, RegionCode::SHANGHAI, set) {
            Ok((base, _)) => Some(base),
            Err(RuleError::Parameter(
                ParameterError::Missing { .. } | ParameterError::Unconfirmed { .. },
            )) => None,
            Err(error) => return Err(error.into()),
        });
    }
    if !list.is_empty() {
        store::gate(tx, list.iter().map(|declaration| &declaration.employer)).await?;
        let rows: Vec<_> = list.iter().zip(bases.iter().copied()).collect();
        liability::wage_add(tx, &rows).await?;
    }
    Ok(bases)
}

/// Records deemed contribution (视同缴费) as established from the personnel file; what was on record is replaced.
///
/// # Errors
/// [`ContributionError::Deemed`] when the months contradict each other.
pub async fn deemed_record(
    tx: &mut Tx,
    person: &PersonNo,
    service: &DeemedService,
) -> Result<(), ContributionError> {
    if service.months > 840 || service.months_to_1992 > service.months || service.virtual_account.0 < 0 {
        return Err(ContributionError::Deemed);
    }
    line::deemed_put(tx, person, service).await
}
