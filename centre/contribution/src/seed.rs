//! Years of contributions brought in at once: from an older system, or for a demonstration.

use base_db::Tx;
use base_kernel::{EmployerNo, Fen, Month, MonthSpan, PersonNo, RegionCode};
use centre_fund::{Booked, Payer};
use centre_party::Scope;
use engine_decision::{ParameterSet, Rounding};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::ContributionError;
use crate::levy::figures;
use crate::model::WageDeclaration;
use crate::receipt::divided;
use crate::rules::{InjuryClass, Insurance, clamp_base};
use crate::store::line::{self, Amounts, NewLine, Source};
use crate::store::{self, liability};

/// Longest history, in months.
const LONGEST: i32 = 840;

/// A history to bring in.
pub struct HistorySeed<'a> {
    /// Whose.
    pub person: PersonNo,
    /// Employer through which it was paid.
    pub employer: EmployerNo,
    /// First and last month.
    pub span: MonthSpan,
    /// Insurances that were paid.
    pub insurances: &'a [Insurance],
    /// Monthly wage in fen, by month.
    pub wage: &'a (dyn Fn(Month) -> Fen + Sync),
    /// Pension rates of months for which the catalogue has none.
    pub legacy: LegacyRates,
    /// Balance of the personal account at the end of a year, as the older system kept it: months up to that year then
    /// post nothing to the account of their own.
    pub opening: Option<(i32, Fen)>,
}

/// Pension rates of months for which the catalogue has none.
#[derive(Debug, Clone, Copy)]
pub struct LegacyRates {
    /// Employer's share of the base.
    pub employer: Decimal,
    /// Person's share of the base, all of it recorded on the account.
    pub personal: Decimal,
}

impl Default for LegacyRates {
    /// 22% and 8%, as paid in Shanghai before 2013-04.
    fn default() -> Self {
        Self { employer: Decimal::new(22, 2), personal: Decimal::new(8, 2) }
    }
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistorySeeded {
    /// Lines added.
    pub lines: usize,
    /// Their amount, fen.
    pub amount: Fen,
}

/// Brings a history in: lines marked as imported and paid, and the same postings to personal account and pooled funds
/// that monthly receipts would have made, each in its own month. Lines that are there already stay as they are, so that
/// a repeated import adds nothing.
///
/// Amounts follow the catalogue, unconfirmed rows included (a record of what was paid decides nothing); where it has no
/// pension rate, `legacy` is used; other insurances are left out in months without rate.
///
/// # Errors
/// [`ContributionError::Span`], [`ContributionError::Rule`] for months without base bounds (before 2000-04),
/// [`ContributionError::Fund`].
pub async fn history_seed(
    tx: &mut Tx,
    set: &ParameterSet,
    seed: &HistorySeed<'_>,
) -> Result<HistorySeeded, ContributionError> {
    let months = seed.span.to.months_since(seed.span.from) + 1;
    if !(1..=LONGEST).contains(&months) {
        return Err(ContributionError::Span);
    }
    let record = centre_party::employer_by_no(tx, &Scope::System("import"), &seed.employer).await?;
    let class = InjuryClass::from_number(record.injury_class);
    let lines = lines(&set.accepting_unconfirmed(), seed, class)?;
    store::gate(tx, [&seed.employer]).await?;
    if let Some((year, balance)) = seed.opening {
        centre_fund::account_import(tx, &seed.person, year, balance, "历史数据结转").await?;
    }
    let added = line::add(tx, &seed.employer, &lines, Source::Imported).await?;
    if added.is_empty() {
        return Ok(HistorySeeded::default());
    }
    wages_declare(tx, set, seed, &lines).await?;
    settle(tx, seed, &added).await
}

async fn settle(
    tx: &mut Tx,
    seed: &HistorySeed<'_>,
    added: &[Amounts],
) -> Result<HistorySeeded, ContributionError> {
    let id: Uuid = tx.new_id();
    let arrived = seed.span.to.last_day();
    let amount: Fen = added.iter().map(Amounts::total).sum();
    let reference = format!("历史导入 {} {id}", seed.person);
    let head = (id, seed.span.to, reference.as_str(), arrived);
    line::receipt_add(tx, &seed.employer, head, (added.len(), amount)).await?;
    line::settle_imported(tx, &seed.person, &seed.employer, id).await?;
    let through = seed.opening.map(|(year, _)| year);
    let carried = |line: &&Amounts| through.is_some_and(|year| line.month.year() <= year);
    let mut posted: Vec<Amounts> = added.iter().filter(|line| !carried(line)).cloned().collect();
    // What the opening balance holds already reaches the pooled fund without its account part.
    posted.extend(added.iter().filter(carried).map(|line| Amounts {
        personal: line.personal - line.account.min(line.personal),
        employer: line.employer - (line.account - line.account.min(line.personal)),
        account: Fen::ZERO,
        ..line.clone()
    }));
    let payer = Payer::Employer(seed.employer.clone());
    let receipt = divided(&posted, id, payer, Booked::InOwnMonth, arrived);
    centre_fund::levy_receipt_post(tx, &receipt).await?;
    Ok(HistorySeeded { lines: added.len(), amount })
}

/// A declaration wherever the wage changes.
async fn wages_declare(
    tx: &mut Tx,
    set: &ParameterSet,
    seed: &HistorySeed<'_>,
    lines: &[NewLine],
) -> Result<(), ContributionError> {
    let mut list: Vec<(WageDeclaration, Option<Fen>)> = Vec::new();
    for month in seed.span.months() {
        let wage = (seed.wage)(month);
        if list.last().is_some_and(|(last, _)| last.wage == wage) {
            continue;
        }
        let base = lines.iter().find(|line| line.month == month).map(|line| line.base);
        let base =
            base.or_else(|| clamp_base(wage, month, RegionCode::SHANGHAI, set).ok().map(|(base, _)| base));
        let (person, employer) = (seed.person.clone(), seed.employer.clone());
        list.push((WageDeclaration { person, employer, from: month, wage }, base));
    }
    let rows: Vec<_> = list.iter().map(|(declaration, base)| (declaration, *base)).collect();
    liability::wage_add(tx, &rows).await
}

fn lines(
    set: &ParameterSet,
    seed: &HistorySeed<'_>,
    class: Option<InjuryClass>,
) -> Result<Vec<NewLine>, ContributionError> {
    let mut lines = Vec::new();
    for month in seed.span.months() {
        let wage = (seed.wage)(month);
        for &insurance in seed.insurances {
            let new = |base, employer, personal, account, unconfirmed: String| NewLine {
                person: seed.person.clone(),
                insurance,
                month,
                wage,
                base,
                employer,
                personal,
                account,
                unconfirmed,
            };
            match figures(set, insurance, wage, month, class) {
                Ok((f, _)) => lines.push(new(f.base, f.employer, f.personal, f.account, f.unconfirmed)),
                Err(_) if insurance == Insurance::Pension => {
                    let (base, _) = clamp_base(wage, month, RegionCode::SHANGHAI, set)?;
                    let share = |rate: Decimal| Rounding::FenHalfUp.to_fen(base.yuan() * rate);
                    let employer = share(seed.legacy.employer).map_err(engine_decision::RuleError::from)?;
                    let personal = share(seed.legacy.personal).map_err(engine_decision::RuleError::from)?;
                    lines.push(new(base, employer, personal, personal, "legacy".to_owned()));
                }
                Err(_) => {}
            }
        }
    }
    Ok(lines)
}
