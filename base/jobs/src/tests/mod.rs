//! Events, jobs and timers against a real database.
#![expect(clippy::unwrap_used, reason = "tests")]

mod crontab;
mod events;
mod jobs;
mod schema;
mod timers;

use base_slice::{Registry, Slice};
use base_testdb::TestDb;

use crate::MIGRATIONS;

/// A table for receivers and jobs to leave a trace in.
const TRACE: base_db::Migration = base_db::Migration {
    number: 9,
    name: "trace",
    sql: "CREATE SCHEMA demo; CREATE TABLE demo.trace (id bigint GENERATED ALWAYS AS IDENTITY, text text NOT NULL);",
};

async fn database() -> TestDb {
    TestDb::new(&[MIGRATIONS, &[TRACE]]).await
}

async fn traces(db: &TestDb) -> Vec<String> {
    sqlx::query_scalar("SELECT text FROM demo.trace ORDER BY id").fetch_all(db.db().pool()).await.unwrap()
}

async fn count(db: &TestDb, table: &'static str) -> i64 {
    let sql = match table {
        "outbox" => "SELECT count(*) FROM base.outbox",
        "inbox" => "SELECT count(*) FROM base.inbox",
        "dead" => "SELECT count(*) FROM base.dead_event",
        _ => "SELECT count(*) FROM queue._private_jobs",
    };
    sqlx::query_scalar(sql).fetch_one(db.db().pool()).await.unwrap()
}

fn registry(slices: Vec<Slice>) -> Registry {
    Registry::fold(&slices).unwrap()
}
