//! Whose contributions, and who may start a run.

use base_kernel::{Actor, ActorKind, Ctx, EmployerNo, PersonNo, RequestId};
use base_testdb::TestDb;
use base_web::testing::TestApp;
use centre_policy::{Catalogue, PolicyStore};
use serde_json::json;
use uuid::Uuid;

use super::{SHIPPED, accept, database, employer, engage, month, person, system};
use crate::{levy_run, slice};

struct Town {
    /// Held until the test ends.
    _db: TestDb,
    app: TestApp,
    unit: EmployerNo,
    one: PersonNo,
    two: PersonNo,
}

async fn town() -> Town {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let (one, two) = (person(&mut tx, 1).await, person(&mut tx, 3).await);
    engage(&mut tx, &one, &unit, "2026-05", 9_000).await;
    engage(&mut tx, &two, &unit, "2026-05", 9_000).await;
    // Only the first is on the staff now.
    centre_party::staff_join(&mut tx, &unit, &[(one.clone(), month("2026-05").first_day())]).await.unwrap();
    tx.commit().await.unwrap();
    let ctx = Ctx::system(RequestId(Uuid::nil()));
    levy_run(&db.db(), &ctx, &SHIPPED, month("2026-06"), &accept()).await.unwrap();
    let policy = PolicyStore::of_catalogue(Catalogue::shipped().unwrap());
    let app = TestApp::new(slice(db.db(), policy).routes);
    Town { _db: db, app, unit, one, two }
}

fn actor(kind: ActorKind) -> Actor {
    Actor { kind, scope: None, name: "王会计".into(), ..Actor::system() }
}

fn staff(scope: &str, permissions: &[&str]) -> Actor {
    let permissions = permissions.iter().map(|&code| code.to_owned()).collect();
    Actor { scope: Some(scope.into()), permissions, ..actor(ActorKind::Staff) }
}

#[tokio::test]
async fn everybody_sees_their_own_and_no_more() {
    let town = town().await;
    let citizen = |no: &PersonNo| Actor { person: Some(no.clone()), ..actor(ActorKind::Citizen) };
    let operator = Actor { employer: Some(town.unit.clone()), ..actor(ActorKind::Employer) };
    let path = |no: &PersonNo| format!("/people/{no}/contributions");
    let (one, two) = (path(&town.one), path(&town.two));
    let read = ["contribution.read"];
    for (who, path, status) in [
        (citizen(&town.one), "/me/contributions", 200),
        (operator.clone(), "/me/contributions", 403),
        (staff("310000", &read), "/me/contributions", 403),
        (actor(ActorKind::Citizen), "/me/contributions", 403),
        (citizen(&town.one), &one, 200),
        (citizen(&town.one), &two, 404),
        (operator.clone(), &one, 200),
        (operator, &two, 404),
        (staff("310000/310104", &read), &two, 200),
        (staff("310000/310105", &read), &two, 404),
        (staff("310000/310104", &[]), &two, 403),
        (staff("310000/310104", &read), "/people/%27%20OR%201=1/contributions", 404),
        (citizen(&town.one), "/me/contributions?insurance=999", 422),
        (citizen(&town.one), "/me/contributions?from=2026-13", 400),
    ] {
        town.app.acting_as(who.clone()).get(path).await.expect(status);
    }
    town.app.get("/me/contributions").await.expect(401);
    town.app.get(&one).await.expect(401);
    let own = town.app.acting_as(citizen(&town.one)).get("/me/contributions?insurance=110").await.json();
    assert_eq!((own["total"].as_i64(), own["rows"][0]["personal_fen"].as_i64()), (Some(1), Some(72_000)));
    assert_eq!(own["rows"][0]["employer_name"], "测试单位0");
}

#[tokio::test]
async fn runs_and_receipts_need_the_permission() {
    let town = town().await;
    let finance = staff("310000", &["contribution.run"]);
    let clerk = staff("310000", &["contribution.read"]);
    let start = json!({ "month": "2026-06", "accept_unconfirmed": "现行费率沿用" });
    let receipt = json!({ "employer_no": town.unit, "month": "2026-06", "reference": "税票 1", "arrived": "2026-06-30" });
    for who in [clerk, actor(ActorKind::Citizen), actor(ActorKind::Employer)] {
        let app = town.app.acting_as(who);
        app.get("/levy_runs").await.expect(403);
        app.post("/levy_runs", start.clone()).await.expect(403);
        app.post("/levy_receipts", receipt.clone()).await.expect(403);
        app.get(&format!("/levy_runs/{}/withheld", Uuid::nil())).await.expect(403);
    }
    let app = town.app.acting_as(finance);
    app.post("/levy_runs", start).await.expect(202);
    app.post("/levy_runs", json!({ "month": "2027-01" })).await.expect(422);
    app.post("/levy_runs", json!({ "month": "2026-06", "accept_unconfirmed": " " })).await.expect(422);
    app.get(&format!("/levy_runs/{}/withheld", Uuid::nil())).await.expect(404);
    let runs = app.get("/levy_runs").await.expect(200).json();
    assert_eq!(runs["rows"][0]["lines_added"], 8);
    let first = app.post("/levy_receipts", receipt.clone()).await.expect(200).json();
    let second = app.post("/levy_receipts", receipt.clone()).await.expect(200).json();
    assert_eq!(first, second);
    let mut late = receipt.clone();
    late["arrived"] = json!("2026-08-01");
    app.post("/levy_receipts", late).await.expect(422);
    // An employer of another district is not there for a district's finance desk.
    let elsewhere = town.app.acting_as(staff("310000/310105", &["contribution.run"]));
    elsewhere.post("/levy_receipts", receipt).await.expect(404);
}
