//! Code tables (`items.md` §8) with the mark of every value.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::CatalogueError;
use crate::folder::{self, ShippedCodes, SourceFile};

/// Code sets by name; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Codes(Arc<BTreeMap<String, CodeSet>>);

/// One code set.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeSet {
    /// Name used in item files, for example `insurance`.
    pub set: String,
    /// Chinese name.
    pub name: String,
    /// Standard, or element name in the ministry's data dictionary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    /// Where the values come from (`items.md`, how to read the marks), unless a code says otherwise.
    pub mark: String,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Codes in the order of display.
    pub codes: Vec<Code>,
}

/// One code.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Mark, when it differs from that of the set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Codes {
    /// The code sets inside the binary.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(folder::shipped::<ShippedCodes>()?)
    }

    /// The code sets below `folder`.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file and place.
    pub fn from_folder(folder: &Path) -> Result<Self, CatalogueError> {
        Self::read(folder::below(folder)?)
    }

    pub(crate) fn read(files: Vec<SourceFile>) -> Result<Self, CatalogueError> {
        let mut sets: BTreeMap<String, (CodeSet, String)> = BTreeMap::new();
        for (file, source) in files {
            let unreadable = |detail: String| CatalogueError::Unreadable { file: file.clone(), detail };
            let set: CodeSet =
                serde_yaml_ng::from_str(&source).map_err(|error| unreadable(error.to_string()))?;
            for (index, code) in set.codes.iter().enumerate() {
                let known = |wanted: &str| set.codes.iter().any(|other| other.code == wanted);
                if set.codes[..index].iter().any(|other| other.code == code.code) {
                    return Err(unreadable(format!("代码“{}”重复，请删除一个", code.code)));
                }
                if let Some(parent) = code.parent.as_ref().filter(|parent| !known(parent)) {
                    return Err(unreadable(format!("代码“{}”的上级“{parent}”不存在，请修改", code.code)));
                }
            }
            if let Some((_, first)) = sets.get(&set.set) {
                let (code, first) = (set.set.clone(), first.clone());
                return Err(CatalogueError::Twice { code, first, second: file });
            }
            sets.insert(set.set.clone(), (set, file));
        }
        Ok(Self(Arc::new(sets.into_iter().map(|(name, (set, _))| (name, set)).collect())))
    }

    /// A set.
    #[must_use]
    pub fn set(&self, name: &str) -> Option<&CodeSet> {
        self.0.get(name)
    }

    /// All sets by name.
    pub fn sets(&self) -> impl Iterator<Item = &CodeSet> {
        self.0.values()
    }

    /// The name of a code.
    #[must_use]
    pub fn name_of(&self, set: &str, code: &str) -> Option<&str> {
        let found = self.set(set)?.codes.iter().find(|one| one.code == code)?;
        Some(&found.name)
    }
}
