//! Putting events into the outbox.

use base_db::{DbError, Tx};
use serde_json::Value;

use crate::store;

/// Records that something happened; receivers of `topic` learn of it after this transaction commits.
///
/// `key` names the occurrence, for example a case number with its event: a second event with the same topic and key
/// reaches nobody who has had the first. `payload` carries numbers and codes; personal data stay in their tables.
///
/// # Errors
/// [`DbError`] when the row can't be written.
pub async fn enqueue_event(tx: &mut Tx, topic: &str, key: &str, payload: &Value) -> Result<(), DbError> {
    let now = tx.now();
    store::add_event(tx.conn(), topic, key, payload, now).await
}
