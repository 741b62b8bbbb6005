//! Tests of centre-enrolment.

#![expect(clippy::unwrap_used, reason = "tests")]

mod batches;
mod certificates;
mod enrolment;
mod files;
mod routes;
mod rows;

use std::path::PathBuf;
use std::sync::LazyLock;

use base_db::{Db, Migration, Tx};
use base_files::{FileMeta, Files};
use base_kernel::{
    Actor, ActorKind, CaseNo, EmployerNo, Fault, FileId, IdentityNumber, ItemCode, Month, PersonNo, UserId,
};
use base_slice::{CaseInput, CheckOutcome, Computed, Registry};
use base_testdb::TestDb;
use centre_party::{NewEmployer, NewPerson};
use centre_policy::PolicyStore;
use chrono::NaiveDate;
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::rules::COLUMNS;
use crate::sheet::SHEET;
use crate::{Deps, MIGRATIONS};

/// The schema that contribution posts into; its crate is no neighbour of this one.
const FUND: &[Migration] =
    &[Migration { number: 60, name: "fund", sql: include_str!("../../../fund/migrations/0060_fund.sql") }];
const USCC: [&str; 3] = ["91310115MA1K3ABC99", "913100001234567883", "12310000425000014Y"];
const AREA: &str = "310000/310104";

static POLICY: LazyLock<PolicyStore> = LazyLock::new(|| {
    PolicyStore::of_catalogue(centre_policy::Catalogue {
        parameters: centre_policy::shipped().unwrap(),
        calendar: centre_policy::shipped_calendar().unwrap(),
    })
});

/// Database, files and the slice; the folder of files goes with the fixture.
pub(super) struct World {
    pub(super) db: TestDb,
    files: Files,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    pub(super) async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("renshe-enrolment-{}", Uuid::new_v4()));
        let files = Files::local(&folder).unwrap();
        let db = TestDb::new(&[
            base_jobs::MIGRATIONS,
            engine_ledger::MIGRATIONS,
            base_files::MIGRATIONS,
            centre_party::MIGRATIONS,
            FUND,
            centre_contribution::MIGRATIONS,
            MIGRATIONS,
        ])
        .await;
        Self { db, files, folder }
    }

    pub(super) fn slice(&self) -> base_slice::Slice {
        crate::slice(self.db.db(), Deps { files: self.files.clone(), policy: POLICY.clone() })
    }

    pub(super) fn db(&self) -> Db {
        self.db.db()
    }

    pub(super) async fn system(&self) -> Tx {
        self.db.begin_as(Actor::system()).await
    }

    /// Stores a file as this actor's.
    pub(super) async fn file(&self, who: &Actor, name: &str, content: Vec<u8>) -> FileId {
        let mut tx = self.db.begin_as(who.clone()).await;
        let stored = self.files.put(&mut tx, content, FileMeta::new(name, "material")).await.unwrap();
        tx.commit().await.unwrap();
        stored.id
    }

    /// Runs an effect in a step of its own, which commits when it succeeds.
    pub(super) async fn effect(&self, name: &str, who: &Actor, input: &CaseInput) -> Result<Computed, Fault> {
        let run = Registry::fold(&[self.slice()]).unwrap().find_effect(name, "test").unwrap();
        let mut tx = self.db.begin_as(who.clone()).await;
        let computed = run(&mut tx, input).await?;
        tx.commit().await.unwrap();
        Ok(computed)
    }

    pub(super) async fn check(&self, name: &str, who: &Actor, input: &CaseInput) -> CheckOutcome {
        let run = Registry::fold(&[self.slice()]).unwrap().find_check(name, "test").unwrap();
        let mut tx = self.db.begin_as(who.clone()).await;
        run(&mut tx, input).await.unwrap()
    }

    /// The employer with that place in the list.
    pub(super) async fn employer(&self, place: usize) -> EmployerNo {
        let mut tx = self.system().await;
        let new = NewEmployer {
            uscc: USCC[place].into(),
            name: format!("测试单位{place}"),
            area: AREA.into(),
            industry: None,
            injury_class: 1,
            operator_name: None,
            operator_mobile: None,
        };
        let no = centre_party::employer_register(&mut tx, &new).await.unwrap().no;
        tx.commit().await.unwrap();
        no
    }

    pub(super) async fn person(&self, number: u32) -> PersonNo {
        let mut tx = self.system().await;
        let new = NewPerson {
            name: name(number),
            id_type: "01".into(),
            id_no: id_no(number),
            birth: None,
            sex: None,
            hukou: None,
            mobile: None,
            address: None,
            area: AREA.into(),
            first_work_date: None,
        };
        let no = centre_party::person_register(&mut tx, &new).await.unwrap().no;
        tx.commit().await.unwrap();
        no
    }
}

