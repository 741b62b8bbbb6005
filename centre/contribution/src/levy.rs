//! The monthly levy run: bills everyone who is liable, employer by employer.
//!
//! A run is a list of employers; a worker takes one, bills it in one step, marks it done and commits. Any number of
//! workers may work on the same run, on any number of nodes: the row of the employer is locked while it is worked on
//! and skipped by the others. A worker that is killed leaves its employer open. A line is billed once (primary key),
//! so a run may be repeated; it then adds what has become liable since.

use std::collections::BTreeMap;

use base_db::{Db, DbError, Tx};
use base_kernel::{Ctx, EmployerNo, Fault, Fen, Month, RegionCode, RequestId};
use centre_party::Scope;
use chrono::{DateTime, Utc};
use engine_decision::{Derivation, ParameterError, ParameterSet, RuleError};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ContributionError;
use crate::rules::{ContributionFacts, FloatTier, InjuryClass, Insurance, PayerKind, bill_of};
use crate::store;
use crate::store::levy::{self as runs, Candidate};
use crate::store::line::{self, NewLine, Source};

/// What to do about parameters that are in use but not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unconfirmed {
    /// Leave the lines that need one to a person.
    Withhold,
    /// Bill them, name the parameters with the line, and keep the reason with the run.
    Accept {
        /// Who accepts and why, in Chinese.
        reason: String,
    },
}

/// What a run did so far.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LevyReport {
    /// Run.
    pub id: Uuid,
    /// Month billed.
    #[schema(value_type = String, example = "2026-07")]
    pub month: Month,
    /// Whether every employer has been worked on.
    pub done: bool,
    /// Why unconfirmed parameters were accepted; none when they were not.
    pub accept_unconfirmed: Option<String>,
    /// Start.
    pub started_at: DateTime<Utc>,
    /// End.
    pub finished_at: Option<DateTime<Utc>>,
    /// Employers in the run.
    pub employers: i64,
    /// Employers not worked on yet.
    pub open: i64,
    /// Employers whose bill failed as a whole; the next run of the month tries them again.
    pub failed: i64,
    /// Lines added.
    pub lines_added: i64,
    /// Their amount, fen.
    #[schema(value_type = i64)]
    pub amount_fen: Fen,
    /// Lines left to a person.
    pub lines_withheld: i64,
}

/// A line that was not billed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Withheld {
    /// Employer.
    pub employer_no: String,
    /// Person.
    pub person_no: String,
    /// Insurance by code.
    pub insurance: String,
    /// Why: `no_wage`, `elsewhere`, `unconfirmed`, `rule`.
    pub code: String,
    /// Why, in Chinese.
    pub reason: String,
}

/// Bills `month` until no employer of the run is open or free. Call it from as many workers as wanted.
///
/// When a run of the month is under way already, this joins it and `unconfirmed` is that of the run.
///
/// # Errors
/// [`ContributionError::Db`] when the database fails; what is done stays done, and another call goes on.
pub async fn levy_run(
    db: &Db,
    ctx: &Ctx,
    set: &ParameterSet,
    month: Month,
    unconfirmed: &Unconfirmed,
) -> Result<LevyReport, ContributionError> {
    let (run, accept) = levy_open(db, ctx, month, unconfirmed).await?;
    let set = if accept { set.accepting_unconfirmed() } else { set.clone() };
    while levy_step(db, ctx, &set, month, run).await? {}
    let mut tx = db.begin(ctx.clone()).await?;
    runs::run_finish(&mut tx, run).await?;
    let report = runs::run_report(&mut tx, run).await?;
    tx.commit().await?;
    report.ok_or_else(|| lost(run))
}

/// Opens or joins the run of a month; its id and whether it accepts unconfirmed parameters.
async fn levy_open(
    db: &Db,
    ctx: &Ctx,
    month: Month,
    unconfirmed: &Unconfirmed,
) -> Result<(Uuid, bool), ContributionError> {
    let accept = match unconfirmed {
        Unconfirmed::Withhold => None,
        Unconfirmed::Accept { reason } => Some(reason.as_str()),
    };
    let mut tx = db.begin(ctx.clone()).await?;
    let (run, accept) = runs::run_open(&mut tx, month, accept).await?;
    tx.commit().await?;
    Ok((run, accept.is_some()))
}

fn lost(run: Uuid) -> ContributionError {
    let detail = format!("levy run {run} is gone");
    ContributionError::Db(DbError::Inconsistent { table: "contribution.levy_run", detail })
}

/// Bills one employer of the run; false when none is free.
pub(crate) async fn levy_step(
    db: &Db,
    ctx: &Ctx,
    set: &ParameterSet,
    month: Month,
    run: Uuid,
) -> Result<bool, ContributionError> {
    let mut tx = db.begin(ctx.clone()).await?;
    let Some(employer) = runs::part_take(&mut tx, run).await? else { return Ok(false) };
    match employer_bill(&mut tx, set, &employer, month, run).await {
        Ok(done) => {
            runs::part_done(&mut tx, run, &employer, done).await?;
            tx.commit().await?;
        }
        // Not this employer's fault: the caller tries again later and finds it open.
        Err(ContributionError::Db(error @ (DbError::Contention(_) | DbError::Unavailable(_)))) => {
            return Err(error.into());
        }
        Err(error) => {
            drop(tx);
            let fault = Fault::from(error);
            tracing::warn!(employer = %employer, code = fault.code, "levy of an employer failed");
            let mut tx = db.begin(ctx.clone()).await?;
            runs::part_failed(&mut tx, run, &employer, &fault.to_string()).await?;
            tx.commit().await?;
        }
    }
    Ok(true)
}

