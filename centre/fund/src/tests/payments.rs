//! Pensions from account and pool.

use base_kernel::Fen;

use super::{database, month, person, receipt, system};
use crate::{
    FundError, PaidParts, PensionPayment, account_balance, audit, fund_totals, levy_receipt_post,
    pension_post, pension_reverse,
};

fn payment(number: u32, of: &str) -> PensionPayment {
    PensionPayment {
        reference: format!("A{number}-{of}"),
        person: person(number),
        amount: Fen(300_000),
        from_account: Fen(50_000),
        booked: month(of),
        paid: month(of).first_day(),
        case_no: None,
    }
}

#[tokio::test]
async fn the_account_pays_as_far_as_it_reaches() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2026-05")).await.unwrap();
    let first = pension_post(&mut tx, &[payment(1, "2026-08"), payment(2, "2026-08")]).await.unwrap();
    assert_eq!(first["A1-2026-08"], PaidParts { account: Fen(50_000), pooled: Fen(250_000) });
    assert_eq!(first["A2-2026-08"], PaidParts { account: Fen::ZERO, pooled: Fen(300_000) });
    let second = pension_post(&mut tx, &[payment(1, "2026-09"), payment(1, "2026-10")]).await.unwrap();
    assert_eq!(second["A1-2026-09"].account, Fen(30_000));
    assert_eq!(second["A1-2026-10"].account, Fen::ZERO);
    assert_eq!(account_balance(&mut tx, &person(1)).await.unwrap(), Fen::ZERO);
    tx.commit().await.unwrap();
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_payment_is_posted_once_however_often_it_is_asked_for() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2026-05")).await.unwrap();
    tx.commit().await.unwrap();
    let run = || async {
        let mut tx = system(&db).await;
        let parts = pension_post(&mut tx, &[payment(1, "2026-08"), payment(2, "2026-08")]).await.unwrap();
        tx.commit().await.unwrap();
        parts.len()
    };
    let (first, second) = tokio::join!(run(), run());
    assert_eq!(first + second, 2);
    assert_eq!(run().await, 0);
    let mut tx = system(&db).await;
    assert_eq!(account_balance(&mut tx, &person(1)).await.unwrap(), Fen(30_000));
    assert_eq!(fund_totals(&mut tx, "110").await.unwrap().treasury, Fen(240_000 - 600_000));
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_payment_is_taken_back_whole_and_once() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2026-05")).await.unwrap();
    let before = fund_totals(&mut tx, "110").await.unwrap();
    pension_post(&mut tx, &[payment(1, "2026-08")]).await.unwrap();
    for _ in 0..2 {
        pension_reverse(&mut tx, &person(1), "A1-2026-08", month("2026-09"), "银行退票").await.unwrap();
    }
    assert_eq!(account_balance(&mut tx, &person(1)).await.unwrap(), Fen(80_000));
    assert_eq!(fund_totals(&mut tx, "110").await.unwrap(), before);
    assert!(pension_reverse(&mut tx, &person(1), "A1-2026-09", month("2026-09"), "x").await.is_err());
    tx.commit().await.unwrap();
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn impossible_amounts_are_refused() {
    let db = database().await;
    let mut tx = system(&db).await;
    for (amount, from_account) in [(0, 0), (-1, 0), (100, 101), (100, -1)] {
        let wrong =
            PensionPayment { amount: Fen(amount), from_account: Fen(from_account), ..payment(1, "2026-08") };
        assert!(matches!(pension_post(&mut tx, &[wrong]).await, Err(FundError::Amount(_))));
    }
    let twice = pension_post(&mut tx, &[payment(1, "2026-08"), payment(1, "2026-08")]).await;
    assert!(matches!(twice, Err(FundError::Amount(_))));
}
