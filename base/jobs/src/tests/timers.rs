//! Timers start a job once for each due minute, over all nodes.

use std::sync::Arc;

use base_slice::{JobFn, Named, Registry, Slice, Timer};
use chrono::Duration;

use super::{count, database, registry};
use crate::Timers;

fn hourly() -> Registry {
    let run: JobFn = Arc::new(|_db, _args| Box::pin(async { Ok(()) }));
    registry(vec![Slice {
        name: "demo",
        jobs: vec![Named { name: "demo.hourly", run }],
        timers: vec![Timer { job: "demo.hourly", crontab: "0 * * * *" }],
        ..Slice::default()
    }])
}

#[tokio::test]
async fn a_timer_goes_off_once_over_all_nodes() {
    let db = database().await;
    let (one, two) = (Timers::new(db.db(), &hourly()).unwrap(), Timers::new(db.db(), &hourly()).unwrap());
    assert_eq!(one.tick().await.unwrap(), 0, "a new timer waits for its next moment");
    db.clock().advance(Duration::minutes(59));
    assert_eq!(one.tick().await.unwrap(), 0);
    db.clock().advance(Duration::minutes(1));
    let (first, second) = tokio::join!(one.tick(), two.tick());
    assert_eq!(first.unwrap() + second.unwrap(), 1);
    assert_eq!(count(&db, "jobs").await, 1);
}

#[tokio::test]
async fn a_missed_timer_is_caught_up_once() {
    let db = database().await;
    let timers = Timers::new(db.db(), &hourly()).unwrap();
    timers.tick().await.unwrap();
    db.clock().advance(Duration::hours(5));
    assert_eq!((timers.tick().await.unwrap(), timers.tick().await.unwrap()), (1, 0));
}
