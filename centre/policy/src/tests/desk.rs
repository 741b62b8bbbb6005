//! Two people, contradictions, and the set in force.

use base_kernel::{Actor, ActorKind, UserId};
use base_testdb::TestDb;
use engine_decision::{MergeError, Origin};
use serde_json::json;
use sqlx::Executor;
use uuid::Uuid;

use super::{SHANGHAI, day};
use crate::*;

pub(super) fn staff(name: &str, permissions: &[&str]) -> Actor {
    Actor {
        user: UserId(Uuid::new_v4()),
        kind: ActorKind::Staff,
        name: name.to_owned(),
        roles: vec!["R21".to_owned()],
        permissions: permissions.iter().map(|&held| held.to_owned()).collect(),
        ..Actor::system()
    }
}

pub(super) async fn db() -> TestDb {
    TestDb::new(&[base_jobs::MIGRATIONS, MIGRATIONS]).await
}

fn medical(from: &str, value: &str) -> Proposal {
    Proposal {
        key: "contribution.medical.employer_rate".into(),
        region: SHANGHAI,
        from: day(from),
        to: None,
        value: json!(value),
        doc_no: "沪医保规〔2027〕1号".into(),
        doc_expiry: None,
        basis: "文件原文".into(),
        note: None,
    }
}

async fn open(db: &TestDb) -> PolicyStore {
    PolicyStore::open(Catalogue::shipped().unwrap(), &db.db()).await.unwrap()
}

fn rate(policy: &PolicyStore, on: &str) -> Option<String> {
    let set = policy.current();
    let row = set.get("contribution.medical.employer_rate", SHANGHAI, day(on)).ok()?;
    Some(format!("{} {:?}", row.value, row.origin))
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let db = db().await;
    for (name, sql) in sql_files().into_iter().filter(|(name, _)| *name != "release_lock.sql") {
        let mut tx = db.begin_as(Actor::system()).await;
        let prepared = tx.conn().prepare(sqlx::SqlStr::from_static(sql)).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}

#[tokio::test]
async fn a_value_counts_once_a_second_person_released_it() {
    let db = db().await;
    let policy = open(&db).await;
    let (author, second) = (staff("张录入", &[MANAGE, APPROVE]), staff("李审定", &[APPROVE]));
    let mut tx = db.begin_as(author.clone()).await;
    let id = propose(&mut tx, &policy, medical("2027-03-01", "0.085")).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!policy.refresh(&db.db()).await.unwrap());
    assert_eq!(rate(&policy, "2027-03-01"), None, "proposed is not in force");

    let mut tx = db.begin_as(author).await;
    assert!(matches!(release(&mut tx, &policy, id, None).await, Err(Error::SamePerson)));
    drop(tx);
    let mut tx = db.begin_as(staff("王旁人", &[READ])).await;
    assert!(matches!(release(&mut tx, &policy, id, None).await, Err(Error::NotAllowed)));
    drop(tx);

    let mut tx = db.begin_as(second.clone()).await;
    release(&mut tx, &policy, id, Some("同意")).await.unwrap();
    tx.commit().await.unwrap();
    let elsewhere = open(&db).await;
    assert!(policy.refresh(&db.db()).await.unwrap());
    for node in [&policy, &elsewhere] {
        assert_eq!(rate(node, "2027-03-01").as_deref(), Some("0.085 Desk"));
        assert_eq!(rate(node, "2027-02-28").as_deref(), Some("0.09 Shipped"));
    }
    let mut tx = db.begin_as(second).await;
    assert!(matches!(release(&mut tx, &policy, id, None).await, Err(Error::Decided)));
}

