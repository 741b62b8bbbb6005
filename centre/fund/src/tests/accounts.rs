//! Deposits, imports, interest.

use base_kernel::Fen;
use engine_decision::{ParameterError, RuleError};

use super::{database, month, person, receipt, shipped, system};
use crate::rules::InterestMethod;
use crate::{
    AccountStatus, FundError, InterestChoice, account_balance, account_import, account_mark_retired,
    account_statement, account_status, account_unmark_retired, account_year_interest, audit, book_close,
    fund_totals, levy_receipt_post,
};

fn chosen() -> InterestChoice {
    InterestChoice::Chosen { method: InterestMethod::Annual, reason: "演示：暂按年度计算法".into() }
}

#[tokio::test]
async fn every_statement_prepares() {
    let db = database().await;
    base_db::prepare_all(&db.db(), crate::STATEMENTS).await.unwrap();
}

#[tokio::test]
async fn a_receipt_is_recorded_once_and_divided() {
    let db = database().await;
    let who = person(1);
    for _ in 0..2 {
        let mut tx = system(&db).await;
        levy_receipt_post(&mut tx, &receipt(&who, "2026-05")).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = system(&db).await;
    assert_eq!(account_balance(&mut tx, &who).await.unwrap(), Fen(80_000));
    let pension = fund_totals(&mut tx, "110").await.unwrap();
    assert_eq!((pension.treasury, pension.pooled), (Fen(240_000), Fen(160_000)));
    assert_eq!(fund_totals(&mut tx, "210").await.unwrap().treasury, Fen(10_000));
    assert_eq!(account_status(&mut tx, &who).await.unwrap(), Some(AccountStatus::Open));
    assert_eq!(account_status(&mut tx, &person(2)).await.unwrap(), None);
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_closed_month_sends_postings_to_the_next() {
    let db = database().await;
    let ctx = system(&db).await.ctx().clone();
    book_close(&db.db(), ctx, "110", month("2026-05")).await.unwrap();
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2026-04")).await.unwrap();
    let statement = account_statement(&mut tx, &person(1)).await.unwrap();
    assert_eq!(statement.balance_fen, Fen(80_000));
    tx.commit().await.unwrap();
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn interest_is_refused_until_its_method_is_confirmed() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2024-05")).await.unwrap();
    let refused =
        account_year_interest(&mut tx, &shipped(), &person(1), 2024, &InterestChoice::InForce).await;
    assert!(
        matches!(refused, Err(FundError::Rule(RuleError::Parameter(ParameterError::Unconfirmed { .. })))),
        "{refused:?}"
    );
}

/// The worked example of `policy.md` §2.5: 100,000 at the end of 2022 and 9,600 in each of 2023 to 2025.
#[tokio::test]
async fn interest_of_the_worked_example_comes_out_on_the_ledger() {
    let db = database().await;
    let mut tx = system(&db).await;
    let who = person(1);
    account_import(&mut tx, &who, 2022, Fen(10_000_000), "旧系统结转").await.unwrap();
    account_import(&mut tx, &who, 2022, Fen(10_000_000), "旧系统结转").await.unwrap();
    for year in 2023..=2025 {
        for number in 1..=12 {
            levy_receipt_post(&mut tx, &receipt(&who, &format!("{year}-{number:02}"))).await.unwrap();
        }
    }
    let ahead = account_year_interest(&mut tx, &shipped(), &who, 2024, &chosen()).await;
    assert!(matches!(ahead, Err(FundError::YearOutOfOrder { asked: 2024, next: 2023 })));
    for (year, balance) in [(2023, 11_377_638), (2024, 12_649_352), (2025, 13_806_890)] {
        let credited = account_year_interest(&mut tx, &shipped(), &who, year, &chosen()).await.unwrap();
        assert_eq!(credited.balance, Fen(balance), "{year}");
        let again = account_year_interest(&mut tx, &shipped(), &who, year, &InterestChoice::InForce).await;
        assert_eq!(again.unwrap(), credited);
        assert_eq!(credited.chosen.as_deref(), Some("演示：暂按年度计算法"));
    }
    let over = account_year_interest(&mut tx, &shipped(), &who, 2026, &chosen()).await;
    assert!(matches!(over, Err(FundError::YearNotOver(2026))));
    let statement = account_statement(&mut tx, &who).await.unwrap();
    assert_eq!(statement.balance_fen, Fen(13_806_890));
    let years: Vec<_> =
        statement.years.iter().map(|y| (y.year, y.contributed_fen.0, y.balance_fen.0)).collect();
    assert_eq!(
        years,
        [
            (2025, 960_000, 13_806_890),
            (2024, 960_000, 12_649_352),
            (2023, 960_000, 11_377_638),
            (2022, 0, 10_000_000)
        ]
    );
    assert_eq!(statement.years[3].carried_fen, Fen(10_000_000));
    tx.commit().await.unwrap();
    assert!(audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn a_balance_is_carried_in_before_anything_moves() {
    let db = database().await;
    let mut tx = system(&db).await;
    levy_receipt_post(&mut tx, &receipt(&person(1), "2024-05")).await.unwrap();
    let late = account_import(&mut tx, &person(1), 2023, Fen(1), "x").await;
    assert!(matches!(late, Err(FundError::AlreadyMoving(_))));
    account_import(&mut tx, &person(2), 2023, Fen(1), "x").await.unwrap();
    let other = account_import(&mut tx, &person(2), 2023, Fen(2), "x").await;
    assert!(matches!(other, Err(FundError::AlreadyMoving(_))));
}

#[tokio::test]
async fn retirement_is_marked_and_unmarked() {
    let db = database().await;
    let mut tx = system(&db).await;
    let july = month("2026-07");
    account_mark_retired(&mut tx, &person(1), july).await.unwrap();
    account_mark_retired(&mut tx, &person(1), july).await.unwrap();
    assert_eq!(account_status(&mut tx, &person(1)).await.unwrap(), Some(AccountStatus::Retired(july)));
    account_unmark_retired(&mut tx, &person(1)).await.unwrap();
    assert_eq!(account_status(&mut tx, &person(1)).await.unwrap(), Some(AccountStatus::Open));
}

#[tokio::test]
async fn a_years_interest_for_everybody_is_credited_once() {
    let db = database().await;
    let mut tx = system(&db).await;
    for number in 1..=5 {
        levy_receipt_post(&mut tx, &receipt(&person(number), "2024-05")).await.unwrap();
    }
    tx.commit().await.unwrap();
    let set = shipped();
    let handle = db.db();
    let choice = chosen();
    let run = || crate::year_interest_run(&handle, &set, 2024, &choice);
    assert_eq!(run().await.unwrap(), crate::InterestRun { credited: 5, left: 0 });
    assert_eq!(run().await.unwrap(), crate::InterestRun::default());
    assert!(audit(&db.db()).await.unwrap().is_clean());
}
