//! Tests of base-files.

#![expect(clippy::unwrap_used, reason = "tests")]

mod content;
mod names;
mod storage;

use std::path::PathBuf;

use base_testdb::TestDb;

use crate::{Files, MIGRATIONS};

/// A database and a folder of its own; the folder is removed with the fixture.
struct Fixture {
    db: TestDb,
    files: Files,
    folder: PathBuf,
}

impl Fixture {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("renshe-files-{}", uuid::Uuid::new_v4()));
        let files = Files::local(&folder).unwrap();
        Self { db: TestDb::new(&[MIGRATIONS]).await, files, folder }
    }

    fn path(&self, sm3: &str) -> PathBuf {
        self.folder.join(format!("sm3/{}/{}/{sm3}", &sm3[..2], &sm3[2..4]))
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A zip archive with empty entries of these names: the least that has a central directory.
fn archive(names: &[&str], unpacked: u32, flags: u16) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    let start = u32::try_from(bytes.len()).unwrap();
    for name in names {
        let mut entry = b"PK\x01\x02".to_vec();
        entry.extend([0_u8; 4]);
        entry.extend(flags.to_le_bytes());
        entry.resize(24, 0);
        entry.extend(unpacked.to_le_bytes());
        entry.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        entry.resize(46, 0);
        entry.extend(name.bytes());
        bytes.extend(entry);
    }
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0_u8; 6]);
    bytes.extend(u16::try_from(names.len()).unwrap().to_le_bytes());
    bytes.extend([0_u8; 4]);
    bytes.extend(start.to_le_bytes());
    bytes.extend([0_u8; 2]);
    bytes
}
