//! What a levy bills, and what it leaves to a person.

use base_kernel::{Ctx, Fen, RequestId};
use base_web::PageQuery;
use centre_party::Scope;
use uuid::Uuid;

use super::{FOUR, SHIPPED, accept, database, declare, employer, engage, month, person, system};
use crate::rules::InjuryClass;
use crate::{
    Insurance, LiabilityStop, Line, Unconfirmed, arrears, arrears_months, history, levy_run, liability_stop,
    line_explain,
};

const PAGE: PageQuery = PageQuery { page: 1, size: 100 };
const ALL: Scope = Scope::System("test");

fn ctx() -> Ctx {
    Ctx::system(RequestId(Uuid::nil()))
}

#[tokio::test]
async fn every_statement_prepares() {
    let db = database().await;
    for statements in crate::STATEMENTS {
        base_db::prepare_all(&db.db(), statements).await.unwrap();
    }
}

fn amounts(line: &Line) -> (&'static str, i64, i64, i64) {
    (line.insurance.code(), line.base.0, line.employer_share.0, line.personal_share.0)
}

/// The worked examples E3.1, E3.2 and E3.4 of `policy.md` §3.6.
#[tokio::test]
async fn the_worked_examples_come_out_of_the_run() {
    let db = database().await;
    let mut tx = system(&db).await;
    let (first, eighth) = (employer(&mut tx, 0, 1).await, employer(&mut tx, 1, 8).await);
    let (e31, e32, e34) = (person(&mut tx, 1).await, person(&mut tx, 3).await, person(&mut tx, 5).await);
    engage(&mut tx, &e31, &first, "2025-07", 20_000).await;
    engage(&mut tx, &e32, &first, "2025-07", 5_000).await;
    engage(&mut tx, &e34, &eighth, "2026-07", 12_000).await;
    tx.commit().await.unwrap();
    for of in ["2025-12", "2026-07"] {
        let report = levy_run(&db.db(), &ctx(), &SHIPPED, month(of), &accept()).await.unwrap();
        assert!(report.done && report.failed == 0 && report.lines_withheld == 0, "{report:?}");
    }
    let mut tx = system(&db).await;
    for (who, of, lines) in [
        (
            &e31,
            "2025-12",
            [
                ("110", 2_000_000, 320_000, 160_000),
                ("210", 2_000_000, 10_000, 10_000),
                ("310", 2_000_000, 180_000, 40_000),
                ("410", 2_000_000, 4_000, 0),
            ],
        ),
        (
            &e32,
            "2025-12",
            [
                ("110", 746_000, 119_360, 59_680),
                ("210", 746_000, 3_730, 3_730),
                ("310", 746_000, 67_140, 14_920),
                ("410", 746_000, 1_492, 0),
            ],
        ),
        (
            &e34,
            "2026-07",
            [
                ("110", 1_200_000, 192_000, 96_000),
                ("210", 1_200_000, 6_000, 6_000),
                ("310", 1_200_000, 108_000, 24_000),
                ("410", 1_200_000, 22_800, 0),
            ],
        ),
    ] {
        let span = (Some(month(of)), Some(month(of)));
        let (rows, total) = history(&mut tx, &ALL, who, span, None, PAGE).await.unwrap();
        assert_eq!(total, 4);
        assert_eq!(rows.iter().map(amounts).collect::<Vec<_>>(), lines);
        assert_eq!(rows[0].account, rows[0].personal_share);
    }
    let (rows, _) =
        history(&mut tx, &ALL, &e34, (None, None), Some(Insurance::Unemployment), PAGE).await.unwrap();
    let (derivation, same) = line_explain(&SHIPPED, &rows[0], Some(InjuryClass::VIII)).unwrap();
    assert!(same && !derivation.unconfirmed().is_empty());
    assert!(rows[0].unconfirmed.contains(&"contribution.unemployment.employer_rate".to_owned()));
}

#[tokio::test]
async fn what_rests_on_unconfirmed_parameters_is_withheld_until_someone_accepts_it() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let who = person(&mut tx, 1).await;
    engage(&mut tx, &who, &unit, "2026-07", 12_000).await;
    tx.commit().await.unwrap();
    let july = month("2026-07");
    let strict = levy_run(&db.db(), &ctx(), &SHIPPED, july, &Unconfirmed::Withhold).await.unwrap();
    assert_eq!((strict.lines_added, strict.lines_withheld), (3, 1));
    let mut tx = system(&db).await;
    let left = crate::store::levy::withheld(&mut tx, strict.id, 10, 0).await.unwrap();
    assert_eq!((left[0].insurance.as_str(), left[0].code.as_str()), ("210", "unconfirmed"));
    tx.commit().await.unwrap();
    let accepted = levy_run(&db.db(), &ctx(), &SHIPPED, july, &accept()).await.unwrap();
    assert_eq!((accepted.lines_added, accepted.lines_withheld), (1, 0));
    assert_eq!(accepted.accept_unconfirmed.as_deref(), Some("测试"));
    let again = levy_run(&db.db(), &ctx(), &SHIPPED, july, &accept()).await.unwrap();
    assert_eq!(again.lines_added, 0);
}

