//! Tests of government-item: store.

use base_kernel::{Actor, ItemCode};
use base_testdb::TestDb;

use super::altered;
use crate::{Catalogue, CatalogueError, Codes, Error, ItemStatus, MIGRATIONS, require_published, set_status};

#[tokio::test]
async fn publishing_twice_changes_nothing() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    let catalogue = Catalogue::shipped().unwrap();
    for _ in 0..2 {
        let published = catalogue.publish(&mut tx).await.unwrap();
        assert_eq!(published.versions().count(), catalogue.versions().count());
    }
}

#[tokio::test]
async fn a_published_version_is_immutable() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    Catalogue::shipped().unwrap().publish(&mut tx).await.unwrap();
    let changed = altered("SI-CB-028", &[("short_name: 参保缴费证明", "short_name: 缴费证明")]).unwrap();
    let refused = changed.publish(&mut tx).await.unwrap_err();
    assert!(refused.to_string().contains("SI-CB-028.yaml"), "{refused}");
    assert!(matches!(refused, CatalogueError::Changed { version: 1, .. }));
    let update = sqlx::query("UPDATE item.version SET source = ''").execute(tx.conn()).await;
    assert!(update.is_err(), "the database refuses too");
}

#[tokio::test]
async fn a_running_case_finds_the_version_it_began_with() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    Catalogue::shipped().unwrap().publish(&mut tx).await.unwrap();
    let newer = [("version: 1\n", "version: 2\n"), ("short_name: 参保缴费证明", "short_name: 缴费证明")];
    let newer = altered("SI-CB-028", &newer).unwrap().publish(&mut tx).await.unwrap();
    let code = ItemCode("SI-CB-028".into());
    assert_eq!(newer.find(&code, 1).unwrap().item.short_name, "参保缴费证明");
    assert_eq!(newer.current("SI-CB-028").unwrap().item.short_name, "缴费证明");
    // The file goes back to version 1: new cases begin with it, those of version 2 still find theirs.
    let back = Catalogue::shipped().unwrap().publish(&mut tx).await.unwrap();
    assert_eq!(back.current("SI-CB-028").unwrap().item.version, 1);
    assert_eq!(back.find(&code, 2).unwrap().item.short_name, "缴费证明");
    // An item that left the files can't be applied for, its cases go on.
    let gone =
        Catalogue::read(Vec::new(), Codes::shipped().unwrap()).unwrap().publish(&mut tx).await.unwrap();
    assert!(gone.current("SI-CB-028").is_none());
    assert!(gone.find(&code, 2).is_some());
}

#[tokio::test]
async fn a_suspended_item_takes_no_new_applications() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    let catalogue = Catalogue::shipped().unwrap();
    require_published(&mut tx, "SI-YL-001").await.unwrap();
    set_status(&mut tx, &catalogue, "SI-YL-001", ItemStatus::Suspended, "系统升级").await.unwrap();
    let refused = require_published(&mut tx, "SI-YL-001").await;
    assert!(matches!(refused, Err(Error::Suspended { reason }) if reason == "系统升级"));
    require_published(&mut tx, "SI-CB-010").await.unwrap();
    for _ in 0..2 {
        set_status(&mut tx, &catalogue, "SI-YL-001", ItemStatus::Published, "升级完成").await.unwrap();
    }
    require_published(&mut tx, "SI-YL-001").await.unwrap();
    let changes: i64 =
        sqlx::query_scalar("SELECT count(*) FROM item.status_change").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(changes, 2, "saying the same twice is recorded once");
}

#[tokio::test]
async fn of_two_changes_at_once_the_second_is_told() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let catalogue = Catalogue::shipped().unwrap();
    let (mut one, mut two) = (db.begin_as(Actor::system()).await, db.begin_as(Actor::system()).await);
    set_status(&mut one, &catalogue, "SI-YL-001", ItemStatus::Suspended, "甲").await.unwrap();
    let second = tokio::spawn(async move {
        let catalogue = Catalogue::shipped().unwrap();
        set_status(&mut two, &catalogue, "SI-YL-001", ItemStatus::Suspended, "乙").await
    });
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let look = db.db();
    // The second stands before the first's uncommitted row.
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(look.pool()).await.unwrap() == 0 {
        assert!(!second.is_finished());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    one.commit().await.unwrap();
    assert!(matches!(second.await.unwrap(), Err(Error::Raced)));
}

#[tokio::test]
async fn a_change_needs_an_item_and_a_reason() {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    let catalogue = Catalogue::shipped().unwrap();
    let none = set_status(&mut tx, &catalogue, "SI-XX-1", ItemStatus::Suspended, "原因").await;
    assert!(matches!(none, Err(Error::NotFound)));
    for reason in ["", "  ", &"因".repeat(501)] {
        let refused = set_status(&mut tx, &catalogue, "SI-YL-001", ItemStatus::Suspended, reason).await;
        assert!(matches!(refused, Err(Error::Reason)));
    }
}