#[tokio::test]
async fn values_that_do_not_fit_are_refused_at_once() {
    let db = db().await;
    let policy = open(&db).await;
    let author = staff("张录入", &[MANAGE]);
    let refusal = async |proposal: Proposal| {
        let mut tx = db.begin_as(author.clone()).await;
        propose(&mut tx, &policy, proposal).await.unwrap_err()
    };
    assert!(matches!(
        refusal(medical("2026-12-01", "0.08")).await,
        Error::Merge(MergeError::Contradiction { .. })
    ));
    assert!(matches!(refusal(medical("2027-02-28", "0.08")).await, Error::Merge(_)));
    assert!(matches!(refusal(medical("2027-03-01", "八")).await, Error::Field { field: "value", .. }));
    let unknown = Proposal { key: "contribution.medical.rate".into(), ..medical("2027-03-01", "0.08") };
    assert!(matches!(refusal(unknown).await, Error::Merge(MergeError::UnknownKey { .. })));
    let no_document = Proposal { doc_no: " ".into(), ..medical("2027-03-01", "0.08") };
    assert!(matches!(refusal(no_document).await, Error::Field { field: "doc_no", .. }));
    let mut tx = db.begin_as(staff("王旁人", &[READ])).await;
    let refused = propose(&mut tx, &policy, medical("2027-03-01", "0.08")).await;
    assert!(matches!(refused, Err(Error::NotAllowed)));
}

#[tokio::test]
async fn one_open_row_for_a_day_and_a_rejected_one_makes_room() {
    let db = db().await;
    let policy = open(&db).await;
    let (author, second) = (staff("张录入", &[MANAGE]), staff("李审定", &[APPROVE]));
    let mut tx = db.begin_as(author.clone()).await;
    let id = propose(&mut tx, &policy, medical("2027-03-01", "0.085")).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin_as(author.clone()).await;
    assert!(matches!(propose(&mut tx, &policy, medical("2027-03-01", "0.08")).await, Err(Error::Exists)));
    drop(tx);
    let mut tx = db.begin_as(second).await;
    assert!(matches!(reject(&mut tx, id, " ").await, Err(Error::Field { .. })));
    reject(&mut tx, id, "与文件不符").await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin_as(author).await;
    propose(&mut tx, &policy, medical("2027-03-01", "0.08")).await.unwrap();
    let rows = desk_rows(&mut tx, Some("contribution.medical.employer_rate"), None).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.status).collect::<Vec<_>>(),
        [RowStatus::Rejected, RowStatus::Proposed]
    );
}

#[tokio::test]
async fn an_open_question_is_settled_at_the_desk() {
    let db = db().await;
    let policy = open(&db).await;
    let proposal = Proposal {
        key: "contribution.unemployment.employer_rate".into(),
        value: json!("0.005"),
        ..medical("2026-01-01", "")
    };
    let mut tx = db.begin_as(staff("张录入", &[MANAGE])).await;
    let id = propose(&mut tx, &policy, proposal).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin_as(staff("李审定", &[APPROVE])).await;
    release(&mut tx, &policy, id, None).await.unwrap();
    tx.commit().await.unwrap();
    policy.refresh(&db.db()).await.unwrap();
    let set = policy.current();
    let row = set.get("contribution.unemployment.employer_rate", SHANGHAI, day("2026-07-01")).unwrap();
    assert_eq!(row.origin, Origin::Desk);
}

#[tokio::test]
async fn a_release_that_contradicts_the_desk_does_not_start() {
    let db = db().await;
    let policy = open(&db).await;
    let mut tx = db.begin_as(staff("张录入", &[MANAGE])).await;
    let id = propose(&mut tx, &policy, medical("2027-03-01", "0.085")).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.begin_as(staff("李审定", &[APPROVE])).await;
    release(&mut tx, &policy, id, None).await.unwrap();
    tx.commit().await.unwrap();

    let next_release = |value: &str| {
        let text = format!(
            "key: contribution.medical.employer_rate\nname: 费率\ntype: decimal\nunit: ''\nvalues:\n  \
             - {{ region: '310000', from: 2026-03-01, to: 2027-02-28, value: '0.09', basis: S }}\n  \
             - {{ region: '310000', from: 2027-03-01, value: '{value}', basis: S }}\n"
        );
        let parameters =
            engine_decision::ParameterSet::load([("contribution/medical/employer_rate.yaml", text)]);
        Catalogue { parameters: parameters.unwrap(), ..Catalogue::shipped().unwrap() }
    };
    let refused = PolicyStore::open(next_release("0.08"), &db.db()).await.err().unwrap();
    assert!(matches!(refused, Error::Merge(MergeError::Contradiction { .. })), "{refused}");
    let caught_up = PolicyStore::open(next_release("0.085"), &db.db()).await.unwrap();
    assert_eq!(rate(&caught_up, "2027-03-01").as_deref(), Some("0.085 Shipped"));
}
