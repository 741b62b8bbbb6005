//! Receipts: lines, accounts and books move together, once.

use base_kernel::{Ctx, Fen, RequestId};
use uuid::Uuid;

use super::{SHIPPED, accept, database, employer, engage, month, person, system};
use crate::{
    ContributionError, NewReceipt, arrears_months, levy_run, paid_bases, paid_months, receipt_record,
};

fn ctx() -> Ctx {
    Ctx::system(RequestId(Uuid::nil()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_settles_a_month_once_however_often_it_arrives() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let (one, two) = (person(&mut tx, 1).await, person(&mut tx, 3).await);
    engage(&mut tx, &one, &unit, "2025-10", 20_000).await;
    engage(&mut tx, &two, &unit, "2025-10", 5_000).await;
    tx.commit().await.unwrap();
    let december = month("2025-12");
    let billed = levy_run(&db.db(), &ctx(), &SHIPPED, december, &accept()).await.unwrap();
    let new = NewReceipt {
        employer: unit.clone(),
        month: december,
        reference: "税票 0001".into(),
        arrived: december.last_day(),
    };
    let record = || async {
        let mut tx = system(&db).await;
        let receipt = receipt_record(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        receipt
    };
    let (first, second) = tokio::join!(record(), record());
    assert_eq!(first, second);
    assert_eq!((first.lines, first.amount_fen), (8, billed.amount_fen));
    let mut tx = system(&db).await;
    assert_eq!(centre_fund::account_balance(&mut tx, &one).await.unwrap(), Fen(160_000));
    assert_eq!(centre_fund::account_balance(&mut tx, &two).await.unwrap(), Fen(59_680));
    let pension = centre_fund::fund_totals(&mut tx, "110").await.unwrap();
    assert_eq!(pension.pooled, Fen(320_000 + 119_360));
    assert_eq!(pension.treasury, Fen(320_000 + 119_360 + 160_000 + 59_680));
    assert_eq!(centre_fund::fund_totals(&mut tx, "410").await.unwrap().pooled, Fen(4_000 + 1_492));
    assert_eq!(paid_months(&mut tx, &one).await.unwrap(), 1);
    assert_eq!(paid_bases(&mut tx, &one).await.unwrap(), [(december, Fen(2_000_000))]);
    assert_eq!(arrears_months(&mut tx, &one).await.unwrap(), 0);
    let other = NewReceipt { reference: "税票 0002".into(), ..new.clone() };
    let nothing = receipt_record(&mut tx, &other).await;
    assert!(matches!(nothing, Err(ContributionError::NothingDue(..))), "{nothing:?}");
    drop(tx);
    assert!(centre_fund::audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_step_that_fails_after_the_receipt_leaves_nothing_of_it() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let who = person(&mut tx, 1).await;
    engage(&mut tx, &who, &unit, "2025-12", 9_000).await;
    tx.commit().await.unwrap();
    let december = month("2025-12");
    levy_run(&db.db(), &ctx(), &SHIPPED, december, &accept()).await.unwrap();
    let new =
        NewReceipt { employer: unit, month: december, reference: "x".into(), arrived: december.last_day() };
    let mut tx = system(&db).await;
    receipt_record(&mut tx, &new).await.unwrap();
    tx.rollback().await.unwrap();
    let mut tx = system(&db).await;
    assert_eq!(paid_months(&mut tx, &who).await.unwrap(), 0);
    assert_eq!(centre_fund::account_balance(&mut tx, &who).await.unwrap(), Fen::ZERO);
    assert_eq!(receipt_record(&mut tx, &new).await.unwrap().lines, 4);
}
