//! Years brought in at once.

use base_kernel::{Fen, Month, MonthSpan};
use centre_fund::{InterestChoice, account_balance, account_statement, account_year_interest};

use super::{FOUR, SHIPPED, database, employer, month, person, system};
use crate::{
    DeemedService, HistorySeed, Insurance, LegacyRates, deemed_record, deemed_service, history_seed,
    months_total, paid_bases, paid_lines, paid_months,
};

fn wage(of: Month) -> Fen {
    Fen(400_000 + i64::from(of.year() - 2010) * 60_000)
}

#[tokio::test]
async fn sixteen_years_come_in_with_balanced_books() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 2).await;
    let who = person(&mut tx, 1).await;
    let seed = HistorySeed {
        person: who.clone(),
        employer: unit,
        span: MonthSpan { from: month("2010-07"), to: month("2026-06") },
        insurances: &FOUR,
        wage: &wage,
        legacy: LegacyRates::default(),
        opening: None,
    };
    let first = history_seed(&mut tx, &SHIPPED, &seed).await.unwrap();
    let again = history_seed(&mut tx, &SHIPPED, &seed).await.unwrap();
    assert_eq!(again.lines, 0);
    assert_eq!(paid_months(&mut tx, &who).await.unwrap(), 192);
    assert_eq!(paid_bases(&mut tx, &who).await.unwrap().len(), 192);
    let totals = months_total(&mut tx, &who).await.unwrap();
    assert_eq!(totals.iter().map(|t| t.months).sum::<u32>() as usize, first.lines);
    assert_eq!((totals[0].first, totals[0].last), (month("2010-07"), month("2026-06")));
    let lines = paid_lines(&mut tx, &who, (month("2025-01"), month("2025-12")), &[Insurance::Pension]).await;
    let lines = lines.unwrap();
    assert_eq!(lines.len(), 12);
    assert_eq!(lines[11].settled_on, Some(month("2025-12").last_day()));
    // The account holds what the lines say, each year in its year.
    let statement = account_statement(&mut tx, &who).await.unwrap();
    let year = statement.years.iter().find(|year| year.year == 2025).unwrap();
    assert_eq!(year.contributed_fen, lines.iter().map(|line| line.account).sum());
    tx.commit().await.unwrap();
    let findings = centre_fund::audit(&db.db()).await.unwrap();
    assert!(findings.is_clean(), "{findings:?}");
    let moved: i64 = findings.books.iter().map(|book| book.moved.0).sum();
    assert_eq!(moved, first.amount.0);
}

#[tokio::test]
async fn an_opening_balance_takes_the_place_of_the_years_before() {
    let db = database().await;
    let mut tx = system(&db).await;
    let unit = employer(&mut tx, 0, 1).await;
    let who = person(&mut tx, 1).await;
    let seed = HistorySeed {
        person: who.clone(),
        employer: unit,
        span: MonthSpan { from: month("2008-01"), to: month("2015-12") },
        insurances: &[Insurance::Pension],
        wage: &wage,
        legacy: LegacyRates::default(),
        opening: Some((2013, Fen(3_000_000))),
    };
    let seeded = history_seed(&mut tx, &SHIPPED, &seed).await.unwrap();
    assert_eq!(seeded.lines, 96);
    let of_2014_15: Fen =
        paid_lines(&mut tx, &who, (month("2014-01"), month("2015-12")), &[Insurance::Pension])
            .await
            .unwrap()
            .iter()
            .map(|line| line.account)
            .sum();
    assert_eq!(account_balance(&mut tx, &who).await.unwrap(), Fen(3_000_000) + of_2014_15);
    let method = centre_fund::rules::InterestMethod::Annual;
    let choice = InterestChoice::Chosen { method, reason: "测试".into() };
    for year in 2014..=2015 {
        account_year_interest(&mut tx, &SHIPPED, &who, year, &choice).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert!(centre_fund::audit(&db.db()).await.unwrap().is_clean());
}

#[tokio::test]
async fn deemed_contribution_is_kept_and_checked() {
    let db = database().await;
    let mut tx = system(&db).await;
    let who = person(&mut tx, 1).await;
    assert_eq!(deemed_service(&mut tx, &who).await.unwrap(), None);
    let service = DeemedService {
        months: 78,
        months_to_1992: 60,
        virtual_account: Fen(2_400_000),
        basis: "视同缴费年限认定表".into(),
    };
    deemed_record(&mut tx, &who, &service).await.unwrap();
    assert_eq!(deemed_service(&mut tx, &who).await.unwrap(), Some(service.clone()));
    let wrong = DeemedService { months_to_1992: 79, ..service };
    assert!(deemed_record(&mut tx, &who, &wrong).await.is_err());
}
