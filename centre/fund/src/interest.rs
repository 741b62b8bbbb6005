//! Yearly interest on a personal account.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{Fen, Month, PersonNo, RegionCode};
use engine_decision::ParameterSet;
use engine_ledger::{Movement, Transfer, transfer_id};
use serde_json::Value;

use crate::books::{PENSION, code, personal, pooled};
use crate::model::{AccountStatus, AccountYearRow};
use crate::rules::{AccountYear, InterestMethod, credit_year, method_in_force};
use crate::{FundError, store};

/// Which method counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterestChoice {
    /// The one the parameter names; refused as long as it is not confirmed.
    InForce,
    /// One chosen by a person who answers for it; recorded with the year.
    Chosen {
        /// Method.
        method: InterestMethod,
        /// Who chose it and why, in Chinese.
        reason: String,
    },
}

/// Credits the interest of one calendar year, after the years before it. Asked again it gives the same row back.
///
/// # Errors
/// [`FundError::Rule`] when the method or the rate is not confirmed, [`FundError::YearOutOfOrder`],
/// [`FundError::YearNotOver`], [`FundError::DrawnOn`] for a year with pension payments, [`FundError::NoAccount`].
pub async fn account_year_interest(
    tx: &mut Tx,
    set: &ParameterSet,
    person: &PersonNo,
    year: i32,
    choice: &InterestChoice,
) -> Result<AccountYearRow, FundError> {
    let account = store::account_lock(tx, &[person.as_str()]).await?.pop();
    let account = account.ok_or_else(|| FundError::NoAccount(person.clone()))?;
    if let Some(done) = store::year_find(tx, person, year).await? {
        return Ok(done);
    }
    let december = Month::new(year, 12).map_err(|_| FundError::YearNotOver(year))?;
    if december.last_day() >= tx.today() {
        return Err(FundError::YearNotOver(year));
    }
    let movements = engine_ledger::movements(tx, &personal(person)).await?;
    let first = movements.first().map(|movement| movement.period.year());
    let next = account.interest_through.map(|last| last + 1).or(first);
    match next {
        Some(next) if next == year => {}
        Some(next) => return Err(FundError::YearOutOfOrder { asked: year, next }),
        None => return Err(FundError::NoAccount(person.clone())),
    }
    if matches!(account.status, AccountStatus::Closed) || drawn_on(&movements, year) {
        return Err(FundError::DrawnOn(year));
    }
    let region = RegionCode::SHANGHAI;
    let (method, chosen) = match choice {
        InterestChoice::InForce => (method_in_force(year, region, set)?, None),
        InterestChoice::Chosen { method, reason } => (*method, Some(reason.clone())),
    };
    let facts = facts(&movements, year, region);
    let (credit, derivation) = credit_year(&facts, method, set)?;
    if credit.interest.0 > 0 {
        let period = engine_ledger::open_period(tx, PENSION, december).await?;
        engine_ledger::post(tx, &[transfer(person, year, credit.interest, period)]).await?;
    }
    let row = AccountYearRow {
        year,
        opening: facts.opening,
        contributed: credit.contributed,
        interest: credit.interest,
        balance: credit.balance,
        method: method.code().to_owned(),
        chosen,
        derivation: Value::Array(derivation.to_values()),
    };
    store::year_add(tx, person, &row).await?;
    Ok(row)
}

/// Interest is credited to the person at the pooled fund's expense.
fn transfer(person: &PersonNo, year: i32, amount: Fen, period: Month) -> Transfer {
    Transfer {
        id: transfer_id(&["interest", person.as_str(), &year.to_string()]),
        owner: person.0.clone(),
        debit: pooled(PENSION),
        credit: personal(person),
        amount,
        code: code::INTEREST,
        period,
        effective: period.last_day(),
        case_no: None,
        reference: format!("{year} 年度利息"),
    }
}

fn drawn_on(movements: &[Movement], year: i32) -> bool {
    movements.iter().any(|m| m.period.year() <= year && m.code == code::PAID_ACCOUNT && m.debits != m.credits)
}

/// Opening balance and deposits by month. A late interest posting of an earlier year (booked after that year was
/// closed) belongs to the opening balance.
fn facts(movements: &[Movement], year: i32, region: RegionCode) -> AccountYear {
    let mut opening = Fen::ZERO;
    let mut deposits: BTreeMap<u32, Fen> = BTreeMap::new();
    for movement in movements {
        let net = movement.credits - movement.debits;
        let booked = movement.period.year();
        let is_deposit = movement.code == code::DEPOSIT;
        if booked < year || (booked == year && !is_deposit) {
            opening += net;
        } else if booked == year {
            *deposits.entry(movement.period.month()).or_default() += net;
        }
    }
    AccountYear { year, region, opening, deposits }
}