/// Bills what one employer owes for the month and was not billed yet. Also called when someone is enrolled after the
/// month's run. Returns lines added, their amount, and what was withheld.
pub(crate) async fn employer_bill(
    tx: &mut Tx,
    set: &ParameterSet,
    employer: &EmployerNo,
    month: Month,
    run: Uuid,
) -> Result<(usize, Fen, Value), ContributionError> {
    store::gate(tx, [employer]).await?;
    let record = centre_party::employer_by_no(tx, &Scope::System("levy"), employer).await?;
    let class = InjuryClass::from_number(record.injury_class);
    let mut sheet = Sheet { set, month, class, known: BTreeMap::new() };
    let (mut lines, mut withheld) = (Vec::new(), Vec::new());
    for candidate in runs::candidates(tx, employer, month).await? {
        match sheet.line(&candidate) {
            Ok(line) => lines.push(line),
            Err((code, reason)) => withheld.push(json!({
                "person_no": candidate.person,
                "insurance": candidate.insurance.code(),
                "code": code,
                "reason": reason,
            })),
        }
    }
    if lines.is_empty() {
        return Ok((0, Fen::ZERO, Value::Array(withheld)));
    }
    let added = line::add(tx, employer, &lines, Source::Levy(run)).await?;
    let amount = added.iter().map(line::Amounts::total).sum();
    Ok((added.len(), amount, Value::Array(withheld)))
}

/// Amounts of one line.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub(crate) base: Fen,
    pub(crate) employer: Fen,
    pub(crate) personal: Fen,
    pub(crate) account: Fen,
    /// Keys of unconfirmed parameters that went in, joined by commas.
    pub(crate) unconfirmed: String,
}

/// Computes one line by the rules.
pub(crate) fn figures(
    set: &ParameterSet,
    insurance: Insurance,
    wage: Fen,
    month: Month,
    class: Option<InjuryClass>,
) -> Result<(Figures, Derivation), RuleError> {
    let facts = ContributionFacts {
        month,
        region: RegionCode::SHANGHAI,
        kind: PayerKind::Employee,
        wage,
        injury_class: class,
        injury_float: FloatTier::Base,
    };
    let (bill, derivation) = bill_of(&facts, &[insurance], set)?;
    let keys: Vec<&str> = derivation.unconfirmed().iter().map(|used| used.key.as_str()).collect();
    let figures = Figures {
        base: bill.base,
        employer: bill.employer_total,
        personal: bill.employee_total,
        account: bill.account,
        unconfirmed: keys.join(","),
    };
    Ok((figures, derivation))
}

type Refusal = (&'static str, String);

/// Lines of one employer; equal wages give equal lines, so each is computed once.
struct Sheet<'a> {
    set: &'a ParameterSet,
    month: Month,
    class: Option<InjuryClass>,
    known: BTreeMap<(Insurance, Fen), Result<Figures, Refusal>>,
}

impl Sheet<'_> {
    fn line(&mut self, candidate: &Candidate) -> Result<NewLine, Refusal> {
        if candidate.elsewhere {
            return Err((
                "elsewhere",
                format!("{} 已由其他单位申报该险种，请核对后处理重复参保", self.month),
            ));
        }
        let wage =
            candidate.wage.ok_or_else(|| ("no_wage", "尚未申报缴费工资，请单位补充申报".to_owned()))?;
        let (set, month, class) = (self.set, self.month, self.class);
        let figures = self
            .known
            .entry((candidate.insurance, wage))
            .or_insert_with(|| {
                figures(set, candidate.insurance, wage, month, class)
                    .map(|(figures, _)| figures)
                    .map_err(refusal)
            })
            .clone()?;
        Ok(NewLine {
            person: candidate.person.clone(),
            insurance: candidate.insurance,
            month,
            wage,
            base: figures.base,
            employer: figures.employer,
            personal: figures.personal,
            account: figures.account,
            unconfirmed: figures.unconfirmed,
        })
    }
}

fn refusal(error: RuleError) -> Refusal {
    let code = match &error {
        RuleError::Parameter(ParameterError::Unconfirmed { .. }) => "unconfirmed",
        _ => "rule",
    };
    (code, error.to_string())
}

/// A run's report.
///
/// # Errors
/// [`ContributionError::Db`].
pub async fn levy_report(tx: &mut Tx, run: Uuid) -> Result<Option<LevyReport>, ContributionError> {
    runs::run_report(tx, run).await
}

/// Context of a levy started by a timer.
pub(crate) fn system() -> Ctx {
    Ctx::system(RequestId(Uuid::new_v4()))
}
