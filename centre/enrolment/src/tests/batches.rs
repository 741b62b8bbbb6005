//! Rosters, from the file to the result.

use std::time::{Duration, Instant};

use base_kernel::EmployerNo;
use serde_json::{Value, json};

use super::{World, batch, case, citizen, csv_of, month, operator, row, single, xlsx_of};
use crate::rules::Column;

fn bad(number: u32, column: Column, value: &str) -> [String; 13] {
    let mut row = row(number);
    row[column as usize] = value.to_owned();
    row
}

/// A thousand rows, one in a hundred with another mistake.
fn thousand() -> Vec<[String; 13]> {
    let mut rows: Vec<_> = (1..=1_000).map(row).collect();
    let mistakes = [
        (17, bad(17, Column::IdNo, "310104199001010012")),
        (86, bad(86, Column::Name, "别名")),
        (133, bad(133, Column::StartMonth, "2026-04")),
        (233, bad(233, Column::Wage, "abcdefghijklmnopqrstuvwxyz0123456789-abcdefg")),
        (300, bad(300, Column::InsTypes, "110,999")),
        (401, bad(401, Column::Name, "")),
        (512, {
            let mut twin = row(511);
            twin[0] = "512".into();
            twin
        }),
        (640, row(640)),
        (777, bad(777, Column::ContractEnd, "2020-01-01")),
        (999, bad(999, Column::HireDate, "=TODAY()")),
    ];
    for (at, row) in mistakes {
        rows[at - 1] = row;
    }
    rows
}

async fn submit(world: &World, employer: &EmployerNo, of: u32, name: &str, content: Vec<u8>) -> Value {
    let who = operator(employer);
    let file = world.file(&who, name, content).await;
    let form = batch(employer, Some(case(of)), file);
    let checked = world.effect("enrolment.check_batch", &who, &form).await.unwrap();
    let done = world.effect("enrolment.import_batch", &who, &form).await.unwrap();
    json!({ "checked": checked.values, "done": done.values })
}

#[tokio::test]
async fn a_thousand_rows_the_good_go_in_and_the_bad_come_back_with_reasons() {
    let world = World::new().await;
    let (employer, other) = (world.employer(0).await, world.employer(1).await);
    // Row 86 names somebody who is registered under another name, row 640 is insured elsewhere.
    world.person(86).await;
    world
        .effect("enrolment.enrol", &operator(&other), &single(&other, case(1), 640, &["110"]))
        .await
        .unwrap();
    let mut answer = submit(&world, &employer, 2, "七月新进员工.xlsx", xlsx_of(&thousand())).await;
    assert_eq!(answer["checked"]["spot_check"], true);
    assert_eq!(answer["checked"]["rows_bad"], answer["done"]["failed"]);
    let document = answer["done"]["document"].take();
    assert_eq!(document["batch_no"], case(2).as_str());
    assert_eq!((&document["ok"], &document["failed"]), (&json!(990), &json!(10)));
    assert_eq!(document["file_sm3"].as_str().unwrap().len(), 64);
    let mut kept = document.clone();
    for varies in ["file_sm3", "employer_no"] {
        kept[varies] = json!("…");
    }
    let text = serde_json::to_string_pretty(&kept).unwrap();
    base_testdb::assert_golden("centre/enrolment/cases/batch-1000.json", &(text + "\n"));

    let mut tx = world.system().await;
    let insured: i64 = sqlx::query_scalar("SELECT count(*) FROM enrolment.period WHERE employer_no = $1")
        .bind(employer.as_str())
        .fetch_one(tx.conn())
        .await
        .unwrap();
    assert_eq!(insured, 990 * 4);
    let told: i64 = sqlx::query_scalar(
        "SELECT sum(jsonb_array_length(payload -> 'recipients')) FROM base.outbox WHERE key NOT IN \
         (SELECT key FROM base.outbox WHERE payload #>> '{variables,employer_name}' <> '测试单位0')",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    assert_eq!(told, 990);
}

#[tokio::test]
async fn a_batch_is_entered_once_and_the_same_file_is_refused() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let who = operator(&employer);
    let content = csv_of(&[row(1), bad(2, Column::Wage, "x")]);
    let file = world.file(&who, "a.csv", content.clone()).await;
    let form = batch(&employer, Some(case(1)), file);
    assert!(world.check("enrolment.batch_size", &who, &batch(&employer, None, file)).await.passed);
    let checked = world.effect("enrolment.check_batch", &who, &form).await.unwrap();
    assert_eq!(checked.values["spot_check"], false);
    let first = world.effect("enrolment.import_batch", &who, &form).await.unwrap();
    let again = world.effect("enrolment.import_batch", &who, &form).await.unwrap();
    assert_eq!(first.values["ok"], 1);
    assert_eq!(json!(first.values), json!(again.values));
    let twin = world.file(&who, "b.csv", content).await;
    let outcome = world.check("enrolment.batch_size", &who, &batch(&employer, None, twin)).await;
    assert!(outcome.detail.contains(case(1).as_str()), "{}", outcome.detail);
    let refused = world
        .effect("enrolment.check_batch", &who, &batch(&employer, Some(case(2)), twin))
        .await
        .unwrap_err();
    assert_eq!(refused.code, "enrolment.same_file");
}