pub(super) fn name(number: u32) -> String {
    format!("测试{number}")
}

/// A synthetic document number, another for every `number` below 25,000; born 1990 to 1991.
pub(super) fn id_no(number: u32) -> String {
    let birth = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(u64::from(number / 999));
    let first17 = format!("310104{}{:03}", birth.format("%Y%m%d"), number % 999 + 1);
    let fits = |check: char| {
        let id = format!("{first17}{check}");
        IdentityNumber::from_stored(&id).is_ok().then_some(id)
    };
    "0123456789X".chars().find_map(fits).unwrap()
}

pub(super) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn case(number: u32) -> CaseNo {
    CaseNo(format!("HRSS3101042026070102{number:07}"))
}

pub(super) fn operator(employer: &EmployerNo) -> Actor {
    Actor {
        user: UserId(Uuid::from_u128(u128::from(employer.0.parse::<u64>().unwrap()))),
        kind: ActorKind::Employer,
        employer: Some(employer.clone()),
        scope: None,
        roles: Vec::new(),
        ..Actor::system()
    }
}

pub(super) fn citizen(person: &PersonNo) -> Actor {
    Actor {
        user: UserId(Uuid::from_u128(7)),
        kind: ActorKind::Citizen,
        person: Some(person.clone()),
        scope: None,
        roles: Vec::new(),
        ..Actor::system()
    }
}

pub(super) fn clerk(scope: &str, permissions: &[&str]) -> Actor {
    Actor {
        user: UserId(Uuid::from_u128(8)),
        kind: ActorKind::Staff,
        scope: Some(scope.into()),
        permissions: permissions.iter().map(|one| (*one).to_owned()).collect(),
        ..Actor::system()
    }
}

pub(super) fn input(item: &str, case_no: Option<CaseNo>, form: Value) -> CaseInput {
    let Value::Object(form) = form else { panic!("a form is an object") };
    CaseInput {
        item: ItemCode(item.into()),
        case_no,
        person: None,
        employer: None,
        form,
        computed: Map::new(),
        args: Map::new(),
    }
}

/// The single form for person `number`.
pub(super) fn single(employer: &EmployerNo, case_no: CaseNo, number: u32, insurances: &[&str]) -> CaseInput {
    let form = json!({
        "employer_no": employer, "name": name(number), "id_type": "01", "id_no": id_no(number), "hukou": "11",
        "hire_date": "2026-07-01", "contract_type": "2", "start_month": "2026-07", "wage": 1_000_000,
        "add_reason": "01", "ins_types": insurances,
    });
    CaseInput { employer: Some(employer.clone()), ..input("SI-CB-010", Some(case_no), form) }
}

/// The batch form.
pub(super) fn batch(employer: &EmployerNo, case_no: Option<CaseNo>, file: FileId) -> CaseInput {
    let form = json!({ "employer_no": employer, "file_id": file.0.to_string() });
    CaseInput { employer: Some(employer.clone()), ..input("SI-CB-011", case_no, form) }
}

/// A row of a roster, all of it right.
pub(super) fn row(number: u32) -> [String; 13] {
    let text = |text: &str| text.to_owned();
    [
        number.to_string(),
        name(number),
        text("01"),
        id_no(number),
        text("11"),
        text("21"),
        text("2026-07"),
        text("2026-07-01"),
        text("1"),
        text("2029-06-30"),
        text("10000.50"),
        text("01"),
        text("110,210,310,410"),
    ]
}

pub(super) fn csv_of(rows: &[[String; 13]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.map(|column| column.heading())).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

pub(super) fn xlsx_of(rows: &[[String; 13]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET).unwrap();
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.write_string(0, at, column.heading()).unwrap();
    }
    for (line, row) in (1..).zip(rows) {
        for (at, cell) in (0..).zip(row) {
            sheet.write_string(line, at, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn every_statement_prepares() {
    let world = World::new().await;
    base_db::prepare_all(&world.db(), &crate::STATEMENTS.concat()).await.unwrap();
}
