//! Tests of engine-process: store.

use std::sync::Arc;

use base_kernel::{Actor, InstanceId};
use base_testdb::TestDb;
use serde_json::{Map, json};

use super::{PARALLEL, REVIEW, definition, variables};
use crate::{Action, Command, Definition, Event, MIGRATIONS, ProcessError, Processes, Running, StepError};

fn known() -> Processes {
    Processes::new([REVIEW, PARALLEL].map(|yaml| Definition::parse("test.yaml", yaml).unwrap()))
}

async fn database() -> (TestDb, Processes) {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let processes = known();
    let mut tx = db.begin_as(Actor::system()).await;
    processes.publish(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    (db, processes)
}

#[tokio::test]
async fn a_case_lives_across_transactions() {
    let (db, processes) = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let start = processes.start(&mut tx, "review", "HRSS1", variables(json!({ "level": 3 }))).await;
    let (id, commands) = start.unwrap();
    tx.commit().await.unwrap();
    let Command::OpenTask(task) = &commands[0] else { panic!("{commands:?}") };

    let mut tx = db.begin_as(Actor::system()).await;
    let mut running = processes.open(&mut tx, id).await.unwrap();
    let pass = Event::TaskCompleted { task: task.id, action: Action::Pass, variables: Map::new() };
    running.apply(pass.clone(), tx.now()).unwrap();
    let call = running.next_service().unwrap();
    assert_eq!(call.slot, "compute");
    running.apply(call.done(Map::new()), tx.now()).unwrap();
    assert_eq!(running.next_service(), None);
    running.save(&mut tx).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = db.begin_as(Actor::system()).await;
    let again = processes.apply(&mut tx, id, pass).await;
    assert!(matches!(again, Err(ProcessError::Step(StepError::TaskNotOpen { .. }))));
    let at = processes.instance(&mut tx, id).await.unwrap();
    assert_eq!(at.tokens[0].node, "review");
    assert_eq!(at.variables["level"], json!(3));
    let log: Vec<(i32, String)> =
        sqlx::query_as("SELECT seq, event->>'event' FROM process.event WHERE instance_id = $1 ORDER BY seq")
            .bind(id.0)
            .fetch_all(tx.conn())
            .await
            .unwrap();
    let names: Vec<_> = log.iter().map(|(seq, name)| (*seq, name.as_str())).collect();
    assert_eq!(names, [(1, "start"), (2, "task_completed"), (3, "service_done")]);
}

#[tokio::test]
async fn a_definition_changed_without_a_new_version_is_refused() {
    let (db, _) = database().await;
    let changed = Definition::parse("test.yaml", &REVIEW.replace("share: 10", "share: 11")).unwrap();
    let mut tx = db.begin_as(Actor::system()).await;
    let refused = Processes::new([changed.clone()]).publish(&mut tx).await;
    assert!(matches!(refused, Err(ProcessError::Changed { version: 1, .. })));
    let id: InstanceId = tx.new_id();
    let (mut running, _) = Running::start(Arc::new(changed), id, "K", Map::new(), tx.now()).unwrap();
    assert!(matches!(running.save(&mut tx).await, Err(ProcessError::Changed { .. })));
    let unknown = Definition::parse("test.yaml", &REVIEW.replace("version: 1", "version: 9")).unwrap();
    let (mut running, _) = Running::start(Arc::new(unknown), id, "K", Map::new(), tx.now()).unwrap();
    assert!(matches!(running.save(&mut tx).await, Err(ProcessError::NoDefinition { version: 9, .. })));
}

#[tokio::test]
async fn a_running_case_keeps_its_version() {
    let (db, processes) = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let (id, _) = processes.start(&mut tx, "review", "K", Map::new()).await.unwrap();
    let next = REVIEW.replace("version: 1", "version: 2").replace("name: 受理", "name: 收件");
    let newer = Processes::new([Definition::parse("test.yaml", &next).unwrap()]);
    newer.publish(&mut tx).await.unwrap();
    let running = newer.open(&mut tx, id).await.unwrap();
    assert_eq!(running.definition().version(), 1);
    assert_eq!(running.definition().node("accept").unwrap().name, "受理");
    let (id, _) = newer.start(&mut tx, "review", "K2", Map::new()).await.unwrap();
    assert_eq!(newer.instance(&mut tx, id).await.unwrap().version, 2);
}

#[tokio::test]
async fn a_step_that_lost_the_race_is_refused() {
    let (db, processes) = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let (id, _) = processes.start(&mut tx, "review", "K", Map::new()).await.unwrap();
    let mut first = processes.open(&mut tx, id).await.unwrap();
    let mut second = processes.open(&mut tx, id).await.unwrap();
    first.apply(Event::Escalate { reason: "甲".into() }, tx.now()).unwrap();
    second.apply(Event::Withdraw, tx.now()).unwrap();
    first.save(&mut tx).await.unwrap();
    assert!(matches!(second.save(&mut tx).await, Err(ProcessError::Stale(_))));
    let unknown = tx.new_id();
    let again = processes.open(&mut tx, unknown).await;
    assert!(matches!(again, Err(ProcessError::NoInstance(_))));
}

#[tokio::test]
async fn the_same_instance_is_not_created_twice() {
    let (db, _) = database().await;
    let mut tx = db.begin_as(Actor::system()).await;
    let id: InstanceId = tx.new_id();
    for first in [true, false] {
        let (mut running, _) = Running::start(definition(REVIEW), id, "K", Map::new(), tx.now()).unwrap();
        let saved = running.save(&mut tx).await;
        assert_eq!(saved.is_ok(), first);
        assert!(first || matches!(saved, Err(ProcessError::Duplicate)));
    }
}

#[tokio::test]
async fn the_log_is_append_only() {
    let (db, processes) = database().await;
    for statement in
        ["UPDATE process.event SET seq = 9", "DELETE FROM process.event", "DELETE FROM process.definition"]
    {
        let mut tx = db.begin_as(Actor::system()).await;
        processes.start(&mut tx, "review", "K", Map::new()).await.unwrap();
        assert!(sqlx::query(sqlx::AssertSqlSafe(statement)).execute(tx.conn()).await.is_err(), "{statement}");
    }
}
