//! What moved in each year of an account.

use std::collections::BTreeMap;

use base_db::Tx;
use base_kernel::{Fen, PersonNo};

use crate::FundError;
use crate::books::{code, personal};
use crate::model::{AccountStatement, StatementYear};

/// The account of a person with its years, latest first.
///
/// # Errors
/// [`FundError::Ledger`].
pub async fn account_statement(tx: &mut Tx, person: &PersonNo) -> Result<AccountStatement, FundError> {
    let mut years: BTreeMap<i32, StatementYear> = BTreeMap::new();
    for movement in engine_ledger::movements(tx, &personal(person)).await? {
        let year = movement.period.year();
        let row = years.entry(year).or_insert_with(|| StatementYear { year, ..StatementYear::default() });
        // A reversal carries the code of what it takes back, on the other side.
        let net = movement.credits - movement.debits;
        match movement.code {
            code::DEPOSIT => row.contributed_fen += net,
            code::CARRIED => row.carried_fen += net,
            code::INTEREST => row.interest_fen += net,
            _ => row.paid_fen -= net,
        }
        row.balance_fen += net;
    }
    let mut balance = Fen::ZERO;
    for row in years.values_mut() {
        balance += row.balance_fen;
        row.balance_fen = balance;
    }
    Ok(AccountStatement { balance_fen: balance, years: years.into_values().rev().collect() })
}
