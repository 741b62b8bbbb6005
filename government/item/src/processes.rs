//! The process definitions of the catalogue. `engine-process` knows no files; this crate reads them for it.

use std::path::Path;

use engine_process::{Definition, Processes};

use crate::error::CatalogueError;
use crate::folder::{self, ShippedProcesses, SourceFile};

/// The process definitions inside the binary.
///
/// # Errors
/// [`CatalogueError::Process`] with every fault by file and line.
pub fn shipped_processes() -> Result<Processes, CatalogueError> {
    read(folder::shipped::<ShippedProcesses>()?)
}

/// The process definitions below `folder`.
///
/// # Errors
/// [`CatalogueError::Process`] with every fault by file and line; [`CatalogueError::Unreadable`].
pub fn processes_from_folder(folder: &Path) -> Result<Processes, CatalogueError> {
    read(folder::below(folder)?)
}

fn read(files: Vec<SourceFile>) -> Result<Processes, CatalogueError> {
    let mut definitions: Vec<(Definition, String)> = Vec::new();
    for (file, yaml) in files {
        let definition = Definition::parse(&file, &yaml)?;
        if let Some((_, first)) = definitions.iter().find(|(known, _)| known.id() == definition.id()) {
            let (code, first) = (definition.id().to_owned(), first.clone());
            return Err(CatalogueError::Twice { code, first, second: file });
        }
        definitions.push((definition, file));
    }
    Ok(Processes::new(definitions.into_iter().map(|(definition, _)| definition)))
}
