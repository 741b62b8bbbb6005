//! The helper tests itself against a real server.
#![expect(clippy::unwrap_used, reason = "tests")]

mod server;

use base_db::Migration;
use base_kernel::Actor;

use crate::{TestDb, template};

const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "demo",
    sql: "CREATE SCHEMA demo; CREATE TABLE demo.thing (id int PRIMARY KEY);",
}];

#[tokio::test]
async fn every_test_has_a_database_of_its_own() {
    let (one, two) = (TestDb::new(&[MIGRATIONS]).await, TestDb::new(&[MIGRATIONS]).await);
    let mut tx = one.begin_as(Actor::system()).await;
    sqlx::query("INSERT INTO demo.thing VALUES (1)").execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let count = async |db: &TestDb| -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM demo.thing").fetch_one(db.db().pool()).await.unwrap()
    };
    assert_eq!((count(&one).await, count(&two).await), (1, 0));
}

#[tokio::test]
async fn a_database_is_gone_after_its_test() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let name: String =
        sqlx::query_scalar("SELECT current_database()::text").fetch_one(db.db().pool()).await.unwrap();
    let other = TestDb::new(&[MIGRATIONS]).await;
    drop(db);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_one(other.db().pool())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn the_clock_stands_where_it_was_put() {
    let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 2).unwrap();
    let db = TestDb::new(&[]).await.at(day);
    let tx = db.begin_as(Actor::system()).await;
    assert_eq!(tx.today(), day);
}

/// Prints the figure that `docs` quote: `cargo nextest run -p base-testdb clone_time --run-ignored all --no-capture`.
#[tokio::test]
#[ignore = "a measurement"]
async fn clone_time() {
    let start = std::time::Instant::now();
    for _ in 0..20 {
        drop(TestDb::new(&[MIGRATIONS]).await);
    }
    eprintln!("clone and drop: {:?} each", start.elapsed() / 20);
}

#[test]
fn url_of_changes_only_the_database() {
    assert_eq!(template::url_of("postgres://u:p@h:1/a?host=/x", "b"), "postgres://u:p@h:1/b?host=/x");
    assert_eq!(template::url_of("postgres://u@h/a", "b"), "postgres://u@h/b");
    assert_eq!(template::url_of("postgres://u@h", "b"), "postgres://u@h/b");
}

#[test]
fn a_difference_is_named_by_its_line() {
    let difference = |kept, now| crate::golden::first_difference(kept, now);
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\n", "a\nc\n").unwrap(), "line 2: “b”, now “c”");
    assert_eq!(difference("a\n", "a\nb\n").unwrap(), "line 2: “end of file”, now “b”");
}
