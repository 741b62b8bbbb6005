//! Closed periods take no postings; sums of closed periods stay right.

use base_kernel::{Fen, Month};

use super::{BOOK, begin, database, july, pay_in, pay_out, pot};
use crate::{
    LedgerError, Side, Transfer, audit, balance, closed_through, period_close, period_totals_build, post,
};

fn in_month(transfer: Transfer, period: Month) -> Transfer {
    Transfer { period, ..transfer }
}

#[tokio::test]
async fn a_closed_period_takes_no_postings() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    post(&mut tx, &[in_month(pay_in("P1", 1, 500), july().plus(-1))]).await.unwrap();
    period_close(&mut tx, BOOK, july().plus(-1)).await.unwrap();
    assert_eq!(closed_through(&mut tx, BOOK).await.unwrap(), Some(july().plus(-1)));
    tx.commit().await.unwrap();
    let mut tx = begin(&db.db()).await;
    for month in [july().plus(-1), july().plus(-12)] {
        let refused = post(&mut tx, &[in_month(pay_in("P1", 2, 1), month)]).await;
        assert!(matches!(refused, Err(LedgerError::PeriodClosed { .. })), "{refused:?}");
    }
    post(&mut tx, &[pay_in("P1", 2, 1)]).await.unwrap();
}

#[tokio::test]
async fn a_summed_balance_is_the_same_before_and_after_closing() {
    let db = database().await;
    for step in 0..6 {
        let mut tx = begin(&db.db()).await;
        let month = july().plus(step);
        let number = step.unsigned_abs();
        let batch =
            [in_month(pay_in("P1", number, 1_000), month), in_month(pay_out("P1", number, 100), month)];
        post(&mut tx, &batch).await.unwrap();
        let before = balance(&mut tx, &pot()).await.unwrap();
        tx.commit().await.unwrap();
        if step % 2 == 1 {
            let mut tx = begin(&db.db()).await;
            period_close(&mut tx, BOOK, month.plus(-1)).await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = begin(&db.db()).await;
            assert_eq!(period_totals_build(&mut tx, BOOK).await.unwrap(), Some(month.plus(-1)));
            assert_eq!(period_totals_build(&mut tx, BOOK).await.unwrap(), None);
            tx.commit().await.unwrap();
        }
        let mut tx = begin(&db.db()).await;
        let after = balance(&mut tx, &pot()).await.unwrap();
        assert_eq!(before, after);
        assert_eq!(after.on(Side::Debit), Fen(900 * i64::from(step + 1)));
        assert!(audit(&db.db()).await.unwrap().is_clean());
    }
}

#[tokio::test]
async fn a_closing_waits_for_postings_under_way() {
    let db = database().await;
    let mut poster = begin(&db.db()).await;
    post(&mut poster, &[pay_in("P1", 1, 500)]).await.unwrap();
    let closer = {
        let db = db.db();
        tokio::spawn(async move {
            let mut tx = begin(&db).await;
            period_close(&mut tx, BOOK, july()).await.unwrap();
            tx.commit().await.unwrap();
        })
    };
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!closer.is_finished());
    // The poster may still write into the period: it came first.
    post(&mut poster, &[pay_in("P1", 2, 500)]).await.unwrap();
    poster.commit().await.unwrap();
    closer.await.unwrap();
    let mut tx = begin(&db.db()).await;
    assert!(post(&mut tx, &[pay_in("P1", 3, 500)]).await.is_err());
    assert_eq!(balance(&mut tx, &pot()).await.unwrap().on(Side::Debit), Fen(1_000));
}
