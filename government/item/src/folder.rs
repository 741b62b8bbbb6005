//! Catalogue files: those inside the binary, or those of a folder that overrides them.

use std::path::Path;

use rust_embed::RustEmbed;

use crate::error::CatalogueError;

#[derive(RustEmbed)]
#[folder = "../../catalogue/items"]
pub(crate) struct ShippedItems;

#[derive(RustEmbed)]
#[folder = "../../catalogue/processes"]
pub(crate) struct ShippedProcesses;

#[derive(RustEmbed)]
#[folder = "../../catalogue/codes"]
pub(crate) struct ShippedCodes;

/// A file with its text.
pub(crate) type SourceFile = (String, String);

/// The YAML files inside the binary, in the order of their names.
pub(crate) fn shipped<T: RustEmbed>() -> Result<Vec<SourceFile>, CatalogueError> {
    let mut names: Vec<String> =
        T::iter().map(|name| name.to_string()).filter(|name| is_yaml(name)).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let unreadable =
                |detail: &str| CatalogueError::Unreadable { file: name.clone(), detail: detail.to_owned() };
            let file = T::get(&name).ok_or_else(|| unreadable("文件不存在"))?;
            let text = String::from_utf8(file.data.into_owned())
                .map_err(|_| unreadable("文件不是 UTF-8 编码，请另存为 UTF-8"))?;
            Ok((name, text))
        })
        .collect()
}

/// The YAML files below `folder`, in the order of their names.
pub(crate) fn below(folder: &Path) -> Result<Vec<SourceFile>, CatalogueError> {
    let mut files = Vec::new();
    collect(folder, folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn is_yaml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "yaml")
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), CatalogueError> {
    let unreadable = |path: &Path, error: &std::io::Error| CatalogueError::Unreadable {
        file: path.display().to_string(),
        detail: error.to_string(),
    };
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if is_yaml(&path.display().to_string()) {
            let source = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            files.push((name, source));
        }
    }
    Ok(())
}
