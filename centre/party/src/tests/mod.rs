//! Tests of the crate; what they share stands here.

#![expect(clippy::unwrap_used, reason = "tests")]

mod item;
mod numbers;
mod registers;
mod scopes;

use base_db::Tx;
use base_kernel::{Actor, ActorKind, EmployerNo, ItemCode, PersonNo};
use base_slice::CaseInput;
use base_testdb::TestDb;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::{MIGRATIONS, NewEmployer, NewPerson};

pub(crate) const XUHUI: &str = "310000/310104";
/// A man born on 1965-12-31 and a woman born on 1970-01-01 (`policy.md` §12.1).
pub(crate) const MAN: &str = "310115196512310011";
pub(crate) const WOMAN: &str = "310221197001010022";
pub(crate) const USCC: &str = "91310115MA1K3ABC99";

pub(crate) async fn database() -> TestDb {
    TestDb::new(&[base_jobs::MIGRATIONS, MIGRATIONS]).await
}

pub(crate) async fn system(db: &TestDb) -> Tx {
    db.begin_as(Actor::system()).await
}

pub(crate) fn actor(kind: ActorKind) -> Actor {
    Actor { kind, scope: None, roles: Vec::new(), ..Actor::system() }
}

pub(crate) fn new_person(name: &str, id_no: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        id_type: "01".into(),
        id_no: id_no.into(),
        birth: None,
        sex: None,
        hukou: Some("11".into()),
        mobile: None,
        address: None,
        area: XUHUI.into(),
        first_work_date: None,
    }
}

pub(crate) fn new_employer() -> NewEmployer {
    NewEmployer {
        uscc: USCC.into(),
        name: "上海浦江精密机械制造有限公司".into(),
        area: XUHUI.into(),
        industry: None,
        injury_class: 2,
        operator_name: Some("钱经办".into()),
        operator_mobile: Some("13800000001".into()),
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn input(person: Option<&PersonNo>, employer: Option<&EmployerNo>, form: Value) -> CaseInput {
    let Value::Object(form) = form else { panic!("a form is an object") };
    CaseInput {
        item: ItemCode("SI-CB-023".into()),
        case_no: None,
        person: person.cloned(),
        employer: employer.cloned(),
        form,
        computed: Map::new(),
        args: Map::new(),
    }
}

pub(crate) fn renaming(to: &str) -> Value {
    json!({ "change_items": ["name"], "new_name": to, "basis": "rename", "basis_doc_no": "沪公户〔2026〕12号", "basis_date": "2026-06-01" })
}
