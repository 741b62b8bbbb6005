//! Statements fit the schema, and our copy of the library's tables is the library's own.

use base_db::{prepare_all, schema_text};
use base_slice::Registry;
use base_testdb::TestDb;
use tokio_util::sync::CancellationToken;

use super::database;
use crate::{Worker, WorkerOptions, store};

#[tokio::test]
async fn statements_fit_the_schema() {
    let db = database().await;
    prepare_all(&db.db(), store::STATEMENTS).await.unwrap();
}

#[tokio::test]
async fn our_queue_is_what_the_library_would_make() {
    let empty = TestDb::new(&[]).await;
    let stop = CancellationToken::new();
    Worker::new(&empty.db(), &Registry::default(), &WorkerOptions::default(), stop).await.unwrap();
    let ours = database().await;
    let theirs = schema_text(&empty.db(), &["queue"]).await.unwrap();
    assert!(theirs.contains("_private_jobs"));
    // Functions keep blank lines and names of sequences differ by history; neither has a meaning.
    let plain =
        |text: &str| text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(plain(&schema_text(&ours.db(), &["queue"]).await.unwrap()), plain(&theirs));
    let last = "SELECT count(*) FROM queue.migrations";
    let count =
        async |db: &TestDb| -> i64 { sqlx::query_scalar(last).fetch_one(db.db().pool()).await.unwrap() };
    assert_eq!(count(&ours).await, count(&empty).await);
}
