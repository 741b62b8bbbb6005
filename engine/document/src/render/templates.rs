//! Template files, read once at the start.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use sm3::{Digest, Sm3};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use super::shape::Shape;
use crate::Error;

/// The shared style every template imports; a template itself is any other file.
const BASE: &str = "base";

/// Path under which a template reads its data.
pub(crate) const DATA: &str = "data.json";

/// Path under which a template reads the QR code.
pub(crate) const QR: &str = "qr.svg";

pub(crate) struct Templates {
    sources: HashMap<FileId, Source>,
    by_name: BTreeMap<String, Template>,
    pub(crate) data: FileId,
    pub(crate) qr: FileId,
}

/// One template.
pub(crate) struct Template {
    pub(crate) main: FileId,
    pub(crate) shape: Shape,
    /// SM3 over the shared style and the template, in hexadecimal.
    pub(crate) digest: String,
}

impl Templates {
    /// Reads every `*.typ` of `dir`.
    pub(crate) fn read(dir: &Path) -> Result<Self, Error> {
        let texts = texts(dir)?;
        let base = texts.get(BASE).map(String::as_str).unwrap_or_default();
        let mut sources = HashMap::new();
        let mut by_name = BTreeMap::new();
        for (name, text) in &texts {
            let main = file_id(&format!("{name}.typ"))?;
            sources.insert(main, Source::new(main, text.clone()));
            if name != BASE {
                let shape = Shape::read(name, text)?;
                let digest = digest(&[base, text]);
                by_name.insert(name.clone(), Template { main, shape, digest });
            }
        }
        Ok(Self { sources, by_name, data: file_id(DATA)?, qr: file_id(QR)? })
    }

    pub(crate) fn get(&self, name: &str) -> Result<&Template, Error> {
        self.by_name.get(name).ok_or_else(|| Error::UnknownTemplate(name.to_owned()))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub(crate) fn source(&self, id: FileId) -> Option<Source> {
        self.sources.get(&id).cloned()
    }

    pub(crate) fn file(&self, id: FileId) -> Option<Bytes> {
        self.sources.get(&id).map(|source| Bytes::from_string(source.clone()))
    }
}

fn texts(dir: &Path) -> Result<BTreeMap<String, String>, Error> {
    let broken = |detail: String| Error::Template { name: dir.display().to_string(), detail };
    let entries = std::fs::read_dir(dir).map_err(|error| broken(error.to_string()))?;
    let mut texts = BTreeMap::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_template = path.extension().is_some_and(|ext| ext == "typ");
        if let (true, Some(name)) = (is_template, path.file_stem().and_then(|stem| stem.to_str())) {
            let text = std::fs::read_to_string(&path).map_err(|error| broken(error.to_string()))?;
            texts.insert(name.to_owned(), text);
        }
    }
    Ok(texts)
}

/// File ids are interned for the life of the process, so they are made for a fixed set of paths only.
fn file_id(path: &str) -> Result<FileId, Error> {
    let virtual_path = VirtualPath::new(path)
        .map_err(|error| Error::Template { name: path.to_owned(), detail: error.to_string() })?;
    Ok(RootedPath::new(VirtualRoot::Project, virtual_path).intern())
}

fn digest(parts: &[&str]) -> String {
    let mut hash = Sm3::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    crate::hex(&hash.finalize())
}
