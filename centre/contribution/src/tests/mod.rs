//! Tests of the crate; what they share stands here.

#![expect(clippy::unwrap_used, reason = "tests")]

mod history;
mod levy;
mod receipts;
mod routes;
mod workers;

use std::sync::LazyLock;

use base_db::Tx;
use base_kernel::{Actor, EmployerNo, Fen, Month, PersonNo};
use base_testdb::TestDb;
use centre_party::{NewEmployer, NewPerson};
use engine_decision::ParameterSet;

use crate::{Insurance, Liability, MIGRATIONS, Unconfirmed, WageDeclaration, liability_start, wage_declare};

pub(crate) static SHIPPED: LazyLock<ParameterSet> = LazyLock::new(|| centre_policy::shipped().unwrap());
pub(crate) const FOUR: [Insurance; 4] =
    [Insurance::Pension, Insurance::Medical, Insurance::Unemployment, Insurance::Injury];
const USCC: [&str; 4] =
    ["91310115MA1K3ABC99", "91110000600037341L", "913100001234567883", "12310000425000014Y"];

pub(crate) async fn database() -> TestDb {
    TestDb::new(&[
        base_jobs::MIGRATIONS,
        engine_ledger::MIGRATIONS,
        centre_party::MIGRATIONS,
        centre_fund::MIGRATIONS,
        MIGRATIONS,
    ])
    .await
}

pub(crate) async fn system(db: &TestDb) -> Tx {
    db.begin_as(Actor::system()).await
}

pub(crate) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub(crate) fn accept() -> Unconfirmed {
    Unconfirmed::Accept { reason: "测试".into() }
}

/// The employer with that place in the list, of a risk class.
pub(crate) async fn employer(tx: &mut Tx, place: usize, injury_class: i16) -> EmployerNo {
    let new = NewEmployer {
        uscc: USCC[place].into(),
        name: format!("测试单位{place}"),
        area: "310000/310104".into(),
        industry: None,
        injury_class,
        operator_name: None,
        operator_mobile: None,
    };
    centre_party::employer_register(tx, &new).await.unwrap().no
}

/// A synthetic person by number, born on 1980-01-01.
pub(crate) async fn person(tx: &mut Tx, number: u32) -> PersonNo {
    let first17 = format!("31010419800101{number:03}");
    let fits = |check: char| {
        let id = format!("{first17}{check}");
        base_kernel::IdentityNumber::from_stored(&id).is_ok().then_some(id)
    };
    let new = NewPerson {
        name: format!("测试{number}"),
        id_type: "01".into(),
        id_no: "0123456789X".chars().find_map(fits).unwrap(),
        birth: None,
        sex: None,
        hukou: None,
        mobile: None,
        address: None,
        area: "310000/310104".into(),
        first_work_date: None,
    };
    centre_party::person_register(tx, &new).await.unwrap().no
}

/// Makes a person liable for all four insurances and declares a wage.
pub(crate) async fn engage(
    tx: &mut Tx,
    person: &PersonNo,
    employer: &EmployerNo,
    from: &str,
    wage_yuan: i64,
) {
    let list = FOUR.map(|insurance| Liability {
        person: person.clone(),
        employer: employer.clone(),
        insurance,
        from: month(from),
        to: None,
    });
    liability_start(tx, &list).await.unwrap();
    declare(tx, person, employer, from, wage_yuan).await;
}

pub(crate) async fn declare(
    tx: &mut Tx,
    person: &PersonNo,
    employer: &EmployerNo,
    from: &str,
    wage_yuan: i64,
) -> Option<Fen> {
    let declaration = WageDeclaration {
        person: person.clone(),
        employer: employer.clone(),
        from: month(from),
        wage: Fen(wage_yuan * 100),
    };
    wage_declare(tx, &SHIPPED, &[declaration]).await.unwrap()[0]
}
