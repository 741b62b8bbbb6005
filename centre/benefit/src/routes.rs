//! HTTP face of benefits.

use axum::extract::State;
use base_db::{Db, Tx};
use base_kernel::{ActorKind, Fault, Month, PersonNo};
use base_web::{Caller, Json, PageQuery, Path, Problem, ProblemBody, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::commands;
use crate::model::{Award, RunReport};
use crate::store;

/// Look at the benefits of people in scope.
pub(crate) const READ: &str = "benefit.read";
/// Start payment runs.
pub(crate) const RUN: &str = "benefit.run";

pub(crate) fn routes(db: Db) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(my_pension))
        .routes(routes!(pension_of))
        .routes(routes!(run))
        .with_state(db)
}

/// My pension.
#[derive(Debug, Serialize, ToSchema)]
struct PensionView {
    /// Award in force.
    award: Option<AwardView>,
    /// Payments, newest first.
    payments: Vec<PaymentView>,
    /// Payments in all.
    payments_total: i64,
}

/// An award.
#[derive(Debug, Serialize, ToSchema)]
struct AwardView {
    /// Case that decided it.
    case_no: String,
    /// Month of retirement.
    retire_month: String,
    /// First month of payment.
    start_month: String,
    /// 基础养老金, fen.
    basic_fen: i64,
    /// 个人账户养老金, fen.
    account_fen: i64,
    /// 过渡性养老金, fen.
    transitional_fen: i64,
    /// Sum, fen a month.
    total_fen: i64,
    /// 预核定.
    provisional: bool,
    /// Bank account, masked.
    payee_account: String,
    /// Facts as known then.
    #[schema(value_type = Object)]
    facts: Value,
    /// When.
    awarded_at: DateTime<Utc>,
}

impl From<Award> for AwardView {
    fn from(award: Award) -> Self {
        let account: Vec<char> = award.payee.account.chars().collect();
        let tail: String = account.iter().skip(account.len().saturating_sub(4)).collect();
        Self {
            case_no: award.case_no.0,
            retire_month: award.retire_month.to_string(),
            start_month: award.start_month.to_string(),
            basic_fen: award.basic.0,
            account_fen: award.account.0,
            transitional_fen: award.transitional.0,
            total_fen: award.total.0,
            provisional: award.provisional,
            payee_account: format!("**** {tail}"),
            facts: award.facts,
            awarded_at: award.awarded_at,
        }
    }
}

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
struct PaymentView {
    /// Month it is for.
    month: String,
    /// Fen.
    amount_fen: i64,
    /// regular, arrears or difference.
    kind: String,
    /// In words.
    status: &'static str,
    /// When.
    paid_at: DateTime<Utc>,
}

/// My pension with its payments.
#[utoipa::path(get, path = "/me/pension", tag = "待遇", params(PageQuery),
    responses((status = 200, body = PensionView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
async fn my_pension(
    State(db): State<Db>,
    caller: Caller,
    Query(page): Query<PageQuery>,
) -> Result<Json<PensionView>, Problem> {
    caller.require_kind(ActorKind::Citizen)?;
    let person =
        caller.actor.person.clone().ok_or_else(|| {
            Fault::forbidden("benefit.no_person", "您的账号尚未关联参保人员，请先完成实名关联")
        })?;
    let mut tx = db.begin(caller.ctx()).await?;
    Ok(Json(pension(&mut tx, &person, page).await?))
}

/// The pension of a person in the officer's scope.
#[utoipa::path(get, path = "/people/{person_no}/pension", tag = "待遇",
    params(("person_no" = String, Path, description = "人员编号"), PageQuery),
    responses((status = 200, body = PensionView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn pension_of(
    State(db): State<Db>,
    caller: Caller,
    Path(person_no): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Json<PensionView>, Problem> {
    caller.require(READ)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let scope = centre_party::Scope::of(&caller.actor)?;
    let person = centre_party::person_by_no(&mut tx, &scope, &PersonNo(person_no)).await?;
    Ok(Json(pension(&mut tx, &person.no, page).await?))
}

async fn pension(tx: &mut Tx, person: &PersonNo, page: PageQuery) -> Result<PensionView, Problem> {
    let award = store::award_active(tx, person).await?.map(AwardView::from);
    let (lines, total) = store::payment_list(tx, person, (page.limit(), page.offset())).await?;
    let payments = lines
        .into_iter()
        .map(|line| PaymentView {
            month: line.month.to_string(),
            amount_fen: line.amount.0,
            kind: line.kind,
            status: "已发放",
            paid_at: line.paid_at,
        })
        .collect();
    Ok(PensionView { award, payments, payments_total: total })
}

/// A payment run to start.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RunRequest {
    /// Month, for example `2026-07`; not later than this month.
    #[schema(example = "2026-07", max_length = 7)]
    month: String,
}

/// Pays what is due for a month. Run again, it pays nobody twice.
#[utoipa::path(post, path = "/benefit/payment_runs", tag = "待遇", request_body = RunRequest,
    responses((status = 200, body = RunReport), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn run(
    State(db): State<Db>,
    caller: Caller,
    Json(body): Json<RunRequest>,
) -> Result<Json<RunReport>, Problem> {
    caller.require(RUN)?;
    let month: Month = body.month.parse().map_err(|error: base_kernel::MonthError| {
        Fault::invalid_field("benefit.month", "month", error.to_string())
    })?;
    let this = Month::of(base_kernel::shanghai_today(db.now())).map_err(Fault::internal)?;
    if month > this || month < this.plus(-12) {
        let message = format!("发放月份应在 {} 至 {this} 之间", this.plus(-12));
        return Err(Fault::invalid_field("benefit.month", "month", message).into());
    }
    Ok(Json(commands::payment_run(&db, month).await?))
}
