//! The queue: nothing without a commit, one waiting job for a key, a killed worker's job runs again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base_kernel::{Actor, Fault};
use base_slice::{JobFn, Named, Registry, Slice};
use base_testdb::TestDb;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{count, database, registry, traces};
use crate::{Job, Worker, WorkerOptions, dead_jobs, enqueue_job, revive_job};

fn job<F, R>(name: &'static str, run: F) -> Registry
where
    F: Fn(base_db::Db, Value) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), Fault>> + Send + 'static,
{
    let run: JobFn = Arc::new(move |db, args| Box::pin(run(db, args)));
    registry(vec![Slice { name: "demo", jobs: vec![Named { name, run }], ..Slice::default() }])
}

/// Leaves its argument in the trace table.
fn noting() -> Registry {
    job("demo.note", |db, args| async move {
        let text = args["text"].as_str().unwrap_or("?").to_owned();
        sqlx::query("INSERT INTO demo.trace (text) VALUES ($1)")
            .bind(text)
            .execute(db.pool())
            .await
            .map_err(base_db::DbError::from)?;
        Ok(())
    })
}

async fn enqueue(db: &TestDb, job: &Job) {
    let mut tx = db.begin_as(Actor::system()).await;
    enqueue_job(&mut tx, job).await.unwrap();
    tx.commit().await.unwrap();
}

fn quick() -> WorkerOptions {
    WorkerOptions {
        concurrency: 1,
        poll: Duration::from_millis(50),
        heartbeat: Duration::from_millis(100),
        silence: Duration::from_millis(600),
        grace: Duration::from_secs(5),
    }
}

async fn drain(db: &TestDb, registry: &Registry) {
    let worker = Worker::new(&db.db(), registry, &quick(), CancellationToken::new()).await.unwrap();
    worker.drain().await.unwrap();
}

#[tokio::test]
async fn a_rolled_back_step_leaves_no_job() {
    let db = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    enqueue_job(&mut tx, &Job::new("demo.note", json!({ "text": "never" }))).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(count(&db, "jobs").await, 0);
    drain(&db, &noting()).await;
    assert!(traces(&db).await.is_empty());
}

#[tokio::test]
async fn a_committed_job_runs_once_and_leaves_the_queue() {
    let db = database().await;
    enqueue(&db, &Job::new("demo.note", json!({ "text": "one" }))).await;
    drain(&db, &noting()).await;
    drain(&db, &noting()).await;
    assert_eq!(traces(&db).await, ["one"]);
    assert_eq!(count(&db, "jobs").await, 0);
}

#[tokio::test]
async fn a_waiting_job_of_the_same_key_is_replaced() {
    let db = database().await;
    enqueue(&db, &Job::new("demo.note", json!({ "text": "old" })).key("k")).await;
    enqueue(&db, &Job::new("demo.note", json!({ "text": "new" })).key("k")).await;
    drain(&db, &noting()).await;
    assert_eq!(traces(&db).await, ["new"]);
}

#[tokio::test]
async fn a_job_that_keeps_failing_stays_as_a_dead_job_and_can_be_revived() {
    let db = database().await;
    let failing = job("demo.fail", |_db, _args| async { Err(Fault::conflict("demo.no", "不行")) });
    enqueue(&db, &Job::new("demo.fail", json!({})).max_attempts(1)).await;
    drain(&db, &failing).await;
    let dead = dead_jobs(&db.db(), 10).await.unwrap();
    assert_eq!((dead[0].name.as_str(), dead[0].last_error.as_str()), ("demo.fail", "不行（demo.no）"));

    let mut tx = db.begin_as(Actor::system()).await;
    assert!(revive_job(&mut tx, dead[0].id).await.unwrap());
    tx.commit().await.unwrap();
    let mended = job("demo.fail", |_db, _args| async { Ok(()) });
    drain(&db, &mended).await;
    assert_eq!(count(&db, "jobs").await, 0);
}

#[tokio::test]
async fn a_job_nobody_knows_waits_for_someone_who_does() {
    let db = database().await;
    enqueue(&db, &Job::new("demo.note", json!({ "text": "later" }))).await;
    drain(&db, &registry(vec![])).await;
    assert_eq!(count(&db, "jobs").await, 1);
}

#[tokio::test]
async fn a_stop_lets_the_running_job_finish() {
    let db = database().await;
    let registry = job("demo.slow", |db, _args| async move {
        tokio::time::sleep(Duration::from_millis(500)).await;
        sqlx::query("INSERT INTO demo.trace (text) VALUES ('slow')")
            .execute(db.pool())
            .await
            .map_err(base_db::DbError::from)?;
        Ok(())
    });
    enqueue(&db, &Job::new("demo.slow", json!({}))).await;
    let stop = CancellationToken::new();
    let worker = Worker::new(&db.db(), &registry, &quick(), stop.clone()).await.unwrap();
    let running = tokio::spawn(async move { worker.run().await });
    tokio::time::sleep(Duration::from_millis(250)).await;
    stop.cancel();
    running.await.unwrap().unwrap();
    assert_eq!(traces(&db).await, ["slow"]);
    assert_eq!(count(&db, "jobs").await, 0);
}

/// The first worker runs in a runtime of its own that is shut down in the middle of the job: no release, no
/// heartbeat any more, as after `kill -9`.
#[tokio::test]
async fn the_job_of_a_killed_worker_runs_again() {
    let db = database().await;
    let starts = Arc::new(AtomicUsize::new(0));
    let counter = starts.clone();
    let registry = job("demo.hang", move |_db, _args| {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                std::future::pending::<()>().await;
            }
            Ok(())
        }
    });
    enqueue(&db, &Job::new("demo.hang", json!({}))).await;

    let (url, victim) = (db.url().to_owned(), registry.clone());
    let started = starts.clone();
    tokio::task::spawn_blocking(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.spawn(async move {
            let clock = Arc::new(base_kernel::SystemClock);
            let own = base_db::connect(&url, 5, clock).await.unwrap();
            let worker = Worker::new(&own, &victim, &quick(), CancellationToken::new()).await.unwrap();
            worker.run().await.unwrap();
        });
        while started.load(Ordering::SeqCst) == 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
        runtime.shutdown_background();
    })
    .await
    .unwrap();
    assert_eq!(count(&db, "jobs").await, 1, "still there, still locked by the dead");

    let stop = CancellationToken::new();
    let worker = Worker::new(&db.db(), &registry, &quick(), stop.clone()).await.unwrap();
    let running = tokio::spawn(async move { worker.run().await });
    let gone = async {
        while count(&db, "jobs").await > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(15), gone).await.unwrap();
    stop.cancel();
    running.await.unwrap().unwrap();
    assert_eq!(starts.load(Ordering::SeqCst), 2);
}
