//! All items of the catalogue, by code and version.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use base_kernel::ItemCode;

use crate::codes::Codes;
use crate::error::CatalogueError;
use crate::folder::{self, ShippedItems, SourceFile};
use crate::model::{Choice, Field, Item};

/// Items by code and version; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(Arc<Items>);

#[derive(Debug, Default)]
struct Items {
    /// Versions of the files, and older ones that cases still run on.
    versions: BTreeMap<(String, u32), Arc<Entry>>,
    /// The version in force by code: the newest of the files.
    current: BTreeMap<String, u32>,
    /// To read older versions with.
    codes: Codes,
}

/// An item with where it came from.
#[derive(Debug)]
pub struct Entry {
    /// The item; options of code sets filled in.
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
        Self::read(folder::shipped::<ShippedItems>()?, Codes::shipped()?)
    }

    /// The items below `folder`.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn from_folder(folder: &Path, codes: Codes) -> Result<Self, CatalogueError> {
        Self::read(folder::below(folder)?, codes)
    }

    pub(crate) fn read(files: Vec<SourceFile>, codes: Codes) -> Result<Self, CatalogueError> {
        let mut items = Items { codes, ..Items::default() };
        for (file, source) in files {
            let entry = parse(file, source, &items.codes)?;
            let key = (entry.item.code.0.clone(), entry.item.version);
            if let Some(other) = items.versions.get(&key) {
                let first = other.file.clone();
                return Err(CatalogueError::Twice { code: key.0, first, second: entry.file });
            }
            let newest = items.current.entry(key.0.clone()).or_default();
            *newest = (*newest).max(key.1);
            items.versions.insert(key, Arc::new(entry));
        }
        Ok(Self(Arc::new(items)))
    }

    /// The same catalogue with stored versions that the files no longer hold.
    pub(crate) fn with_stored(&self, stored: Vec<SourceFile>) -> Result<Self, CatalogueError> {
        let mut versions = self.0.versions.clone();
        for (file, source) in stored {
            let entry = parse(file, source, &self.0.codes)?;
            versions.insert((entry.item.code.0.clone(), entry.item.version), Arc::new(entry));
        }
        let (current, codes) = (self.0.current.clone(), self.0.codes.clone());
        Ok(Self(Arc::new(Items { versions, current, codes })))
    }

    /// The version of an item that new cases begin with.
    #[must_use]
    pub fn current(&self, code: &str) -> Option<Arc<Entry>> {
        let version = self.0.current.get(code)?;
        self.0.versions.get(&(code.to_owned(), *version)).cloned()
    }

    /// One version of an item.
    #[must_use]
    pub fn find(&self, code: &ItemCode, version: u32) -> Option<Arc<Entry>> {
        self.0.versions.get(&(code.0.clone(), version)).cloned()
    }

    /// The version in force of every item, by code.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.0.current.iter().filter_map(|(code, version)| self.0.versions.get(&(code.clone(), *version)))
    }

    /// Every version of every item.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.0.versions.values()
    }

    /// The code sets the items use.
    #[must_use]
    pub fn codes(&self) -> &Codes {
        &self.0.codes
    }
}

fn parse(file: String, source: String, codes: &Codes) -> Result<Entry, CatalogueError> {
    let unreadable = |detail: String| CatalogueError::Unreadable { file: file.clone(), detail };
    let mut item: Item = serde_yaml_ng::from_str(&source).map_err(|error| unreadable(error.to_string()))?;
    for field in item.form.iter_mut().flat_map(|section| &mut section.fields) {
        fill_options(field, codes).map_err(unreadable)?;
    }
    let digest = digest(source.as_bytes());
    Ok(Entry { item, file, digest, source })
}

/// Makes the codes of a field's set its options.
fn fill_options(field: &mut Field, codes: &Codes) -> Result<(), String> {
    let Some(name) = &field.code_set else { return Ok(()) };
    let set = codes.set(name);
    let set =
        set.ok_or_else(|| format!("字段“{}”的代码集“{name}”不存在，请修改或补充代码文件", field.key))?;
    let missing = field.only.iter().find(|wanted| !set.codes.iter().any(|code| code.code == **wanted));
    if let Some(code) = missing {
        return Err(format!("字段“{}”的 only 中“{code}”不在代码集“{name}”中，请修改", field.key));
    }
    let offered = set.codes.iter().filter(|code| field.only.is_empty() || field.only.contains(&code.code));
    field.options = offered.map(|code| Choice { code: code.code.clone(), name: code.name.clone() }).collect();
    Ok(())
}

/// SM3 digest, hexadecimal.
fn digest(bytes: &[u8]) -> String {
    use sm3::{Digest, Sm3};
    Sm3::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
