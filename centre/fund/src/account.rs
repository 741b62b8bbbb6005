//! Standing and balance of personal accounts.

use base_db::Tx;
use base_kernel::{Fen, Month, PersonNo};
use engine_ledger::{Side, Transfer, transfer_id};
use serde_json::json;

use crate::books::{PENSION, code, personal, treasury};
use crate::model::{AccountStatus, AccountYearRow};
use crate::{FundError, store};

/// Balance of a personal account, fen; zero when there is none.
///
/// # Errors
/// [`FundError::Ledger`].
pub async fn account_balance(tx: &mut Tx, person: &PersonNo) -> Result<Fen, FundError> {
    Ok(engine_ledger::balance(tx, &personal(person)).await?.on(Side::Credit))
}

/// Standing of a personal account; none when there is none.
///
/// # Errors
/// [`FundError::Db`].
pub async fn account_status(tx: &mut Tx, person: &PersonNo) -> Result<Option<AccountStatus>, FundError> {
    Ok(store::account_find(tx, person).await?.map(|account| account.status))
}

/// Years with interest credited, latest first, each with how its interest came about.
///
/// # Errors
/// [`FundError::Db`].
pub async fn account_years(tx: &mut Tx, person: &PersonNo) -> Result<Vec<AccountYearRow>, FundError> {
    store::years(tx, person).await
}

/// Marks an account as belonging to someone who retired in `month`. Marking it again with the same month changes
/// nothing. A person without account gets one, so that the mark is not lost.
///
/// # Errors
/// [`FundError::NoAccount`] when the account was closed.
pub async fn account_mark_retired(tx: &mut Tx, person: &PersonNo, month: Month) -> Result<(), FundError> {
    mark(tx, person, Some(month)).await
}

/// Takes the mark of retirement back.
///
/// # Errors
/// [`FundError::NoAccount`] when the account was closed.
pub async fn account_unmark_retired(tx: &mut Tx, person: &PersonNo) -> Result<(), FundError> {
    mark(tx, person, None).await
}

async fn mark(tx: &mut Tx, person: &PersonNo, month: Option<Month>) -> Result<(), FundError> {
    store::account_open(tx, &[person.as_str()]).await?;
    store::account_lock(tx, &[person.as_str()]).await?;
    if store::account_set_retired(tx, person, month).await? == 1 {
        return Ok(());
    }
    Err(FundError::NoAccount(person.clone()))
}

/// Brings the balance at the end of `year` over from an older system: one posting, and the year counts as credited, so
/// that interest goes on from there.
///
/// # Errors
/// [`FundError::AlreadyMoving`] unless it is the account's first movement, or the same import again.
pub async fn account_import(
    tx: &mut Tx,
    person: &PersonNo,
    year: i32,
    balance: Fen,
    reference: &str,
) -> Result<(), FundError> {
    store::account_open(tx, &[person.as_str()]).await?;
    store::account_lock(tx, &[person.as_str()]).await?;
    if let Some(known) = store::year_find(tx, person, year).await? {
        let same = known.method == CARRIED && known.balance == balance;
        return if same { Ok(()) } else { Err(FundError::AlreadyMoving(person.clone())) };
    }
    if !engine_ledger::movements(tx, &personal(person)).await?.is_empty() {
        return Err(FundError::AlreadyMoving(person.clone()));
    }
    let december = Month::new(year, 12).map_err(|_| FundError::Amount("a year between 1900 and 2199"))?;
    if balance.0 > 0 {
        let transfer = Transfer {
            id: transfer_id(&["carried", person.as_str(), &year.to_string()]),
            owner: person.0.clone(),
            debit: treasury(PENSION),
            credit: personal(person),
            amount: balance,
            code: code::CARRIED,
            period: engine_ledger::open_period(tx, PENSION, december).await?,
            effective: december.last_day(),
            case_no: None,
            reference: reference.to_owned(),
        };
        engine_ledger::post(tx, &[transfer]).await?;
    }
    let row = AccountYearRow {
        year,
        opening: Fen::ZERO,
        contributed: balance,
        interest: Fen::ZERO,
        balance,
        method: CARRIED.to_owned(),
        chosen: Some(reference.to_owned()),
        derivation: json!([]),
    };
    store::year_add(tx, person, &row).await
}

/// Method of a year that was brought in from an older system.
const CARRIED: &str = "carried";
