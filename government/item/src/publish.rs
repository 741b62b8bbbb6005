//! Publishing at start: what is published does not change any more.

use std::collections::BTreeMap;

use base_db::Tx;

use crate::catalogue::{Catalogue, Entry};
use crate::error::CatalogueError;
use crate::store;

impl Catalogue {
    /// Stores new versions and takes up older ones that the files no longer hold, so that running cases find the
    /// version they began with. Called once at start; three statements, whatever the number of items.
    ///
    /// # Errors
    /// [`CatalogueError::Changed`] names the file when a published version has other content now.
    pub async fn publish(&self, tx: &mut Tx) -> Result<Self, CatalogueError> {
        let entries: Vec<_> = self.versions().cloned().collect();
        store::publish(tx, &entries).await?;
        let known: BTreeMap<(&str, u32), &Entry> = entries
            .iter()
            .map(|entry| ((entry.item.code.as_str(), entry.item.version), entry.as_ref()))
            .collect();
        let mut older = Vec::new();
        for stored in store::versions(tx).await? {
            match known.get(&(stored.code.as_str(), stored.version)) {
                None => older.push((stored.file, stored.source)),
                Some(entry) if entry.digest == stored.digest => {}
                Some(entry) => {
                    let file = entry.file.clone();
                    return Err(CatalogueError::Changed { code: stored.code, version: stored.version, file });
                }
            }
        }
        self.with_stored(older)
    }
}
