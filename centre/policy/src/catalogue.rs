//! The shipped parameters and calendars: inside the binary, or from a folder given at start.

use std::path::{Path, PathBuf};
use std::{fs, io};

use base_kernel::{Calendar, CalendarError, CalendarYear};
use engine_decision::{LoadError, ParameterSet};

/// Files of `catalogue/policy` as (path, text), in order of path.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
/// Working-day calendars lie beside the parameters in a folder of their own.
const CALENDARS: &str = "calendar/";

/// The policy catalogue can't be used; the program must not start with it.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A folder or file can't be read.
    #[error("无法读取政策目录 {}", path.display())]
    Read {
        /// Path.
        path: PathBuf,
        /// Cause.
        #[source]
        source: io::Error,
    },
    /// A parameter file is wrong.
    #[error(transparent)]
    Parameter(#[from] LoadError),
    /// A calendar file is not of the right shape.
    #[error("工作日历文件 {file} 格式有误")]
    CalendarFile {
        /// Path.
        file: String,
        /// Cause.
        #[source]
        source: serde_yaml_ng::Error,
    },
    /// The calendars contradict each other or themselves.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

/// The policy catalogue: parameters and working-day calendar.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Parameters.
    pub parameters: ParameterSet,
    /// Working days of the published years.
    pub calendar: Calendar,
}

impl Catalogue {
    /// The catalogue inside the binary.
    ///
    /// # Errors
    /// [`CatalogueError`]; never with the files of a release, since the tests load them.
    pub fn shipped() -> Result<Self, CatalogueError> {
        Self::read(SHIPPED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
    }

    /// The catalogue in `folder`, which takes the place of the shipped one as a whole: either a catalogue folder
    /// that has `policy` inside, or the policy folder itself.
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub fn from_folder(folder: &Path) -> Result<Self, CatalogueError> {
        let inner = folder.join("policy");
        let root = if inner.is_dir() { inner } else { folder.to_owned() };
        let mut files = Vec::new();
        collect(&root, "", &mut files)?;
        files.sort();
        if files.is_empty() {
            let source = io::Error::new(io::ErrorKind::NotFound, "no yaml file");
            return Err(CatalogueError::Read { path: root, source });
        }
        Self::read(files)
    }

    fn read(files: Vec<(String, String)>) -> Result<Self, CatalogueError> {
        let (calendars, parameters): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(path, _)| path.starts_with(CALENDARS));
        let mut years = Vec::new();
        for (file, text) in calendars {
            let year: Result<CalendarYear, _> = serde_yaml_ng::from_str(&text);
            years.push(year.map_err(|source| CatalogueError::CalendarFile { file, source })?);
        }
        Ok(Self { parameters: ParameterSet::load(parameters)?, calendar: Calendar::new(years)? })
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<(), CatalogueError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CatalogueError::Read { path, source }
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push((name, fs::read_to_string(&path).map_err(failed(&path))?));
        }
    }
    Ok(())
}

/// The shipped parameters.
///
/// # Errors
/// As [`Catalogue::shipped`].
pub fn shipped() -> Result<ParameterSet, CatalogueError> {
    Catalogue::shipped().map(|catalogue| catalogue.parameters)
}

/// The shipped working-day calendar.
///
/// # Errors
/// As [`Catalogue::shipped`].
pub fn shipped_calendar() -> Result<Calendar, CatalogueError> {
    Catalogue::shipped().map(|catalogue| catalogue.calendar)
}
