//! Tests of identity against a real database, mostly through HTTP as a client sees it.
#![expect(clippy::unwrap_used, reason = "tests")]

mod administration;
mod demo;
mod passwords;
mod routes;
mod secrets;
mod sessions;
mod sign_in;
mod throttle;

use axum::Router;
use base_kernel::{Actor, Channel, OrgCode, PersonNo, UserId};
use base_testdb::TestDb;
use base_web::testing::{TestApp, TestResponse};
use base_web::{PublicRoute, WebConfig, stack};
use government_access::{Access, Roles, Wanted, change_grants, load_organisations, parse_organisations};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;

use crate::*;

static PUBLIC: [PublicRoute; 1] = [PublicRoute::new("POST", "/api/v1/session")];

/// A database, the identity of one node on it, and its whole router.
pub(crate) struct Home {
    pub(crate) db: TestDb,
    pub(crate) identity: Identity,
    pub(crate) app: TestApp,
}

/// Hashing parameters that cost nothing.
fn quick() -> IdentityConfig {
    IdentityConfig { argon2_kib: 64, argon2_passes: 1, ..IdentityConfig::default() }
}

fn router(identity: &Identity, db: &TestDb) -> Router {
    let access = identity.access().clone();
    let routes = slice(identity.clone()).routes.merge(government_access::slice(db.db(), access).routes);
    let (router, _) = OpenApiRouter::new().nest("/api/v1", routes).split_for_parts();
    let config = WebConfig { clock: db.db().clock(), ..WebConfig::default() };
    stack(identity.protect(router, &PUBLIC), config).unwrap()
}

impl Home {
    async fn new() -> Self {
        Self::with(quick()).await
    }

    async fn with(config: IdentityConfig) -> Self {
        let db = TestDb::new(&[government_access::MIGRATIONS, MIGRATIONS]).await;
        let organisations = include_str!("../../../../catalogue/organisations.yaml");
        let mut tx = db.begin_as(Actor::system()).await;
        load_organisations(&mut tx, &parse_organisations(organisations).unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        let identity = Self::node(&db, SessionKey::random().unwrap(), config);
        let app = TestApp::new(router(&identity, &db));
        Self { db, identity, app }
    }

    /// One more node on the same database.
    fn node(db: &TestDb, key: SessionKey, config: IdentityConfig) -> Identity {
        let roles = Roles::parse(include_str!("../../../../catalogue/roles.yaml")).unwrap();
        Identity::new(db.db(), Access::new(roles), key, config).unwrap()
    }

    /// A member of staff with roles, as `R02@310104-101`, and password [`PASSWORD`].
    async fn staff(&self, login: &str, organisation: &str, roles: &[&str]) -> UserId {
        let new = NewAccount {
            organisation: Some(OrgCode(organisation.to_owned())),
            ..account(AccountKind::Staff, login)
        };
        let user = self.enter(new).await;
        self.grant(user, roles).await;
        user
    }

    async fn citizen(&self, login: &str) -> UserId {
        let new = NewAccount {
            person: Some(PersonNo("0000000001".to_owned())),
            ..account(AccountKind::Citizen, login)
        };
        self.enter(new).await
    }

    async fn enter(&self, new: NewAccount) -> UserId {
        let hash = self.identity.hasher().hash(PASSWORD.to_owned().into()).await.unwrap();
        let mut tx = self.db.begin_as(Actor::system()).await;
        let entry = users::Entry { must_change: false, demo: false };
        let user = users::enter(&mut tx, &users::checked(new).unwrap(), &hash, entry).await.unwrap();
        tx.commit().await.unwrap();
        user
    }

    async fn grant(&self, user: UserId, roles: &[&str]) {
        let wanted: Vec<Wanted> = roles.iter().map(|text| wanted(text)).collect();
        let mut tx = self.db.begin_as(Actor::system()).await;
        change_grants(&mut tx, self.identity.access().roles(), user, &wanted).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The application with a fresh session of `user`.
    async fn session(&self, user: UserId) -> TestApp {
        let mut tx = self.db.begin_as(Actor::system()).await;
        let token = self.identity.open_session(&mut tx, user, Channel::Web).await.unwrap();
        tx.commit().await.unwrap();
        self.app.bearing(token.as_str())
    }

    async fn try_sign_in(&self, login: &str, password: &str) -> TestResponse {
        self.app.post("/api/v1/session", json!({ "login": login, "password": password })).await
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.db.begin_as(Actor::system()).await;
        sqlx::query_scalar(sql).fetch_one(tx.conn()).await.unwrap()
    }
}

const PASSWORD: &str = "Zq7+mapletree";

fn account(kind: AccountKind, login: &str) -> NewAccount {
    NewAccount {
        kind,
        login: login.to_owned(),
        name: format!("测试{login}"),
        person: None,
        employer: None,
        employer_name: None,
        organisation: None,
    }
}

fn wanted(text: &str) -> Wanted {
    let (role, org) = text.split_once('@').unwrap();
    Wanted { role: role.to_owned(), org: org.to_owned(), until: None }
}

/// The token in an answer to signing in.
fn token(response: &TestResponse) -> String {
    response.json()["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_statement_fits_the_schema() {
    use sqlx::Executor;
    let home = Home::new().await;
    for (name, sql) in sql_files() {
        let mut tx = home.db.begin_as(Actor::system()).await;
        let prepared = tx.conn().prepare(sqlx::SqlStr::from_static(sql)).await;
        assert!(prepared.is_ok(), "{name}: {:?}", prepared.err());
    }
}
