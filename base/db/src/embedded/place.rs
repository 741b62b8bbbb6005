//! The home folder of a cluster: where it lies, who may enter, who holds it.
//!
//! ```text
//! <home>/renshe.lock   held by the running program
//! <home>/data/         PostgreSQL's own folder
//! <home>/password      mode 600
//! <home>/url           connection URL for `make db-shell`, mode 600
//! <home>/postgres.log  what the server says
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::EmbeddedError;
use super::user::User;

/// Where root's clusters go when the checkout lies in a folder nobody else can enter.
const PUBLIC_HOME: &str = "/var/lib/renshe";

/// Makes the home folder and returns its real path, moved to [`PUBLIC_HOME`] (with a symbolic link left behind) when
/// `user` could not enter it. A folder that already holds something is never moved.
pub(super) fn make_home(wanted: &Path, user: Option<&User>) -> Result<PathBuf, EmbeddedError> {
    fs::create_dir_all(wanted).map_err(EmbeddedError::file(wanted))?;
    let home = fs::canonicalize(wanted).map_err(EmbeddedError::file(wanted))?;
    let Some(user) = user else { return Ok(home) };
    if user.can_enter(&home) {
        return Ok(home);
    }
    let moved = Path::new(PUBLIC_HOME).join(format!("postgres-{:016x}", hash(&home)));
    if fs::remove_dir(&home).is_err() {
        return Err(EmbeddedError::Unreachable { folder: home, user: user.name.clone() });
    }
    fs::create_dir_all(&moved).map_err(EmbeddedError::file(&moved))?;
    symlink(&moved, &home).map_err(EmbeddedError::file(&home))?;
    tracing::info!(from = %home.display(), to = %moved.display(), "data folder moved to where the server may enter");
    if user.can_enter(&moved) {
        Ok(moved)
    } else {
        Err(EmbeddedError::Unreachable { folder: moved, user: user.name.clone() })
    }
}

/// A stable short name for a path.
pub(super) fn hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

/// Writes a file only its owner can read; replaced whole, so that a reader never sees half of it.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), EmbeddedError> {
    let half = path.with_extension("new");
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&half, path)
    };
    write().map_err(EmbeddedError::file(path))
}

/// The right to use a home folder; given back when dropped or when the process ends in whatever way.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "held for its lifetime")] File);

impl Lock {
    pub(super) fn take(home: &Path) -> Result<Self, EmbeddedError> {
        let path = home.join("renshe.lock");
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(|source| {
                if source.kind() == std::io::ErrorKind::PermissionDenied {
                    EmbeddedError::NotOurs(home.to_owned())
                } else {
                    EmbeddedError::File { path: path.clone(), source }
                }
            })?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(EmbeddedError::Taken(home.to_owned())),
            Err(TryLockError::Error(source)) => Err(EmbeddedError::File { path, source }),
        }
    }
}
