//! All items of the catalogue, by code and version.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::error::CatalogueError;
use crate::folder::{self, ShippedItems};
use crate::model::Item;
use base_kernel::ItemCode;

/// Items by code; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(Arc<BTreeMap<(String, u32), Arc<Entry>>>);

/// An item with where it came from.
#[derive(Debug)]
pub struct Entry {
    /// The item.
    pub item: Item,
    /// File, relative to the catalogue.
    pub file: String,
    /// SM3 digest of the file.
    pub digest: String,
    /// The file.
    pub source: String,
}

impl Catalogue {
    /// The items inside the binary.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(folder::shipped::<ShippedItems>()?)
    }

    /// The items below `folder`.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn from_folder(folder: &Path) -> Result<Self, CatalogueError> {
        Self::read(folder::below(folder)?)
    }

    fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, CatalogueError> {
        let mut entries: BTreeMap<(String, u32), Arc<Entry>> = BTreeMap::new();
        for (file, source) in files {
            let entry = parse(file, source)?;
            let key = (entry.item.code.0.clone(), entry.item.version);
            if let Some(other) = entries.get(&key) {
                return Err(CatalogueError::Twice {
                    code: key.0,
                    first: other.file.clone(),
                    second: entry.file,
                });
            }
            entries.insert(key, Arc::new(entry));
        }
        Ok(Self(Arc::new(entries)))
    }

    /// The newest version of an item.
    #[must_use]
    pub fn current(&self, code: &str) -> Option<Arc<Entry>> {
        let range = (code.to_owned(), 0)..=(code.to_owned(), u32::MAX);
        self.0.range(range).next_back().map(|(_, entry)| Arc::clone(entry))
    }

    /// One version of an item.
    #[must_use]
    pub fn find(&self, code: &ItemCode, version: u32) -> Option<Arc<Entry>> {
        self.0.get(&(code.0.clone(), version)).cloned()
    }

    /// The newest version of every item, by code.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Entry>> {
        let newer = |key: &(String, u32)| (key.0.clone(), key.1 + 1);
        self.0.iter().filter(move |(key, _)| !self.0.contains_key(&newer(key))).map(|(_, entry)| entry)
    }

    /// Every version of every item.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.0.values()
    }
}

fn parse(file: String, source: String) -> Result<Entry, CatalogueError> {
    let item = serde_yaml_ng::from_str(&source)
        .map_err(|error| CatalogueError::Unreadable { file: file.clone(), detail: error.to_string() })?;
    let digest = digest(source.as_bytes());
    Ok(Entry { item, file, digest, source })
}

/// SM3 digest, hexadecimal.
fn digest(bytes: &[u8]) -> String {
    use sm3::{Digest, Sm3};
    Sm3::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
