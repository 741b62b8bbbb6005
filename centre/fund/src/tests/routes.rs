//! Whose account.

use base_kernel::{Actor, ActorKind};
use base_web::testing::TestApp;
use centre_policy::{Catalogue, PolicyStore};

use super::{database, person, receipt, system};
use crate::levy_receipt_post;

#[tokio::test]
async fn a_citizen_reads_their_own_account_and_nobody_else_does() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2026-05")).await.unwrap();
    tx.commit().await.unwrap();
    let policy = PolicyStore::of_catalogue(Catalogue::shipped().unwrap());
    let app = TestApp::new(crate::slice(db.db(), policy).routes);
    let actor = |kind, number: Option<u32>| Actor { kind, person: number.map(person), ..Actor::system() };
    assert_eq!(app.get("/me/account").await.status, 401);
    for (who, status) in [
        (actor(ActorKind::Staff, Some(1)), 403),
        (actor(ActorKind::Employer, Some(1)), 403),
        (actor(ActorKind::Citizen, None), 403),
    ] {
        assert_eq!(app.acting_as(who).get("/me/account").await.status, status);
    }
    let own = app.acting_as(actor(ActorKind::Citizen, Some(1))).get("/me/account").await.json();
    assert_eq!(own["balance_fen"], 80_000);
    let other = app.acting_as(actor(ActorKind::Citizen, Some(2))).get("/me/account").await.json();
    assert_eq!(other["balance_fen"], 0);
    assert_eq!(other["years"].as_array().map(Vec::len), Some(0));
}
