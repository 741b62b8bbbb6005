//! HTTP face: parse and shape only.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use base_db::{Db, Tx};
use base_kernel::{ActorKind, EmployerNo, Fault, Fen, Month, PersonNo};
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use centre_party::Scope;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::levy::{LevyReport, Withheld};
use crate::model::Line;
use crate::receipt::{NewReceipt, Receipt, receipt_record};
use crate::rules::Insurance;
use crate::store::levy as runs;
use crate::{ContributionError, history};

/// Reading contributions of people in one's area.
pub(crate) const READ: &str = "contribution.read";
/// Starting levy runs and recording receipts.
pub(crate) const RUN: &str = "contribution.run";

pub(crate) fn routes(db: Db) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(my_contributions))
        .routes(routes!(person_contributions))
        .routes(routes!(levy_runs, levy_run_start))
        .routes(routes!(levy_run_withheld))
        .routes(routes!(receipt_add))
        .with_state(db)
}

/// Filters of a contribution history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// First month.
    #[param(value_type = Option<String>, example = "2026-01")]
    from: Option<Month>,
    /// Last month.
    #[param(value_type = Option<String>, example = "2026-06")]
    to: Option<Month>,
    /// Insurance by code.
    #[param(example = "110")]
    insurance: Option<String>,
    /// Page, from 1.
    #[param(minimum = 1, maximum = 100_000)]
    page: Option<u32>,
    /// Rows a page, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    size: Option<u32>,
}

impl HistoryQuery {
    fn page(&self) -> PageQuery {
        PageQuery { page: self.page.unwrap_or(1), size: self.size.unwrap_or(20) }
    }

    fn insurance(&self) -> Result<Option<Insurance>, Fault> {
        let Some(code) = self.insurance.as_deref().filter(|code| !code.is_empty()) else { return Ok(None) };
        let unknown = || {
            Fault::invalid_field("contribution.insurance", "insurance", "没有这个险种，请从险种列表中选择")
        };
        Insurance::from_code(code).map(Some).ok_or_else(unknown)
    }
}

/// One line of a contribution history.
#[derive(Debug, Serialize, ToSchema)]
struct ContributionRow {
    /// Contribution month.
    #[schema(value_type = String, example = "2026-07")]
    month: Month,
    /// Insurance by code.
    #[schema(example = "110")]
    insurance: &'static str,
    /// Insurance.
    insurance_name: &'static str,
    /// Employer number.
    #[schema(value_type = String)]
    employer_no: EmployerNo,
    /// Employer.
    employer_name: Option<String>,
    /// Contribution base, fen.
    #[schema(value_type = i64)]
    base_fen: Fen,
    /// Person's share, fen.
    #[schema(value_type = i64)]
    personal_fen: Fen,
    /// Employer's share, fen.
    #[schema(value_type = i64)]
    employer_fen: Fen,
    /// Part recorded on the personal account, fen.
    #[schema(value_type = i64)]
    account_fen: Fen,
    /// `due` or `paid`.
    status: &'static str,
    /// Standing in Chinese.
    status_name: &'static str,
    /// Parameters that were not confirmed when the line was computed.
    unconfirmed: Vec<String>,
}

