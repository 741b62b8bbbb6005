//! Tests of the crate; what they share stands here.

#![expect(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod payments;
mod routes;

use base_db::Tx;
use base_kernel::{Actor, Fen, Month, PersonNo};
use base_testdb::TestDb;
use engine_decision::ParameterSet;

use crate::{Booked, Deposit, LevyReceipt, MIGRATIONS, Payer, Pooled};

pub(crate) async fn database() -> TestDb {
    TestDb::new(&[engine_ledger::MIGRATIONS, MIGRATIONS]).await
}

pub(crate) async fn system(db: &TestDb) -> Tx {
    db.begin_as(Actor::system()).await
}

pub(crate) fn person(number: u32) -> PersonNo {
    PersonNo(format!("31{number:08}"))
}

pub(crate) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub(crate) fn shipped() -> ParameterSet {
    centre_policy::shipped().unwrap()
}

/// 800 yuan on the account and 1,600 in the pool, for a month.
pub(crate) fn receipt(who: &PersonNo, of: &str) -> LevyReceipt {
    LevyReceipt {
        reference: format!("R-{who}-{of}"),
        payer: Payer::Person(who.clone()),
        booked: Booked::In(month(of)),
        arrived: month(of).last_day(),
        case_no: None,
        deposits: vec![Deposit { person: who.clone(), month: month(of), amount: Fen(80_000) }],
        pooled: vec![
            Pooled { insurance: "110".into(), month: month(of), amount: Fen(160_000) },
            Pooled { insurance: "210".into(), month: month(of), amount: Fen(10_000) },
        ],
    }
}
