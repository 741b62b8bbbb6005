//! Putting and getting content.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base_db::{Db, Tx};
use base_kernel::{FileId, UserId};
use chrono::{DateTime, Utc};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use crate::{FileError, Kind, digest, safe_name, store};

/// Largest file when the place of use names no limit, in bytes.
pub const DEFAULT_LIMIT: usize = 20 * 1024 * 1024;

/// The object store with its rules. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    pub(crate) objects: Arc<dyn ObjectStore>,
    /// Folder of a local store, so that content can be forced to disk before its row commits.
    pub(crate) folder: Option<PathBuf>,
}

/// What comes with the content.
#[derive(Debug, Clone)]
pub struct FileMeta {
    /// Name as given; made safe before it is stored.
    pub name: String,
    /// What it is for, for example `material` or `document`: lower-case letters and underscores.
    pub purpose: String,
    /// Kinds accepted here; empty accepts every known kind.
    pub accept: Vec<Kind>,
    /// Largest size in bytes.
    pub limit: usize,
}

impl FileMeta {
    /// Any known kind up to [`DEFAULT_LIMIT`].
    pub fn new(name: impl Into<String>, purpose: impl Into<String>) -> Self {
        Self { name: name.into(), purpose: purpose.into(), accept: Vec::new(), limit: DEFAULT_LIMIT }
    }
}

/// A file on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Id.
    pub id: FileId,
    /// Safe name.
    pub name: String,
    /// Media type told from the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SM3 digest (GB/T 32905) in hexadecimal.
    pub sm3: String,
    /// Key in the object store.
    pub stored_path: String,
    /// Who put it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// What for.
    pub purpose: String,
}

impl Files {
    /// A store in a local folder, made when missing.
    ///
    /// # Errors
    /// [`FileError::Folder`] when the folder can't be made or used.
    pub fn local(folder: &Path) -> Result<Self, FileError> {
        std::fs::create_dir_all(folder).map_err(FileError::Folder)?;
        let objects = LocalFileSystem::new_with_prefix(folder)?;
        Ok(Self { objects: Arc::new(objects), folder: Some(folder.to_owned()) })
    }

    /// Any other object store.
    #[must_use]
    pub fn on(objects: Arc<dyn ObjectStore>) -> Self {
        Self { objects, folder: None }
    }

    /// Checks and stores content; its row is part of the transaction.
    ///
    /// The object is written before the row commits, under its own digest. If the step never commits (or the process
    /// is killed), an object without row remains, which the sweeper removes a day later; the other way round, a row
    /// without object, can't happen.
    ///
    /// # Errors
    /// [`FileError`] says what is wrong with the content.
    pub async fn put(&self, tx: &mut Tx, content: Vec<u8>, meta: FileMeta) -> Result<StoredFile, FileError> {
        let name = safe_name(&meta.name);
        let kind = admit(&name, &content, &meta)?;
        let size = i64::try_from(content.len()).map_err(|_| FileError::TooLarge { limit: meta.limit })?;
        let raw = digest::sm3(&content);
        let sm3 = digest::hex(&raw);
        let key = key(&sm3);
        store::lock(tx, &raw).await?;
        self.write(&key, content).await?;
        let file = StoredFile {
            id: tx.new_id(),
            name,
            media_type: kind.media_type().to_owned(),
            size,
            sm3,
            stored_path: key.to_string(),
            uploaded_by: tx.actor().user,
            uploaded_at: tx.now(),
            purpose: meta.purpose,
        };
        store::insert(tx, &file).await?;
        Ok(file)
    }

    /// The record and the content, checked against its digest.
    ///
    /// # Errors
    /// [`FileError::NotFound`], or [`FileError::Damaged`] when the content is not what was put.
    pub async fn get(&self, db: &Db, id: FileId) -> Result<(StoredFile, Vec<u8>), FileError> {
        let file = store::find(db, id).await?.ok_or(FileError::NotFound)?;
        let content = self.read(&file).await?;
        Ok((file, content))
    }

    /// The content of a record already at hand, checked against its digest.
    ///
    /// # Errors
    /// [`FileError::Damaged`] or [`FileError::Store`].
    pub async fn read(&self, file: &StoredFile) -> Result<Vec<u8>, FileError> {
        let content = self.objects.get(&Key::from(file.stored_path.as_str())).await?.bytes().await?;
        if digest::hex(&digest::sm3(&content)) != file.sm3 {
            return Err(FileError::Damaged(file.id));
        }
        Ok(content.to_vec())
    }

    /// The record alone, inside a step.
    ///
    /// # Errors
    /// [`FileError::NotFound`].
    pub async fn describe(&self, tx: &mut Tx, id: FileId) -> Result<StoredFile, FileError> {
        store::find_in(tx, id).await?.ok_or(FileError::NotFound)
    }

    /// Forgets a file; its content goes with the sweeper once no other row needs it.
    ///
    /// # Errors
    /// [`FileError::NotFound`].
    pub async fn forget(&self, tx: &mut Tx, id: FileId) -> Result<(), FileError> {
        if store::delete(tx, id).await? { Ok(()) } else { Err(FileError::NotFound) }
    }

    /// Always writes, also over equal content: that renews its age, so that the sweeper leaves it alone until this
    /// step has committed.
    async fn write(&self, key: &Key, content: Vec<u8>) -> Result<(), FileError> {
        self.objects.put(key, PutPayload::from(content)).await?;
        if let Some(folder) = &self.folder {
            let path = folder.join(key.as_ref());
            let forced = tokio::task::spawn_blocking(move || force_to_disk(&path)).await;
            forced.map_err(|join| FileError::Folder(join.into()))?.map_err(FileError::Folder)?;
        }
        Ok(())
    }
}

/// Refuses what may not be stored; tells the kind of the rest.
fn admit(name: &str, content: &[u8], meta: &FileMeta) -> Result<Kind, FileError> {
    if content.is_empty() {
        return Err(FileError::Empty);
    }
    if content.len() > meta.limit {
        return Err(FileError::TooLarge { limit: meta.limit });
    }
    let kind = Kind::sniff(content)?;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    if Kind::of_extension(extension) != Some(kind) {
        return Err(FileError::KindDiffers { claimed: extension.to_owned(), found: kind.extension() });
    }
    if !meta.accept.is_empty() && !meta.accept.contains(&kind) {
        let claimed = meta.accept.iter().map(|kind| kind.extension()).collect::<Vec<_>>().join("、");
        return Err(FileError::KindDiffers { claimed, found: kind.extension() });
    }
    Ok(kind)
}

/// Two levels of folders, so that no folder grows without bound.
fn key(sm3: &str) -> Key {
    Key::from(format!("sm3/{}/{}/{sm3}", &sm3[..2], &sm3[2..4]))
}

fn force_to_disk(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()?;
    match path.parent() {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