/// The caller's own contributions, latest first.
#[utoipa::path(get, path = "/me/contributions", tag = "缴费管理", params(HistoryQuery), responses(
    (status = 200, description = "本人缴费记录", body = Page<ContributionRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "不是个人用户", body = ProblemBody),
    (status = 422, description = "查询条件有误", body = ProblemBody),
))]
async fn my_contributions(
    caller: Caller,
    State(db): State<Db>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<Page<ContributionRow>>, Problem> {
    caller.require_kind(ActorKind::Citizen)?;
    let message = "您的账号尚未完成实名关联，请先完成实名认证";
    let person =
        caller.actor.person.clone().ok_or_else(|| Fault::forbidden("contribution.no_person", message))?;
    page_of(&caller, &db, &person, &query).await
}

/// Contributions of a person: within the clerk's area, or on the employer's staff.
#[utoipa::path(get, path = "/people/{person_no}/contributions", tag = "缴费管理",
    params(("person_no" = String, Path, description = "人员编号"), HistoryQuery), responses(
    (status = 200, description = "缴费记录", body = Page<ContributionRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "未找到该人员，或无权查看", body = ProblemBody),
    (status = 422, description = "查询条件有误", body = ProblemBody),
))]
async fn person_contributions(
    caller: Caller,
    State(db): State<Db>,
    Path(person_no): Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<Page<ContributionRow>>, Problem> {
    if caller.actor.kind == ActorKind::Staff {
        caller.require(READ)?;
    }
    page_of(&caller, &db, &PersonNo(person_no), &query).await
}

async fn page_of(
    caller: &Caller,
    db: &Db,
    person: &PersonNo,
    query: &HistoryQuery,
) -> Result<Json<Page<ContributionRow>>, Problem> {
    let scope = Scope::of(&caller.actor)?;
    let insurance = query.insurance()?;
    let mut tx = db.begin(caller.ctx()).await?;
    let (lines, total) =
        history(&mut tx, &scope, person, (query.from, query.to), insurance, query.page()).await?;
    let names = employer_names(&mut tx, &lines).await?;
    let rows = lines.into_iter().map(|line| row(line, &names)).collect();
    Ok(Json(Page::new(query.page(), rows, total)))
}

async fn employer_names(
    tx: &mut Tx,
    lines: &[Line],
) -> Result<BTreeMap<EmployerNo, String>, ContributionError> {
    let mut numbers: Vec<EmployerNo> = lines.iter().map(|line| line.employer.clone()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    // Whoever may see the line may see who paid it.
    let scope = Scope::System("names of employers on a visible line");
    let employers = centre_party::employers_by_no(tx, &scope, &numbers).await?;
    Ok(employers.into_iter().map(|employer| (employer.no, employer.name)).collect())
}

fn row(line: Line, names: &BTreeMap<EmployerNo, String>) -> ContributionRow {
    ContributionRow {
        month: line.month,
        insurance: line.insurance.code(),
        insurance_name: line.insurance.name(),
        employer_name: names.get(&line.employer).cloned(),
        employer_no: line.employer,
        base_fen: line.base,
        personal_fen: line.personal_share,
        employer_fen: line.employer_share,
        account_fen: line.account,
        status: line.status.code(),
        status_name: line.status.name(),
        unconfirmed: line.unconfirmed,
    }
}

/// Levy runs, latest first.
#[utoipa::path(get, path = "/levy_runs", tag = "缴费管理", params(PageQuery), responses(
    (status = 200, description = "征缴批次", body = Page<LevyReport>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
async fn levy_runs(
    caller: Caller,
    State(db): State<Db>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<LevyReport>>, Problem> {
    caller.require(RUN)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let (rows, total) = runs::run_list(&mut tx, page.limit(), page.offset()).await?;
    Ok(Json(Page::new(page, rows, total)))
}

/// What to bill.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LevyStart {
    /// Month; not after the running one.
    #[schema(value_type = String, example = "2026-07")]
    month: Month,
    /// Why parameters that are in use but not confirmed may be used; left out, lines that need one are withheld.
    #[serde(default)]
    #[schema(max_length = 200)]
    accept_unconfirmed: Option<String>,
}

/// Queues a levy run.
#[utoipa::path(post, path = "/levy_runs", tag = "缴费管理", request_body = LevyStart, responses(
    (status = 202, description = "已排队，完成后可在批次列表查看"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 422, description = "填写内容有误", body = ProblemBody),
))]
async fn levy_run_start(
    caller: Caller,
    State(db): State<Db>,
    Json(start): Json<LevyStart>,
) -> Result<StatusCode, Problem> {
    caller.require(RUN)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let this = Month::of(tx.today()).map_err(Fault::internal)?;
    if start.month > this || start.month < this.plus(-24) {
        let message = "征缴月份应在最近两年之内，且不能晚于本月";
        return Err(Fault::invalid_field("contribution.levy_month", "month", message).into());
    }
    let reason = start.accept_unconfirmed.as_deref().map(str::trim);
    if reason.is_some_and(|reason| reason.is_empty() || reason.chars().count() > 200) {
        let message = "请填写采用未确认参数的理由，不超过 200 个字";
        return Err(Fault::invalid_field("contribution.levy_reason", "accept_unconfirmed", message).into());
    }
    // The reason carries its author: the job itself runs as the system.
    let accepted = reason.map(|reason| format!("{}：{reason}", caller.actor.name));
    let args = json!({ "month": start.month, "accept_unconfirmed": accepted });
    let job = base_jobs::Job::new(crate::LEVY_JOB, args).key(format!("levy {}", start.month));
    base_jobs::enqueue_job(&mut tx, &job).await?;
    tx.commit().await?;
    Ok(StatusCode::ACCEPTED)
}