#[tokio::test]
async fn a_rejected_case_gives_its_roster_free() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let who = operator(&employer);
    let file = world.file(&who, "a.csv", csv_of(&[row(1)])).await;
    world.effect("enrolment.check_batch", &who, &batch(&employer, Some(case(1)), file)).await.unwrap();
    let fresh = batch(&employer, None, file);
    assert!(!world.check("enrolment.batch_size", &who, &fresh).await.passed);
    let mut tx = world.system().await;
    let event = base_slice::Event {
        topic: "casework.case_rejected".into(),
        key: "1".into(),
        payload: json!({ "case_no": case(1) }),
    };
    crate::release(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
    assert!(world.check("enrolment.batch_size", &who, &fresh).await.passed);
}

#[tokio::test]
async fn files_of_others_and_unreadable_files_are_refused_at_submission() {
    let world = World::new().await;
    let (employer, other) = (world.employer(0).await, world.employer(1).await);
    let theirs = world.file(&operator(&other), "a.csv", csv_of(&[row(1)])).await;
    let who = operator(&employer);
    assert!(!world.check("enrolment.batch_size", &who, &batch(&employer, None, theirs)).await.passed);
    let wrong = world.file(&who, "b.csv", b"a,b\n1,2\n".to_vec()).await;
    let outcome = world.check("enrolment.batch_size", &who, &batch(&employer, None, wrong)).await;
    assert_eq!(outcome.fields[0].field, "file_id");
    let gone = base_kernel::FileId(uuid::Uuid::from_u128(1));
    assert!(!world.check("enrolment.batch_size", &who, &batch(&employer, None, gone)).await.passed);
}

#[tokio::test]
async fn a_new_employer_with_many_rows_is_looked_at() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let rows: Vec<_> = (1..=51).map(row).collect();
    let answer = submit(&world, &employer, 1, "a.csv", csv_of(&rows)).await;
    assert_eq!(answer["checked"]["spot_check"], true);
}

#[tokio::test]
async fn five_thousand_rows_within_a_minute() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let rows: Vec<_> = (1..=5_000).map(row).collect();
    let content = xlsx_of(&rows);
    let begun = Instant::now();
    let answer = submit(&world, &employer, 1, "a.xlsx", content).await;
    let taken = begun.elapsed();
    assert_eq!(answer["done"]["ok"], 5_000);
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}

#[tokio::test]
async fn a_rolled_back_import_leaves_nothing() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let person = world.person(1).await;
    let file = world.file(&operator(&employer), "a.csv", csv_of(&[row(1)])).await;
    // Entered without committing.
    let run = base_slice::Registry::fold(&[world.slice()]).unwrap();
    let import = run.find_effect("enrolment.import_batch", "test").unwrap();
    let mut tx = world.db.begin_as(operator(&employer)).await;
    import(&mut tx, &batch(&employer, Some(case(1)), file)).await.unwrap();
    tx.rollback().await.unwrap();
    let mut tx = world.db.begin_as(citizen(&person)).await;
    assert!(!crate::employs(&mut tx, &employer, &person).await.unwrap());
    let months = crate::months_insured(&mut tx, &person, crate::Insurance::Pension, month("2026-12")).await;
    assert_eq!(months.unwrap(), 0);
}
