//! Tests of access against a real database and the real catalogue.
#![expect(clippy::unwrap_used, reason = "tests")]

mod catalogue;
mod grants;
mod rights;
mod routes;

use base_db::Tx;
use base_kernel::{Actor, ActorKind, OrgCode, UserId};
use base_testdb::TestDb;
use sqlx::Executor;

use crate::*;

const ROLES: &str = include_str!("../../../../catalogue/roles.yaml");
const ORGANISATIONS: &str = include_str!("../../../../catalogue/organisations.yaml");

fn roles() -> Roles {
    Roles::parse(ROLES).unwrap()
}

async fn db() -> TestDb {
    let db = TestDb::new(&[MIGRATIONS]).await;
    let mut tx = db.begin_as(Actor::system()).await;
    load_organisations(&mut tx, &parse_organisations(ORGANISATIONS).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    db
}

/// A member of staff at `organisation`, without grants.
async fn staff(tx: &mut Tx, name: &str, organisation: &str) -> UserId {
    let user: UserId = tx.new_id();
    let organisation = OrgCode(organisation.to_owned());
    enrol(tx, &Staff { user, name: name.to_owned(), person: None, organisation, active: true })
        .await
        .unwrap();
    user
}

/// An administrator (or anybody) with `roles` at `path`.
fn actor(path: &str, held: &[&str]) -> Actor {
    let held_roles: Vec<String> = held.iter().map(|role| (*role).to_owned()).collect();
    let permissions = roles().iter().filter(|role| held.contains(&role.code.as_str())).fold(
        Vec::new(),
        |mut all: Vec<String>, role| {
            all.extend(role.permissions.clone());
            all
        },
    );
    Actor {
        user: UserId(uuid::Uuid::new_v4()),
        kind: ActorKind::Staff,
        name: "管理员".to_owned(),
        scope: Some(path.to_owned()),
        roles: held_roles,
        permissions,
        ..Actor::system()
    }
}

fn wanted(role: &str, org: &str) -> Wanted {
    Wanted { role: role.to_owned(), org: org.to_owned(), until: None }
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    let db = db().await;
    for (name, sql) in sql_files() {
        let mut tx = db.begin_as(Actor::system()).await;
        let prepared = tx.conn().prepare(sqlx::SqlStr::from_static(sql)).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}
