//! The programs `postgres`, `initdb` and `pg_ctl`, wherever they come from.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::EmbeddedError;
use super::place::hash;
use super::user::User;

/// Where copies go for a user that can't reach the checkout.
const PUBLIC_COPY: &str = "/var/cache/renshe";

/// A set of PostgreSQL programs of one version.
#[derive(Debug, Clone)]
pub struct Binaries {
    bin: PathBuf,
    lib: Option<PathBuf>,
    version: String,
}

/// One line of the package's list of links, which package archives can't carry.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

impl Binaries {
    /// Looks at `folder`, and copies it to a public place when `user` can't reach it.
    pub(super) fn open(folder: &Path, user: Option<&User>) -> Result<Self, EmbeddedError> {
        if !folder.join("bin/postgres").is_file() && !folder.join("postgres").is_file() {
            return Err(EmbeddedError::NoBinaries(folder.to_owned()));
        }
        let real = fs::canonicalize(folder).map_err(EmbeddedError::file(folder))?;
        make_links(&real);
        let (bin, lib) = parts(&real);
        let (bin, lib) = match user {
            Some(user) if !user.can_run(&bin.join("postgres")) => parts(&copy_out(&real, user)?),
            _ => (bin, lib),
        };
        let mut found = Self { bin, lib, version: String::new() };
        found.version = found.ask_version(user)?;
        Ok(found)
    }

    /// Major version, for example `18`.
    #[must_use]
    pub fn major(&self) -> &str {
        self.version.split(['.', 'b', 'r']).next().unwrap_or_default()
    }

    /// A command with a clean environment, run as `user`.
    pub(super) fn command(&self, program: &str, user: Option<&User>) -> Command {
        let mut command = Command::new(self.bin.join(program));
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
        if let Some(lib) = &self.lib {
            command.env("LD_LIBRARY_PATH", lib);
        }
        if let Some(user) = user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    fn ask_version(&self, user: Option<&User>) -> Result<String, EmbeddedError> {
        let program = self.bin.join("postgres");
        let unrunnable = |detail: String| EmbeddedError::Unrunnable { program: program.clone(), detail };
        let output = self
            .command("postgres", user)
            .arg("--version")
            .output()
            .map_err(|error| unrunnable(error.to_string()))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        // postgres (PostgreSQL) 18.4, or with a distribution's note after it
        text.split_whitespace()
            .nth(2)
            .map(str::to_owned)
            .ok_or_else(|| unrunnable(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}

fn parts(folder: &Path) -> (PathBuf, Option<PathBuf>) {
    if folder.join("bin/postgres").is_file() {
        (folder.join("bin"), Some(folder.join("lib")))
    } else {
        (folder.to_owned(), None)
    }
}

/// Makes the symbolic links of shared libraries that the package lists. The package's own install script does it
/// too, but script execution is switched off on careful machines. Best effort: a missing link shows when the program
/// is asked for its version.
fn make_links(folder: &Path) {
    let Ok(text) = fs::read_to_string(folder.join("pg-symlinks.json")) else { return };
    let Ok(links) = serde_json::from_str::<Vec<Link>>(&text) else { return };
    let Some(root) = folder.parent() else { return };
    for link in links {
        let at = root.join(&link.target);
        if let Some(name) = link.source.file_name()
            && !at.exists()
            && let Err(error) = symlink(name, &at)
        {
            tracing::debug!(link = %at.display(), %error, "shared-library link not made");
        }
    }
}

/// Copies the programs to [`PUBLIC_COPY`], once per source folder and state of it.
fn copy_out(from: &Path, user: &User) -> Result<PathBuf, EmbeddedError> {
    let changed = fs::metadata(parts(from).0.join("postgres"))
        .and_then(|meta| meta.modified())
        .map_err(EmbeddedError::file(from))?;
    let stamp = changed.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    let name = format!("postgresql-{:016x}", hash(&from.join(stamp.to_string())));
    let to = Path::new(PUBLIC_COPY).join(&name);
    if !to.exists() {
        let half = Path::new(PUBLIC_COPY).join(format!("{name}.{}", std::process::id()));
        copy_tree(from, &half)?;
        if fs::rename(&half, &to).is_err() {
            // Another process was faster; its copy is as good.
            fs::remove_dir_all(&half).map_err(EmbeddedError::file(&half))?;
        }
    }
    if user.can_run(&parts(&to).0.join("postgres")) {
        Ok(to)
    } else {
        Err(EmbeddedError::Unreachable { folder: to, user: user.name.clone() })
    }
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), EmbeddedError> {
    let work = || -> std::io::Result<Vec<(PathBuf, PathBuf)>> {
        fs::create_dir_all(to)?;
        fs::set_permissions(to, fs::Permissions::from_mode(0o755))?;
        let mut folders = Vec::new();
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let (source, target) = (entry.path(), to.join(entry.file_name()));
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push((source, target));
            } else if kind.is_symlink() {
                symlink(fs::read_link(&source)?, &target)?;
            } else {
                fs::copy(&source, &target)?;
                let mode = entry.metadata()?.permissions().mode();
                let runs = if mode & 0o100 == 0 { 0o644 } else { 0o755 };
                fs::set_permissions(&target, fs::Permissions::from_mode(runs))?;
            }
        }
        Ok(folders)
    };
    for (source, target) in work().map_err(EmbeddedError::file(to))? {
        copy_tree(&source, &target)?;
    }
    Ok(())
}
