//! Delegation, revocation, exclusion, entitlement.

use chrono::{Days, NaiveDate};

use super::*;

const BRANCH: &str = "310104-01";
const DISTRICT: &str = "310000/310104";

async fn change(db: &TestDb, by: Actor, user: UserId, roles_wanted: &[Wanted]) -> Result<bool, Error> {
    let mut tx = db.begin_as(by).await;
    let outcome = change_grants(&mut tx, &roles(), user, roles_wanted).await;
    if outcome.is_ok() {
        tx.commit().await.unwrap();
    }
    outcome
}

async fn roles_of(db: &TestDb, user: UserId) -> Vec<String> {
    let mut tx = db.begin_as(Actor::system()).await;
    let grants = store::grant_list(&mut tx, user).await.unwrap();
    grants.into_iter().map(|grant| format!("{}@{}", grant.role, grant.organisation)).collect()
}

async fn clerk(db: &TestDb) -> UserId {
    let mut tx = db.begin_as(Actor::system()).await;
    let user = staff(&mut tx, "周敏", BRANCH).await;
    tx.commit().await.unwrap();
    user
}

#[tokio::test]
async fn granted_and_taken_away() {
    let (db, security) = (db().await, actor(DISTRICT, &["R28"]));
    let user = clerk(&db).await;
    assert!(
        change(&db, security.clone(), user, &[wanted("R02", BRANCH), wanted("R03", BRANCH)]).await.unwrap()
    );
    assert_eq!(roles_of(&db, user).await, ["R02@310104-01", "R03@310104-01"]);
    assert!(
        !change(&db, security.clone(), user, &[wanted("R03", BRANCH), wanted("R02", BRANCH)]).await.unwrap()
    );
    assert!(change(&db, security.clone(), user, &[wanted("R03", BRANCH)]).await.unwrap());
    assert_eq!(roles_of(&db, user).await, ["R03@310104-01"]);
    // Again, after having been taken away: a second row, the first stays for the record.
    change(&db, security, user, &[wanted("R02", BRANCH), wanted("R03", BRANCH)]).await.unwrap();
    let mut tx = db.begin_as(Actor::system()).await;
    let rows: i64 =
        sqlx::query_scalar("SELECT count(*) FROM access.role_grant").fetch_one(tx.conn()).await.unwrap();
    assert_eq!(rows, 3);
}

#[tokio::test]
async fn only_within_the_administrators_subtree() {
    let (db, security) = (db().await, actor(DISTRICT, &["R28"]));
    let user = clerk(&db).await;
    let outside = change(&db, security.clone(), user, &[wanted("R02", "310101-101")]).await;
    assert!(matches!(outside, Err(Error::OutsideSubtree(code)) if code == "310101-101"));
    // One level up is outside as well.
    let above = change(&db, security.clone(), user, &[wanted("R03", "310000")]).await;
    assert!(matches!(above, Err(Error::OutsideSubtree(_))));
    // Staff of another district do not exist for this administrator.
    let foreign = change(&db, actor("310000/310101", &["R28"]), user, &[wanted("R02", "310101-01")]).await;
    assert!(matches!(foreign, Err(Error::NoStaff)));
    // What somebody above granted outside the subtree can neither be dropped nor changed, only kept.
    let city = actor("310000", &["R28"]);
    change(&db, city, user, &[wanted("R02", BRANCH), wanted("R02", "310101-101")]).await.unwrap();
    let dropped = change(&db, security.clone(), user, &[wanted("R02", BRANCH)]).await;
    assert!(matches!(dropped, Err(Error::OutsideSubtree(_))));
    let kept = [wanted("R02", BRANCH), wanted("R02", "310101-101"), wanted("R03", BRANCH)];
    assert!(change(&db, security, user, &kept).await.unwrap());
}

#[tokio::test]
async fn only_roles_held_or_administered() {
    let db = db().await;
    let user = clerk(&db).await;
    // The right to grant alone gives nothing to grant.
    let mut bare = actor(DISTRICT, &["R02"]);
    bare.permissions.push(ROLE_GRANT.to_owned());
    assert!(change(&db, bare.clone(), user, &[wanted("R02", BRANCH)]).await.unwrap());
    let beyond = change(&db, bare.clone(), user, &[wanted("R02", BRANCH), wanted("R05", BRANCH)]).await;
    assert!(matches!(beyond, Err(Error::NotYours(role)) if role == "R05"));
    change(&db, actor(DISTRICT, &["R28"]), user, &[wanted("R05", BRANCH)]).await.unwrap();
    let taking = change(&db, bare, user, &[]).await;
    assert!(matches!(taking, Err(Error::NotYours(role)) if role == "R05"));
    // Without the right to grant: nothing at all, whatever is held.
    let officer = change(&db, actor(DISTRICT, &["R05"]), user, &[]).await;
    assert!(matches!(officer, Err(Error::NotAllowed)));
}

#[tokio::test]
async fn nobody_changes_their_own() {
    let db = db().await;
    let user = clerk(&db).await;
    let mut oneself = actor(DISTRICT, &["R28"]);
    oneself.user = user;
    assert!(matches!(change(&db, oneself, user, &[wanted("R06", BRANCH)]).await, Err(Error::Oneself)));
}