/// Lines that a run left to a person.
#[utoipa::path(get, path = "/levy_runs/{id}/withheld", tag = "缴费管理",
    params(("id" = Uuid, Path, description = "批次"), PageQuery), responses(
    (status = 200, description = "未能计收的明细", body = Page<Withheld>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "未找到该批次", body = ProblemBody),
))]
async fn levy_run_withheld(
    caller: Caller,
    State(db): State<Db>,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Withheld>>, Problem> {
    caller.require(RUN)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let report = runs::run_report(&mut tx, id).await?;
    let report = report.ok_or_else(|| Fault::not_found("contribution.no_run", "未找到该征缴批次"))?;
    let rows = runs::withheld(&mut tx, id, page.limit(), page.offset()).await?;
    Ok(Json(Page::new(page, rows, report.lines_withheld)))
}

/// A payment as the tax authority reports it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReceiptBody {
    /// Employer number.
    #[schema(max_length = 10)]
    employer_no: String,
    /// Contribution month.
    #[schema(value_type = String, example = "2026-07")]
    month: Month,
    /// Number at the tax authority.
    #[schema(min_length = 1, max_length = 60)]
    reference: String,
    /// Day on which the money arrived.
    arrived: chrono::NaiveDate,
}

/// Records that an employer's month was paid.
#[utoipa::path(post, path = "/levy_receipts", tag = "缴费管理", request_body = ReceiptBody, responses(
    (status = 200, description = "已入账；同一凭证号重复提交结果相同", body = Receipt),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "未找到该单位，或无权操作", body = ProblemBody),
    (status = 409, description = "没有待收的应缴费款", body = ProblemBody),
    (status = 422, description = "填写内容有误", body = ProblemBody),
))]
async fn receipt_add(
    caller: Caller,
    State(db): State<Db>,
    Json(body): Json<ReceiptBody>,
) -> Result<Json<Receipt>, Problem> {
    caller.require(RUN)?;
    let reference = body.reference.trim().to_owned();
    if reference.is_empty() || reference.chars().count() > 60 {
        let message = "请填写税务凭证号，不超过 60 个字";
        return Err(Fault::invalid_field("contribution.reference", "reference", message).into());
    }
    let mut tx = db.begin(caller.ctx()).await?;
    if body.arrived > tx.today() {
        let message = "到账日期不能晚于今天";
        return Err(Fault::invalid_field("contribution.arrived", "arrived", message).into());
    }
    let scope = Scope::of(&caller.actor)?;
    let employer = centre_party::employer_by_no(&mut tx, &scope, &EmployerNo(body.employer_no)).await?.no;
    let new = NewReceipt { employer, month: body.month, reference, arrived: body.arrived };
    let receipt = receipt_record(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(Json(receipt))
}
