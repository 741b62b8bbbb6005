//! The faces that documents are set in, read from a configured folder.
//!
//! A face is read when a document first needs it and stays in memory; only its catalogue entry is made at the start.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

use crate::Error;

/// Faces without which no document is set: song-style serif for text, sans for marks.
const REQUIRED: [&str; 4] = [
    "NotoSerifSC_400Regular.ttf",
    "NotoSerifSC_700Bold.ttf",
    "NotoSansSC_400Regular.ttf",
    "NotoSansSC_700Bold.ttf",
];

/// Folder below the font folder whose faces are all taken in addition, for rare characters.
const EXTRA: &str = "extra";

/// How deep the font folder is searched.
const DEPTH: usize = 6;

pub(crate) struct Fonts {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
}

struct Slot {
    path: PathBuf,
    index: u32,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Finds the required faces below `dir`, and every face in a folder named `extra`.
    pub(crate) fn find(dir: &Path) -> Result<Self, Error> {
        let mut files = Vec::new();
        walk(dir, DEPTH, &mut files);
        files.sort();
        let mut fonts = Self { book: LazyHash::new(FontBook::new()), slots: Vec::new() };
        for name in REQUIRED {
            let path = files.iter().find(|path| path.file_name().is_some_and(|file| file == name));
            let path = path.ok_or_else(|| Error::FontMissing { name, dir: dir.display().to_string() })?;
            if fonts.take(path) == 0 {
                return Err(Error::FontMissing { name, dir: dir.display().to_string() });
            }
        }
        let extra = |path: &&PathBuf| path.parent().and_then(Path::file_name).is_some_and(|at| at == EXTRA);
        for path in files.iter().filter(extra) {
            fonts.take(path);
        }
        Ok(fonts)
    }

    /// Enters the faces of one file; how many there were.
    fn take(&mut self, path: &Path) -> usize {
        let Ok(data) = std::fs::read(path) else { return 0 };
        let mut taken = 0;
        for (index, info) in (0..).zip(FontInfo::iter(&data)) {
            self.book.push(info);
            self.slots.push(Slot { path: path.to_owned(), index, font: OnceLock::new() });
            taken += 1;
        }
        taken
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font
            .get_or_init(|| {
                let data = std::fs::read(&slot.path).ok()?;
                Font::new(Bytes::new(data), slot.index)
            })
            .clone()
    }

    /// Whether some face has a glyph for `character`.
    pub(crate) fn covers(&self, character: char) -> bool {
        (0..self.slots.len())
            .filter_map(|index| self.book.info(index))
            .any(|info| info.coverage.contains(u32::from(character)))
    }
}

fn walk(dir: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, files);
            }
        } else if is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ext| ["ttf", "otf", "ttc"].iter().any(|known| ext.eq_ignore_ascii_case(known)))
}