#[tokio::test]
async fn a_line_without_wage_or_billed_elsewhere_is_withheld_with_its_reason() {
    let db = database().await;
    let mut tx = system(&db).await;
    let (one, two) = (employer(&mut tx, 0, 1).await, employer(&mut tx, 1, 1).await);
    let (double, silent) = (person(&mut tx, 1).await, person(&mut tx, 3).await);
    engage(&mut tx, &double, &one, "2025-10", 9_000).await;
    engage(&mut tx, &double, &two, "2025-10", 9_000).await;
    let liable = crate::Liability {
        person: silent.clone(),
        employer: one.clone(),
        insurance: Insurance::Pension,
        from: month("2025-10"),
        to: None,
    };
    crate::liability_start(&mut tx, &[liable]).await.unwrap();
    tx.commit().await.unwrap();
    let report = levy_run(&db.db(), &ctx(), &SHIPPED, month("2025-12"), &accept()).await.unwrap();
    // Four at the first employer, injury alone at the second.
    assert_eq!((report.lines_added, report.lines_withheld, report.failed), (5, 4, 0));
    let mut tx = system(&db).await;
    let left = crate::store::levy::withheld(&mut tx, report.id, 10, 0).await.unwrap();
    let mut codes: Vec<_> = left.iter().map(|w| (w.code.as_str(), w.insurance.as_str())).collect();
    codes.sort_unstable();
    assert_eq!(codes, [("elsewhere", "110"), ("elsewhere", "210"), ("elsewhere", "310"), ("no_wage", "110")]);
}

#[tokio::test]
async fn a_corrected_wage_counts_from_its_month_and_bounds_apply_month_by_month() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let who = person(&mut tx, 1).await;
    engage(&mut tx, &who, &unit, "2025-06", 5_000).await;
    assert_eq!(declare(&mut tx, &who, &unit, "2025-12", 20_000).await, Some(Fen(2_000_000)));
    assert_eq!(declare(&mut tx, &who, &unit, "2025-12", 50_000).await, Some(Fen(3_730_200)));
    let wages = crate::wages(&mut tx, &unit, std::slice::from_ref(&who), month("2025-12")).await.unwrap();
    assert_eq!(wages[&who], Fen(5_000_000));
    tx.commit().await.unwrap();
    for (of, base) in [("2025-06", 738_400), ("2025-07", 746_000), ("2025-12", 3_730_200)] {
        levy_run(&db.db(), &ctx(), &SHIPPED, month(of), &accept()).await.unwrap();
        let mut tx = system(&db).await;
        let span = (Some(month(of)), Some(month(of)));
        let (rows, _) = history(&mut tx, &ALL, &who, span, Some(Insurance::Pension), PAGE).await.unwrap();
        assert_eq!(rows[0].base, Fen(base), "{of}");
    }
}

#[tokio::test]
async fn stopping_cancels_what_was_billed_beyond_and_nobody_paid() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let who = person(&mut tx, 1).await;
    engage(&mut tx, &who, &unit, "2026-04", 9_000).await;
    tx.commit().await.unwrap();
    for of in ["2026-04", "2026-05", "2026-06", "2026-07"] {
        levy_run(&db.db(), &ctx(), &SHIPPED, month(of), &accept()).await.unwrap();
    }
    let mut tx = system(&db).await;
    assert_eq!(arrears_months(&mut tx, &who).await.unwrap(), 3);
    let stops = FOUR.map(|insurance| LiabilityStop {
        person: who.clone(),
        employer: unit.clone(),
        insurance,
        last: month("2026-05"),
    });
    liability_stop(&mut tx, &stops).await.unwrap();
    let owed = arrears(&mut tx, &who).await.unwrap();
    assert_eq!(owed.len(), 8);
    assert!(owed.iter().all(|arrear| arrear.month <= month("2026-05")));
    tx.commit().await.unwrap();
    let none = levy_run(&db.db(), &ctx(), &SHIPPED, month("2026-06"), &accept()).await.unwrap();
    assert_eq!(none.lines_added, 0);
    // Taken up again, the cancelled months are billed anew.
    let mut tx = system(&db).await;
    engage(&mut tx, &who, &unit, "2026-06", 9_000).await;
    tx.commit().await.unwrap();
    let back = levy_run(&db.db(), &ctx(), &SHIPPED, month("2026-06"), &accept()).await.unwrap();
    assert_eq!(back.lines_added, 4);
}
