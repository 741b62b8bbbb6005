//! Goal: what is missing fails loudly, what is closed stays closed, what is described is true.

use axum::http::{Method, StatusCode};
use base_testdb::TestDb;
use serde_json::Value;

use super::harness::{Platform, config};
use crate::app::{App, Catalogues, PUBLIC, findings, migrations};

#[tokio::test]
async fn every_operation_needs_a_session_unless_listed() {
    let platform = Platform::new().await;
    let kept: Vec<_> = PUBLIC.iter().filter(|route| !route.path.starts_with("/api/v1")).copied().collect();
    let open =
        base_web::open_without_session(platform.app.router.clone(), &platform.app.openapi, PUBLIC, &kept)
            .await;
    assert_eq!(open, Vec::<String>::new());
}

#[tokio::test]
async fn every_statement_prepares_against_the_schema() {
    let db = TestDb::new(&[&migrations()]).await;
    for statements in [
        government_dispatch::sql_files(),
        government_casework::sql_files(),
        government_intake::sql_files(),
        centre_benefit::sql_files(),
    ] {
        base_db::prepare_all(&db.db(), &statements).await.unwrap();
    }
}

#[tokio::test]
async fn a_name_without_owner_stops_the_start() {
    let folder = std::env::temp_dir().join(format!("renshe-test-{}", uuid::Uuid::new_v4()));
    let shipped = config(&folder);
    let catalogue = folder.join("catalogue");
    copy(std::path::Path::new(&shipped.catalogue.dir), &catalogue);
    let item = catalogue.join("items/social-insurance/SI-CB-028.yaml");
    let text = std::fs::read_to_string(&item)
        .unwrap()
        .replace("enrolment.certificate }", "enrolment.no_such_effect }");
    std::fs::write(&item, text).unwrap();
    let mut broken = shipped.clone();
    broken.catalogue.dir = catalogue.display().to_string();
    let db = TestDb::new(&[&migrations()]).await;
    let error = App::build(&broken, db.db(), None).await.err().expect("the start is refused");
    assert!(format!("{error:#}").contains("no_such_effect"), "{error:#}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn the_shipped_catalogue_is_clean() {
    let folder = std::env::temp_dir().join(format!("renshe-test-{}", uuid::Uuid::new_v4()));
    let config = config(&folder);
    let catalogues = Catalogues::load(&config).unwrap();
    assert_eq!(findings(&config, &catalogues).unwrap(), Vec::<String>::new());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn work_lists_are_read_from_the_record() {
    // Lesson 1: kill every index and the list is the same.
    let platform = Platform::new().await;
    let officer = platform.sign_in("shouli1").await;
    let before = officer.get("/tasks?view=done").await.unwrap();
    for index in [
        "task_of_case",
        "task_offered",
        "task_pool",
        "task_claimed_by",
        "task_ended_by",
        "case_file_org",
        "action_of_case",
    ] {
        let statement = format!("DROP INDEX casework.{index}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(platform.app.db.pool()).await.unwrap();
    }
    assert_eq!(officer.get("/tasks?view=done").await.unwrap(), before);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problem_documents() {
    let platform = Platform::new().await;
    let anybody = crate::demo::client::Client::anonymous(&platform.app.router);
    let (status, body) = anybody.answer(Method::GET, "/no-such-thing", &Value::Null).await.unwrap();
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
    assert_eq!(body["status"], 404, "{body}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).map(|_| ()).unwrap()
        }
    }
}
