//! The outbox: nothing without a commit, each receiver once, trouble is patient and visible.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use base_db::Tx;
use base_kernel::{Actor, Fault};
use base_slice::{Event, Slice, subscriber};
use base_testdb::TestDb;
use chrono::Duration;
use serde_json::json;

use super::{count, database, registry, traces};
use crate::{Relay, dead_events, enqueue_event, revive_event};

async fn trace(tx: &mut Tx, text: String) -> Result<(), Fault> {
    sqlx::query("INSERT INTO demo.trace (text) VALUES ($1)")
        .bind(text)
        .execute(tx.conn())
        .await
        .map_err(base_db::DbError::from)?;
    Ok(())
}

fn receiver(name: &'static str) -> Slice {
    let receiver = subscriber("demo.happened", move |tx, event| Box::pin(note(tx, event, name)));
    Slice { name, subscribers: vec![receiver], ..Slice::default() }
}

async fn note(tx: &mut Tx, event: &Event, name: &str) -> Result<(), Fault> {
    trace(tx, format!("{name} {}", event.key)).await
}

/// A receiver that writes its trace and then fails while the switch is on.
fn moody(name: &'static str, failing: Arc<AtomicBool>) -> Slice {
    let receiver = subscriber("demo.happened", move |tx, event| {
        let failing = failing.clone();
        Box::pin(async move {
            note(tx, event, name).await?;
            if failing.load(Ordering::SeqCst) {
                return Err(Fault::conflict("demo.moody", "暂时不行"));
            }
            Ok(())
        })
    });
    Slice { name, subscribers: vec![receiver], ..Slice::default() }
}

async fn happen(db: &TestDb, key: &str) {
    let mut tx = db.begin_as(Actor::system()).await;
    enqueue_event(&mut tx, "demo.happened", key, &json!({ "n": 1 })).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_rolled_back_step_tells_nobody() {
    let db = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    enqueue_event(&mut tx, "demo.happened", "k1", &json!({})).await.unwrap();
    tx.rollback().await.unwrap();
    let relay = Relay::new(db.db(), registry(vec![receiver("a")]));
    assert_eq!(relay.drain().await.unwrap(), 0);
    assert!(traces(&db).await.is_empty());
}

#[tokio::test]
async fn every_receiver_gets_an_event_once_even_if_it_is_sent_twice() {
    let db = database().await;
    happen(&db, "k1").await;
    let relay = Relay::new(db.db(), registry(vec![receiver("a"), receiver("b")]));
    relay.drain().await.unwrap();
    happen(&db, "k1").await;
    relay.drain().await.unwrap();
    assert_eq!(traces(&db).await, ["a k1", "b k1"]);
    assert_eq!((count(&db, "outbox").await, count(&db, "inbox").await), (0, 2));
}

#[tokio::test]
async fn relays_side_by_side_deliver_once() {
    let db = database().await;
    for n in 0..100 {
        happen(&db, &format!("k{n}")).await;
    }
    let registry = registry(vec![receiver("a")]);
    let (one, two) = (Relay::new(db.db(), registry.clone()), Relay::new(db.db(), registry));
    let (first, second) = tokio::join!(one.drain(), two.drain());
    assert_eq!(first.unwrap() + second.unwrap(), 100);
    assert_eq!(traces(&db).await.len(), 100);
}

#[tokio::test]
async fn a_failing_receiver_is_tried_again_and_does_not_hold_up_the_others() {
    let db = database().await;
    let failing = Arc::new(AtomicBool::new(true));
    let relay = Relay::new(db.db(), registry(vec![moody("a", failing.clone()), receiver("b")]));
    happen(&db, "k1").await;
    relay.drain().await.unwrap();
    assert_eq!(traces(&db).await, ["b k1"], "what the failed receiver wrote is rolled back");

    failing.store(false, Ordering::SeqCst);
    assert_eq!(relay.drain().await.unwrap(), 0, "not before the pause is over");
    db.clock().advance(Duration::seconds(1));
    relay.drain().await.unwrap();
    assert_eq!(traces(&db).await, ["b k1", "a k1"], "the other is not called again");
}

#[tokio::test]
async fn an_event_that_keeps_failing_is_put_aside_and_can_be_revived() {
    let db = database().await;
    let failing = Arc::new(AtomicBool::new(true));
    let relay = Relay::new(db.db(), registry(vec![moody("a", failing.clone())]));
    happen(&db, "k1").await;
    for _ in 0..12 {
        relay.drain().await.unwrap();
        db.clock().advance(Duration::hours(1));
    }
    assert_eq!((count(&db, "outbox").await, count(&db, "dead").await), (0, 1));
    let dead = dead_events(&db.db(), 10).await.unwrap();
    assert_eq!(dead[0].last_error, "a: 暂时不行（demo.moody）");
    assert_eq!(dead[0].attempts, 12);

    failing.store(false, Ordering::SeqCst);
    let mut tx = db.begin_as(Actor::system()).await;
    assert!(revive_event(&mut tx, dead[0].id).await.unwrap());
    tx.commit().await.unwrap();
    relay.drain().await.unwrap();
    assert_eq!(traces(&db).await, ["a k1"]);
    assert_eq!(count(&db, "dead").await, 0);
}

#[tokio::test]
async fn an_event_without_receivers_goes_quietly() {
    let db = database().await;
    happen(&db, "k1").await;
    assert_eq!(Relay::new(db.db(), registry(vec![])).drain().await.unwrap(), 1);
    assert_eq!(count(&db, "outbox").await, 0);
}
