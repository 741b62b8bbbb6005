//! Several workers, and workers that die: the same lines whatever happens.

use std::collections::BTreeMap;

use base_kernel::{Ctx, RequestId};
use base_testdb::TestDb;
use uuid::Uuid;

use super::{SHIPPED, accept, database, employer, engage, month, person, system};
use crate::levy::levy_step;
use crate::store::levy as runs;
use crate::{LevyReport, Unconfirmed, levy_run};

const PEOPLE: u32 = 12;

fn ctx() -> Ctx {
    Ctx::system(RequestId(Uuid::nil()))
}

/// Four employers with three people each.
async fn city() -> TestDb {
    let db = database().await;
    let mut tx = system(&db).await;
    let mut units = Vec::new();
    for place in 0..4 {
        units.push(employer(&mut tx, place, 1 + i16::try_from(place).unwrap()).await);
    }
    for number in 0..PEOPLE {
        let who = person(&mut tx, number * 2 + 1).await;
        let unit = &units[number as usize % 4];
        engage(&mut tx, &who, unit, "2025-10", 6_000 + i64::from(number) * 1_111).await;
    }
    tx.commit().await.unwrap();
    db
}

/// Every line with its amounts, by person and insurance.
async fn lines(db: &TestDb) -> BTreeMap<(String, String), (i64, i64, i64)> {
    let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(
        "SELECT person_no, insurance, base, employer_fen, personal_fen FROM contribution.receivable",
    )
    .fetch_all(db.db().pool())
    .await
    .unwrap();
    rows.into_iter().map(|(p, i, base, employer, personal)| ((p, i), (base, employer, personal))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_number_of_workers_gives_the_same_lines() {
    let mut seen = Vec::new();
    // Few employers and several workers: some join a run under way, some just miss it and open the next.
    for workers in [1, 2, 4, 4, 4] {
        let db = city().await;
        let mut running = Vec::new();
        for _ in 0..workers {
            let handle = db.db();
            running.push(tokio::spawn(async move {
                levy_run(&handle, &ctx(), &SHIPPED, month("2025-12"), &accept()).await.unwrap()
            }));
        }
        let mut reports: Vec<LevyReport> = Vec::new();
        for task in running {
            reports.push(task.await.unwrap());
        }
        let lines = lines(&db).await;
        assert_eq!(lines.len(), PEOPLE as usize * 4);
        let mut tx = system(&db).await;
        let report = crate::levy_report(&mut tx, reports[0].id).await.unwrap().unwrap();
        assert_eq!((report.done, report.open, report.failed), (true, 0, 0));
        let added: i64 = all_runs(&db).await;
        assert_eq!(added, i64::from(PEOPLE) * 4);
        seen.push(lines);
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
}

/// Lines added over all runs: a worker that came late opens a run of its own and adds nothing.
async fn all_runs(db: &TestDb) -> i64 {
    sqlx::query_scalar("SELECT sum(added)::bigint FROM contribution.levy_part")
        .fetch_one(db.db().pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_worker_killed_in_the_middle_leaves_nothing_behind_and_the_next_goes_on() {
    let db = city().await;
    let december = month("2025-12");
    let mut tx = system(&db).await;
    let (run, _) = runs::run_open(&mut tx, december, Some("测试")).await.unwrap();
    tx.commit().await.unwrap();
    let set = SHIPPED.accepting_unconfirmed();
    assert!(levy_step(&db.db(), &ctx(), &set, december, run).await.unwrap());
    // The second worker bills its employer and dies before it commits.
    let mut dying = system(&db).await;
    let taken = runs::part_take(&mut dying, run).await.unwrap().unwrap();
    let (added, ..) = crate::levy::employer_bill(&mut dying, &set, &taken, december, run).await.unwrap();
    assert_eq!(added, 12);
    // While it lives, others pass its employer over and the run does not end.
    for _ in 0..2 {
        assert!(levy_step(&db.db(), &ctx(), &set, december, run).await.unwrap());
    }
    assert!(!levy_step(&db.db(), &ctx(), &set, december, run).await.unwrap());
    drop(dying);
    let report = levy_run(&db.db(), &ctx(), &SHIPPED, december, &Unconfirmed::Withhold).await.unwrap();
    assert_eq!((report.id, report.done, report.lines_added), (run, true, i64::from(PEOPLE) * 4));
    assert_eq!(lines(&db).await.len(), PEOPLE as usize * 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_killed_at_random_moments_never_double_or_lose_a_line() {
    let whole = city().await;
    levy_run(&whole.db(), &ctx(), &SHIPPED, month("2025-12"), &accept()).await.unwrap();
    let expected = lines(&whole).await;
    let db = city().await;
    for kill_after_ms in [1, 3, 5, 8, 12, 17, 23, 30, 45, 60] {
        let handle = db.db();
        let worker =
            tokio::spawn(
                async move { levy_run(&handle, &ctx(), &SHIPPED, month("2025-12"), &accept()).await },
            );
        tokio::time::sleep(std::time::Duration::from_millis(kill_after_ms)).await;
        worker.abort();
        let _ = worker.await;
    }
    let report = levy_run(&db.db(), &ctx(), &SHIPPED, month("2025-12"), &accept()).await.unwrap();
    assert!(report.done);
    let amounts =
        |lines: BTreeMap<(String, String), (i64, i64, i64)>| lines.into_values().collect::<Vec<_>>();
    assert_eq!(amounts(lines(&db).await), amounts(expected));
    assert_eq!(all_runs(&db).await, i64::from(PEOPLE) * 4);
}

#[tokio::test]
async fn an_employer_that_fails_does_not_hold_up_the_others() {
    let db = city().await;
    // Data gone wrong: people are liable through an employer that is not in the register.
    let orphan = "UPDATE contribution.liability SET employer_no = '2999999999' WHERE employer_no = \
                  (SELECT employer_no FROM party.employer WHERE injury_class = 3)";
    sqlx::query(orphan).execute(db.db().pool()).await.unwrap();
    let report = levy_run(&db.db(), &ctx(), &SHIPPED, month("2025-12"), &accept()).await.unwrap();
    assert_eq!((report.done, report.failed, report.lines_added), (true, 1, 36));
}
