//! Putting, getting, sweeping, against a real database and folder.

use base_kernel::Actor;
use chrono::{Duration, Utc};

use super::Fixture;
use crate::{FileError, FileMeta, Kind};

const PDF: &[u8] = b"%PDF-1.7 content";

fn meta(name: &str) -> FileMeta {
    FileMeta::new(name, "material")
}

#[tokio::test]
async fn what_is_put_comes_back_with_its_digest() {
    let fixture = Fixture::new().await;
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let put = fixture.files.put(&mut tx, PDF.to_vec(), meta("a/b/档案.pdf")).await.unwrap();
    tx.commit().await.unwrap();
    let (file, content) = fixture.files.get(&fixture.db.db(), put.id).await.unwrap();
    assert_eq!(content, PDF);
    assert_eq!(file, put);
    assert_eq!(
        (file.name.as_str(), file.media_type.as_str(), file.size),
        ("档案.pdf", "application/pdf", 16)
    );
    assert_eq!(file.sm3, crate::hex(&crate::sm3(PDF)));
}

/// GB/T 32905 appendix A.1.
#[test]
fn the_digest_is_sm3() {
    let expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!(crate::hex(&crate::sm3(b"abc")), expected);
}

#[tokio::test]
async fn name_kind_and_size_must_agree() {
    let fixture = Fixture::new().await;
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let files = &fixture.files;
    let differs = files.put(&mut tx, PDF.to_vec(), meta("a.png")).await;
    assert!(matches!(differs, Err(FileError::KindDiffers { found: "pdf", .. })));
    let unwanted = FileMeta { accept: vec![Kind::Xlsx, Kind::Csv], ..meta("a.pdf") };
    let refused = files.put(&mut tx, PDF.to_vec(), unwanted).await.unwrap_err();
    assert!(base_kernel::Fault::from(refused).message.contains("xlsx、csv"));
    let small = FileMeta { limit: 8, ..meta("a.pdf") };
    assert!(matches!(files.put(&mut tx, PDF.to_vec(), small).await, Err(FileError::TooLarge { limit: 8 })));
    assert!(matches!(files.put(&mut tx, Vec::new(), meta("a.pdf")).await, Err(FileError::Empty)));
}

#[tokio::test]
async fn content_changed_behind_our_back_is_noticed() {
    let fixture = Fixture::new().await;
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let put = fixture.files.put(&mut tx, PDF.to_vec(), meta("a.pdf")).await.unwrap();
    tx.commit().await.unwrap();
    std::fs::write(fixture.path(&put.sm3), b"%PDF-1.7 forged!").unwrap();
    let read = fixture.files.get(&fixture.db.db(), put.id).await;
    assert!(matches!(read, Err(FileError::Damaged(id)) if id == put.id));
}

#[tokio::test]
async fn the_sweeper_takes_old_orphans_only() {
    let fixture = Fixture::new().await;
    let (db, files) = (fixture.db.db(), &fixture.files);
    let put = async |content: &[u8], keep: bool| {
        let mut tx = fixture.db.begin_as(Actor::system()).await;
        let file = files.put(&mut tx, content.to_vec(), meta("a.pdf")).await.unwrap();
        if keep {
            tx.commit().await.unwrap()
        } else {
            tx.rollback().await.unwrap()
        }
        file
    };
    let kept = put(b"%PDF-kept", true).await;
    let orphan = put(b"%PDF-orphan", false).await;
    // A killed upload.
    let unfinished = format!("{}#7", fixture.path(&kept.sm3).display());
    std::fs::write(&unfinished, b"half").unwrap();

    // The files carry the machine's time; today they are young.
    fixture.db.clock().set(machine_now());
    let swept = files.sweep(&db).await.unwrap();
    assert_eq!((swept.seen, swept.removed, swept.unfinished), (2, 0, 0));

    fixture.db.clock().set(machine_now() + Duration::hours(25));
    let swept = files.sweep(&db).await.unwrap();
    assert_eq!((swept.seen, swept.removed, swept.unfinished), (2, 1, 1));
    assert!(!fixture.path(&orphan.sm3).exists());
    assert!(!std::path::Path::new(&unfinished).exists());
    files.get(&db, kept.id).await.unwrap();
}

/// A put of the same content while the sweeper looks at its old orphan: the sweeper waits, sees the row, keeps it.
#[tokio::test]
async fn the_sweeper_waits_for_a_running_put() {
    let fixture = Fixture::new().await;
    let mut gone = fixture.db.begin_as(Actor::system()).await;
    fixture.files.put(&mut gone, PDF.to_vec(), meta("a.pdf")).await.unwrap();
    gone.rollback().await.unwrap();
    fixture.db.clock().set(machine_now() + Duration::hours(25));

    let mut running = fixture.db.begin_as(Actor::system()).await;
    let put = fixture.files.put(&mut running, PDF.to_vec(), meta("a.pdf")).await.unwrap();
    let (db, files) = (fixture.db.db(), fixture.files.clone());
    let sweeper = tokio::spawn(async move { files.sweep(&db).await.unwrap() });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!sweeper.is_finished());
    running.commit().await.unwrap();
    assert_eq!(sweeper.await.unwrap().removed, 0);
    fixture.files.get(&fixture.db.db(), put.id).await.unwrap();
}

#[tokio::test]
async fn equal_content_is_stored_once_and_outlives_one_of_its_rows() {
    let fixture = Fixture::new().await;
    let db = fixture.db.db();
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let first = fixture.files.put(&mut tx, PDF.to_vec(), meta("a.pdf")).await.unwrap();
    let second = fixture.files.put(&mut tx, PDF.to_vec(), meta("b.pdf")).await.unwrap();
    assert_eq!(first.stored_path, second.stored_path);
    fixture.files.forget(&mut tx, first.id).await.unwrap();
    tx.commit().await.unwrap();
    fixture.db.clock().set(machine_now() + Duration::hours(25));
    assert_eq!(fixture.files.sweep(&db).await.unwrap().removed, 0);
    assert!(matches!(fixture.files.get(&db, first.id).await, Err(FileError::NotFound)));
    fixture.files.get(&db, second.id).await.unwrap();
}

/// The age of files is told by the machine's clock, which no test can set.
#[expect(clippy::disallowed_methods, reason = "compared with the file system's own times")]
fn machine_now() -> chrono::DateTime<Utc> {
    Utc::now()
}

#[tokio::test]
async fn every_statement_prepares() {
    let fixture = Fixture::new().await;
    base_db::prepare_all(&fixture.db.db(), crate::STATEMENTS).await.unwrap();
}
