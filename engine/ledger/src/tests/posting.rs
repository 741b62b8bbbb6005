//! Posting, repeating, refusing, reversing.

use base_kernel::Fen;

use super::{begin, database, july, pay_in, pay_out, pot, purse};
use crate::{
    LedgerError, Posted, Reversal, Side, Transfer, audit, balance, entries, movements, post, reverse,
    transfer_id,
};

#[tokio::test]
async fn both_sides_move_by_the_same_amount() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    let posted = post(&mut tx, &[pay_in("P1", 1, 500), pay_in("P2", 1, 700), pay_out("P1", 1, 200)]).await;
    assert_eq!(posted.unwrap(), Posted { added: 3, repeated: 0 });
    assert_eq!(balance(&mut tx, &purse("P1")).await.unwrap().on(Side::Credit), Fen(300));
    assert_eq!(balance(&mut tx, &purse("P2")).await.unwrap().on(Side::Credit), Fen(700));
    assert_eq!(balance(&mut tx, &pot()).await.unwrap().on(Side::Debit), Fen(1_000));
    assert_eq!(balance(&mut tx, &purse("P3")).await.unwrap().on(Side::Credit), Fen::ZERO);
    tx.commit().await.unwrap();
    let findings = audit(&db.db()).await.unwrap();
    assert!(findings.is_clean(), "{findings:?}");
    assert_eq!(findings.books[0].moved, Fen(1_400));
}

#[tokio::test]
async fn the_same_posting_again_changes_nothing() {
    let db = database().await;
    for round in 0..3 {
        let mut tx = begin(&db.db()).await;
        let batch = [pay_in("P1", 1, 500), pay_in("P1", 1, 500), pay_in("P1", 2, 1)];
        let posted = post(&mut tx, &batch).await.unwrap();
        assert_eq!(
            posted,
            if round == 0 { Posted { added: 2, repeated: 0 } } else { Posted { added: 0, repeated: 2 } }
        );
        tx.commit().await.unwrap();
    }
    let mut tx = begin(&db.db()).await;
    assert_eq!(balance(&mut tx, &purse("P1")).await.unwrap().on(Side::Credit), Fen(501));
}

#[tokio::test]
async fn an_id_used_for_something_else_is_refused() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    post(&mut tx, &[pay_in("P1", 1, 500)]).await.unwrap();
    let again = post(&mut tx, &[pay_in("P1", 1, 501)]).await;
    assert!(matches!(again, Err(LedgerError::IdReused(_))), "{again:?}");
    let twice = post(&mut tx, &[pay_in("P1", 9, 1), pay_in("P1", 9, 2)]).await;
    assert!(matches!(twice, Err(LedgerError::IdReused(_))), "{twice:?}");
}

#[tokio::test]
async fn nonsense_is_refused_before_it_is_written() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    for amount in [0, -1, i64::MIN] {
        let refused = post(&mut tx, &[pay_in("P1", 1, amount)]).await;
        assert!(matches!(refused, Err(LedgerError::AmountNotPositive(_))));
    }
    let to_itself = Transfer { debit: purse("P1"), ..pay_in("P1", 1, 5) };
    assert!(matches!(post(&mut tx, &[to_itself]).await, Err(LedgerError::AccountsDoNotPair(_))));
    let mut across = pay_in("P1", 1, 5);
    across.debit.book = "B".into();
    assert!(matches!(post(&mut tx, &[across]).await, Err(LedgerError::AccountsDoNotPair(_))));
}

#[tokio::test]
async fn a_limited_account_is_never_overdrawn() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    post(&mut tx, &[pay_in("P1", 1, 500)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = begin(&db.db()).await;
    let refused = post(&mut tx, &[pay_out("P1", 1, 501)]).await;
    assert!(matches!(refused, Err(LedgerError::Overdrawn(_))), "{refused:?}");
    drop(tx);
    let mut tx = begin(&db.db()).await;
    // Within one batch the order does not matter: what counts is where it ends.
    post(&mut tx, &[pay_out("P1", 1, 600), pay_in("P1", 2, 100)]).await.unwrap();
    assert_eq!(balance(&mut tx, &purse("P1")).await.unwrap().on(Side::Credit), Fen::ZERO);
}

#[tokio::test]
async fn the_database_refuses_to_change_history() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    post(&mut tx, &[pay_in("P1", 1, 500)]).await.unwrap();
    tx.commit().await.unwrap();
    for statement in [
        "UPDATE ledger.transfer SET amount = 1",
        "DELETE FROM ledger.transfer",
        "TRUNCATE ledger.transfer",
        "DELETE FROM ledger.account",
        "UPDATE ledger.account SET credits = credits - 1 WHERE totals = 'kept'",
        "UPDATE ledger.account SET limited = false",
        "UPDATE ledger.account SET credits = 5 WHERE totals = 'summed'",
    ] {
        let refused = sqlx::query(statement).execute(db.db().pool()).await;
        assert!(refused.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn a_tampered_total_is_found() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    post(&mut tx, &[pay_in("P1", 1, 500)]).await.unwrap();
    tx.commit().await.unwrap();
    let raise = "UPDATE ledger.account SET credits = credits + 1 WHERE totals = 'kept'";
    sqlx::query(raise).execute(db.db().pool()).await.unwrap();
    let findings = audit(&db.db()).await.unwrap();
    let checks: Vec<&str> = findings.wrong.iter().map(|finding| finding.check).collect();
    assert_eq!(checks, ["账户累计与流水不符", "账簿借贷不平"]);
}

fn reversal(number: u32) -> Reversal {
    Reversal {
        id: transfer_id(&["reversal", &number.to_string()]),
        code: 9,
        period: july(),
        effective: july().last_day(),
        case_no: None,
        reference: "wrong person".into(),
    }
}

#[tokio::test]
async fn a_transfer_is_reversed_once() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    let original = pay_in("P1", 1, 500);
    post(&mut tx, &[original.clone(), pay_in("P1", 2, 40)]).await.unwrap();
    reverse(&mut tx, "P1", original.id, &reversal(1)).await.unwrap();
    reverse(&mut tx, "P1", original.id, &reversal(1)).await.unwrap();
    let other = reverse(&mut tx, "P1", original.id, &reversal(2)).await;
    assert!(matches!(other, Err(LedgerError::AlreadyReversed(_))));
    let missing = reverse(&mut tx, "P1", transfer_id(&["never"]), &reversal(3)).await;
    assert!(matches!(missing, Err(LedgerError::NothingToReverse(_))));
    assert_eq!(balance(&mut tx, &purse("P1")).await.unwrap().on(Side::Credit), Fen(40));
    let listed = entries(&mut tx, &purse("P1"), 10, 0).await.unwrap();
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().any(|entry| entry.reverses == Some(original.id) && entry.side == Side::Debit));
    let moved = movements(&mut tx, &purse("P1")).await.unwrap();
    assert_eq!(
        moved.iter().map(|m| (m.code, m.credits.0, m.debits.0)).collect::<Vec<_>>(),
        [(1, 540, 0), (9, 0, 500)]
    );
    tx.commit().await.unwrap();
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn money_that_is_gone_is_not_reversed() {
    let db = database().await;
    let mut tx = begin(&db.db()).await;
    let original = pay_in("P1", 1, 500);
    post(&mut tx, &[original.clone(), pay_out("P1", 1, 450)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = begin(&db.db()).await;
    let refused = reverse(&mut tx, "P1", original.id, &reversal(1)).await;
    assert!(matches!(refused, Err(LedgerError::Overdrawn(_))), "{refused:?}");
}
