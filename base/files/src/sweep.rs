//! Clearing away what steps that never committed left behind.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use base_db::Db;
use base_kernel::{Ctx, RequestId};
use chrono::TimeDelta;
use futures::TryStreamExt;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStoreExt};

use crate::{FileError, Files, store};

/// Age from which an object without row is an orphan.
const ORPHAN_AGE: TimeDelta = TimeDelta::days(1);

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Objects looked at.
    pub seen: u64,
    /// Objects without row removed.
    pub removed: u64,
    /// Half-written files of killed processes removed.
    pub unfinished: u64,
}

impl Files {
    /// Removes objects older than a day that no row needs. Safe beside running steps and other sweepers.
    ///
    /// # Errors
    /// [`FileError`] of store or database; what was removed until then stays removed.
    pub async fn sweep(&self, db: &Db) -> Result<Swept, FileError> {
        let limit = db.now() - ORPHAN_AGE;
        let mut swept = Swept::default();
        let mut objects = self.objects.list(Some(&Key::from("sm3")));
        while let Some(object) = objects.try_next().await? {
            swept.seen += 1;
            if object.last_modified < limit && self.sweep_one(db, &object).await? {
                swept.removed += 1;
            }
        }
        if let Some(folder) = self.folder.clone() {
            let limit = SystemTime::from(limit);
            let cleared = tokio::task::spawn_blocking(move || clear_unfinished(&folder, limit)).await;
            swept.unfinished = cleared.map_err(|join| FileError::Folder(join.into()))?;
        }
        Ok(swept)
    }

    async fn sweep_one(&self, db: &Db, object: &ObjectMeta) -> Result<bool, FileError> {
        let Some(sm3) = object.location.filename().filter(|name| name.len() == 64) else { return Ok(false) };
        let Some(digest) = unhex(sm3) else { return Ok(false) };
        let mut tx = db.begin(Ctx::system(RequestId(uuid::Uuid::new_v4()))).await?;
        // A put holds the same lock from before it writes until it commits or fails.
        store::lock(&mut tx, &digest).await?;
        if store::used(&mut tx, sm3).await? {
            return Ok(false);
        }
        // Written again since it was listed: somebody is about to need it.
        match self.objects.head(&object.location).await {
            Ok(now) if now.last_modified == object.last_modified => {
                self.objects.delete(&object.location).await?;
                Ok(true)
            }
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// The local store writes to `<name>#<n>` and renames; a killed process leaves the former.
fn clear_unfinished(folder: &Path, limit: SystemTime) -> u64 {
    let mut removed = 0;
    let mut folders: Vec<PathBuf> = vec![folder.join("sm3")];
    while let Some(at) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&at) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_unfinished(&path) && is_older(&path, limit) && std::fs::remove_file(&path).is_ok() {
                removed += 1;
            }
        }
    }
    removed
}

fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.rsplit_once('#'))
        .is_some_and(|(_, tail)| !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit()))
}

fn is_older(path: &Path, limit: SystemTime) -> bool {
    path.metadata().and_then(|meta| meta.modified()).is_ok_and(|at| at < limit)
}
