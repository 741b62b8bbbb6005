//! From event to reader, against a real database.

use base_jobs::{Relay, enqueue_event};
use base_kernel::{Actor, ActorKind, EmployerNo, PersonNo, UserId};
use base_slice::Registry;
use base_testdb::TestDb;
use base_web::testing::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::real;
use crate::{MIGRATIONS, slice};

async fn database() -> TestDb {
    TestDb::new(&[base_jobs::MIGRATIONS, MIGRATIONS]).await
}

fn app(db: &TestDb) -> TestApp {
    TestApp::new(slice(&db.db(), &real()).routes)
}

async fn deliver(db: &TestDb, topic: &str, key: &str, payload: Value) {
    let mut tx = db.begin_as(Actor::system()).await;
    enqueue_event(&mut tx, topic, key, &payload).await.unwrap();
    tx.commit().await.unwrap();
    let registry = Registry::fold(&[slice(&db.db(), &real())]).unwrap();
    Relay::new(db.db(), registry).drain().await.unwrap();
}

fn closed(recipients: Value) -> Value {
    json!({"case_no": "HRSS3101042026070101000018", "item_code": "SI-YL-001", "item_name": "退休申请",
        "template": "case-closed", "recipients": recipients, "variables": {"ignored": true}})
}

fn citizen(person: &str) -> Actor {
    Actor {
        user: UserId(Uuid::new_v4()),
        kind: ActorKind::Citizen,
        person: Some(PersonNo(person.into())),
        ..Actor::system()
    }
}

fn operator(employer: &str) -> Actor {
    Actor {
        user: UserId(Uuid::new_v4()),
        kind: ActorKind::Employer,
        employer: Some(EmployerNo(employer.into())),
        ..Actor::system()
    }
}

async fn titles(app: &TestApp, actor: &Actor) -> Vec<String> {
    let page = app.acting_as(actor.clone()).get("/messages").await.expect(200).json();
    let rows = page["rows"].as_array().unwrap();
    assert_eq!(page["total"], rows.len());
    rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn recipients_see_theirs_and_nobody_elses() {
    let db = database().await;
    let (person, employer, staff) = (citizen("3100001234"), operator("3100098765"), citizen("3100000001"));
    let recipients = json!([{"person_no": "3100001234"}, {"employer_no": "3100098765"}]);
    deliver(&db, "casework.case_closed", "C1", closed(recipients)).await;
    let app = app(&db);
    assert_eq!(titles(&app, &person).await, ["已办结：退休申请"]);
    assert_eq!(titles(&app, &employer).await, ["已办结：退休申请"]);
    assert!(titles(&app, &staff).await.is_empty());
    assert!(titles(&app, &operator("3100000002")).await.is_empty());
    // An operator of the employer reads for the employer, not for the person its account names.
    let moonlighting = Actor { person: person.person.clone(), ..operator("3100000002") };
    assert!(titles(&app, &moonlighting).await.is_empty());
    app.get("/messages").await.expect(401);
}

#[tokio::test]
async fn a_repeated_event_sends_nothing_more() {
    let db = database().await;
    let reader = citizen("3100001234");
    for _ in 0..3 {
        deliver(&db, "casework.case_closed", "C1", closed(json!([{"person_no": "3100001234"}]))).await;
    }
    let mut tx = db.begin_as(Actor::system()).await;
    let message = crate::Send {
        event_key: "casework.case_closed:C1".into(),
        template: "case-closed".into(),
        case_no: None,
        recipients: vec![crate::Recipient::Person(PersonNo("3100001234".into())); 2],
        variables: serde_json::Map::from_iter([
            ("case_no".into(), json!("1")),
            ("item_name".into(), json!("x")),
        ]),
    };
    assert_eq!(crate::send(&mut tx, &real(), &message).await.unwrap(), 0);
    let other = crate::Send { event_key: "other".into(), ..message };
    assert_eq!(crate::send(&mut tx, &real(), &other).await.unwrap(), 1);
    tx.rollback().await.unwrap();
    assert_eq!(titles(&app(&db), &reader).await.len(), 1);
}

#[tokio::test]
async fn one_who_is_reached_twice_reads_once() {
    let db = database().await;
    let reader = citizen("3100001234");
    let recipients = json!([{"person_no": "3100001234"}, {"user_id": reader.user}]);
    deliver(&db, "casework.case_accepted", "C1", closed(recipients)).await;
    let app = app(&db).acting_as(reader.clone());
    let page = app.get("/messages?unread=true").await.expect(200).json();
    assert_eq!((page["total"].as_i64(), page["rows"].as_array().unwrap().len()), (Some(1), 1));
    assert_eq!(app.get("/messages/unread_count").await.expect(200).json()["unread"], 1);
    let id = page["rows"][0]["id"].as_str().unwrap();
    app.post(&format!("/messages/{id}/read"), json!({})).await.expect(204);
    app.post(&format!("/messages/{id}/read"), json!({})).await.expect(204);
    assert_eq!(app.get("/messages/unread_count").await.expect(200).json()["unread"], 0);
    assert_eq!(app.get("/messages?unread=true").await.expect(200).json()["total"], 0);
    let read = app.get("/messages").await.expect(200).json();
    assert!(read["rows"][0]["read_at"].is_string());

    let stranger = app.acting_as(citizen("3100009999"));
    stranger.post(&format!("/messages/{id}/read"), json!({})).await.expect(404);
}

#[tokio::test]
async fn an_event_without_template_is_no_message() {
    let db = database().await;
    let reader = citizen("3100001234");
    let mut payload = closed(json!([{"person_no": "3100001234"}]));
    payload["template"] = Value::Null;
    deliver(&db, "casework.case_submitted", "C1", payload).await;
    deliver(&db, "casework.case_submitted", "C2", closed(json!([]))).await;
    assert!(titles(&app(&db), &reader).await.is_empty());
}

#[tokio::test]
async fn pages_are_newest_first() {
    let db = database().await;
    for number in 0..3 {
        db.clock().advance(chrono::Duration::minutes(1));
        let mut payload = closed(json!([{"person_no": "3100001234"}]));
        payload["item_name"] = json!(format!("事项{number}"));
        deliver(&db, "casework.case_closed", &format!("C{number}"), payload).await;
    }
    let app = app(&db).acting_as(citizen("3100001234"));
    let page = app.get("/messages?page=2&size=1").await.expect(200).json();
    assert_eq!((page["total"].as_i64(), page["rows"][0]["title"].as_str()), (Some(3), Some("已办结：事项1")));
}

#[tokio::test]
async fn every_statement_prepares() {
    let db = database().await;
    base_db::prepare_all(&db.db(), crate::STATEMENTS).await.unwrap();
}
