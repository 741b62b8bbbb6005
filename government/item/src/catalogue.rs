//! All items of the catalogue, by code and version.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use base_kernel::ItemCode;
use rust_embed::RustEmbed;

use crate::error::CatalogueError;
use crate::model::Item;

#[derive(RustEmbed)]
#[folder = "../../catalogue/items"]
struct Shipped;

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
        let files = Shipped::iter().filter(|path| path.ends_with(".yaml")).filter_map(|path| {
            let file = Shipped::get(&path)?;
            Some((path.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        });
        Self::read(files)
    }

    /// The items below `folder`.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn from_folder(folder: &Path) -> Result<Self, CatalogueError> {
        let mut files = Vec::new();
        collect(folder, folder, &mut files)?;
        Self::read(files)
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

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<(), CatalogueError> {
    let unreadable = |path: &Path, error: &std::io::Error| CatalogueError::Unreadable {
        file: path.display().to_string(),
        detail: error.to_string(),
    };
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let source = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            files.push((name, source));
        }
    }
    files.sort();
    Ok(())
}
