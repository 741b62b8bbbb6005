//! The unprivileged user PostgreSQL runs as when root starts the program.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::EmbeddedError;

/// A user and its primary group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
    pub(super) name: String,
}

impl User {
    /// The user to run as: none unless root starts us; else the owner of existing `data`, `postgres`, or `nobody`.
    pub(super) fn choose(data: &Path) -> Result<Option<Self>, EmbeddedError> {
        if effective_uid() != 0 {
            return Ok(None);
        }
        if let Ok(meta) = fs::metadata(data)
            && meta.uid() != 0
        {
            let name = format!("#{}", meta.uid());
            return Ok(Some(Self { uid: meta.uid(), gid: meta.gid(), name }));
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| Self::parse(&passwd, name))
            .map(Some)
            .ok_or(EmbeddedError::NoUser)
    }

    /// The line of `name` in the password file.
    pub(super) fn parse(passwd: &str, name: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut parts = line.split(':');
            if parts.next() != Some(name) {
                return None;
            }
            let uid = parts.nth(1)?.parse().ok()?;
            let gid = parts.next()?.parse().ok()?;
            (uid != 0).then(|| Self { uid, gid, name: name.to_owned() })
        })
    }

    /// Whether the permission bits give this user `bits` (4 read, 1 enter or execute).
    fn may(&self, meta: &Metadata, bits: u32) -> bool {
        let shift = match () {
            () if meta.uid() == self.uid => 6,
            () if meta.gid() == self.gid => 3,
            () => 0,
        };
        (meta.mode() >> shift) & bits == bits
    }

    /// Whether this user can enter `folder` and every folder above it.
    pub(super) fn can_enter(&self, folder: &Path) -> bool {
        folder.ancestors().all(|step| fs::metadata(step).is_ok_and(|meta| self.may(&meta, 1)))
    }

    /// Whether this user can reach and run `program`.
    pub(super) fn can_run(&self, program: &Path) -> bool {
        program.parent().is_some_and(|folder| self.can_enter(folder))
            && fs::metadata(program).is_ok_and(|meta| self.may(&meta, 5))
    }
}

/// Effective user id of this process, without a call into C.
pub(super) fn effective_uid() -> u32 {
    fs::metadata("/proc/self").map_or(u32::MAX, |meta| meta.uid())
}