#[tokio::test]
async fn exclusive_roles_and_levels() {
    let (db, city) = (db().await, actor("310000", &["R28"]));
    let user = clerk(&db).await;
    let pair = change(&db, city.clone(), user, &[wanted("R07", "310104"), wanted("R08", "310000")]).await;
    assert!(matches!(pair, Err(Error::Exclusive(one, other)) if one == "R07" && other == "R08"));
    for pair in [["R27", "R28"], ["R27", "R29"], ["R28", "R29"]] {
        let both = [wanted(pair[0], "310000"), wanted(pair[1], "310000")];
        assert!(matches!(change(&db, city.clone(), user, &both).await, Err(Error::Exclusive(..))));
    }
    let level = change(&db, city.clone(), user, &[wanted("R08", "310104")]).await;
    assert!(matches!(level, Err(Error::WrongLevel { .. })));
    let never = change(&db, Actor::system(), user, &[wanted("R19", "310000")]).await;
    assert!(matches!(never, Err(Error::WrongLevel { .. })));
    assert!(matches!(
        change(&db, city.clone(), user, &[wanted("R98", "310000")]).await,
        Err(Error::NotYours(_))
    ));
    assert!(matches!(
        change(&db, Actor::system(), user, &[wanted("R98", "310000")]).await,
        Err(Error::NoRole(_))
    ));
    assert!(matches!(
        change(&db, city, user, &[wanted("R02", "999999")]).await,
        Err(Error::NoOrganisation(_))
    ));
    assert!(roles_of(&db, user).await.is_empty());
}

#[tokio::test]
async fn a_grant_with_a_last_day() {
    let (db, security) = (db().await, actor(DISTRICT, &["R28"]));
    let user = clerk(&db).await;
    let day = NaiveDate::from_ymd_opt(2026, 7, 3);
    let deputy = Wanted { until: day, ..wanted("R05", BRANCH) };
    change(&db, security.clone(), user, &[deputy]).await.unwrap();
    // A screen that knows no dates sends it back without: it stays temporary.
    assert!(!change(&db, security.clone(), user, &[wanted("R05", BRANCH)]).await.unwrap());
    let entitled_now = |db: &TestDb| {
        let db = db.db();
        async move {
            let ctx = base_kernel::Ctx::system(base_kernel::RequestId(uuid::Uuid::new_v4()));
            let mut tx = db.begin(ctx).await.unwrap();
            entitled(&mut tx, "R05", "310000/310104/310104-01").await.unwrap().len()
        }
    };
    assert_eq!(entitled_now(&db).await, 1);
    let db = db.at(day.unwrap().checked_add_days(Days::new(1)).unwrap());
    assert_eq!(entitled_now(&db).await, 0);
    assert!(roles_of(&db, user).await.is_empty());
    // It ran out without being revoked; granting anew is no conflict.
    assert!(change(&db, security, user, &[wanted("R05", BRANCH)]).await.unwrap());
    assert_eq!(entitled_now(&db).await, 1);
}

#[tokio::test]
async fn entitled_at_or_above_the_place_of_work() {
    let db = db().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let here = staff(&mut tx, "在岗", BRANCH).await;
    let above = staff(&mut tx, "区级", "310104").await;
    let elsewhere = staff(&mut tx, "别处", "310101-01").await;
    let gone = staff(&mut tx, "停用", BRANCH).await;
    for (user, org) in [(here, BRANCH), (above, "310104"), (elsewhere, "310101-01"), (gone, BRANCH)] {
        change_grants(&mut tx, &roles(), user, &[wanted("R03", org)]).await.unwrap();
    }
    let organisation = OrgCode(BRANCH.to_owned());
    let disabled = Staff { user: gone, name: "停用".to_owned(), person: None, organisation, active: false };
    enrol(&mut tx, &disabled).await.unwrap();
    let found = entitled(&mut tx, "R03", "310000/310104/310104-01").await.unwrap();
    let users: Vec<UserId> = found.iter().map(|one| one.user).collect();
    assert_eq!(users.len(), 2);
    assert!(users.contains(&here) && users.contains(&above));
    assert!(entitled(&mut tx, "R04", "310000/310104/310104-01").await.unwrap().is_empty());
}

#[tokio::test]
async fn the_tree_follows_its_file() {
    let db = db().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let mut tree = parse_organisations(ORGANISATIONS).unwrap();
    let before: i64 = changes(&mut tx).await;
    load_organisations(&mut tx, &tree).await.unwrap();
    assert_eq!(changes(&mut tx).await, before, "loading the same tree writes nothing");
    let user = staff(&mut tx, "周敏", "310104-113").await;
    change_grants(&mut tx, &roles(), user, &[wanted("R02", "310104-113")]).await.unwrap();

    tree.retain(|one| one.code.as_str() != "310104-113");
    load_organisations(&mut tx, &tree).await.unwrap();
    let closed = find_organisation(&mut tx, &OrgCode("310104-113".to_owned())).await;
    assert!(matches!(closed, Err(Error::NoOrganisation(_))));
    assert!(entitled(&mut tx, "R02", "310000/310104/310104-113").await.unwrap().is_empty());
    assert_eq!(organisations(&mut tx).await.unwrap().len(), tree.len());
    // An administrator of the root clears the dead grant away.
    assert!(change_grants(&mut tx, &roles(), user, &[]).await.unwrap());
}

async fn changes(tx: &mut Tx) -> i64 {
    sqlx::query_scalar("SELECT count(DISTINCT xmin::text) FROM access.organisation")
        .fetch_one(tx.conn())
        .await
        .unwrap()
}
