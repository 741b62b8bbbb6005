//! Every statement is accepted by the migrated schema.
use super::database;

#[tokio::test]
async fn every_statement_prepares() {
    let db = database().await;
    base_db::prepare_all(&db.db(), crate::STATEMENTS).await.unwrap();
}
