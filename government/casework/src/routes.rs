//! HTTP face of casework.

use axum::extract::State;
use base_db::{Db, Tx};
use base_kernel::{CaseNo, Fault, TaskId, UserId};
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use government_dispatch::Allotment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::commands::HandoverPlan;
use crate::desk::Desk;
use crate::error::Error;
use crate::read;
use crate::store::{self, TaskFilter, View};
use crate::view::*;

/// Act on tasks.
pub(crate) const TASK_ACT: &str = "casework.task.act";
/// Move the work of officers who leave.
pub(crate) const HANDOVER: &str = "casework.handover";

#[derive(Clone)]
struct App {
    db: Db,
    desk: Desk,
}

impl App {
    async fn begin(&self, caller: &Caller) -> Result<Tx, Problem> {
        Ok(self.db.begin(caller.ctx()).await?)
    }
}

pub(crate) fn routes(db: Db, desk: Desk) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_cases))
        .routes(routes!(get_case))
        .routes(routes!(withdraw))
        .routes(routes!(correct))
        .routes(routes!(rate))
        .routes(routes!(list_tasks))
        .routes(routes!(summary))
        .routes(routes!(claim))
        .routes(routes!(release))
        .routes(routes!(act))
        .routes(routes!(dispatch))
        .routes(routes!(colleagues))
        .routes(routes!(preview_handover, handover))
        .routes(routes!(handover_officers))
        .with_state(App { db, desk })
}

fn case_no(text: &str) -> Result<CaseNo, Fault> {
    CaseNo::parse(text).map_err(|_| Error::CaseNotFound.into())
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CaseQuery {
    /// State words joined by commas, for example `CLOSED` or `ACCEPTED,IN_REVIEW`.
    #[param(max_length = 200)]
    state: Option<String>,
    /// Case number, applicant or item code; officers only.
    #[param(max_length = 60)]
    query: Option<String>,
    /// Page, from 1.
    #[serde(default = "first")]
    #[param(minimum = 1, maximum = 100_000)]
    page: u32,
    /// Rows a page.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100)]
    size: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
}

/// My cases: own, the employer's, or in the officer's scope.
#[utoipa::path(get, path = "/cases", tag = "办件", params(CaseQuery),
    responses((status = 200, body = Page<CaseRow>), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody)))]
async fn list_cases(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<CaseQuery>,
) -> Result<Json<Page<CaseRow>>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let page = PageQuery { page: query.page, size: query.size };
    let state = query.state.filter(|text| !text.is_empty());
    let words = query.query.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (rows, total) = app
        .desk
        .case_rows(&mut tx, state.as_deref(), words.as_deref(), (page.limit(), page.offset()))
        .await?;
    Ok(Json(Page::new(page, rows, total)))
}

/// One case.
#[utoipa::path(get, path = "/cases/{case_no}", tag = "办件", params(("case_no" = String, Path, description = "办件编号")),
    responses((status = 200, body = CaseView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn get_case(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<CaseView>, Problem> {
    let mut tx = app.begin(&caller).await?;
    Ok(Json(app.desk.case_view(&mut tx, &case_no(&number)?).await?))
}

/// Withdraws an application.
#[utoipa::path(post, path = "/cases/{case_no}/withdrawal", tag = "办件", params(("case_no" = String, Path)),
    request_body = WithdrawRequest,
    responses((status = 200, body = ActOutcome), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
    Json(body): Json<WithdrawRequest>,
) -> Result<Json<ActOutcome>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let outcome = app.desk.case_withdraw(&mut tx, &case_no(&number)?, &body).await?;
    tx.commit().await?;
    Ok(Json(outcome))
}

/// Hands in what a correction asked for.
#[utoipa::path(post, path = "/cases/{case_no}/correction", tag = "办件", params(("case_no" = String, Path)),
    request_body = CorrectionRequest,
    responses((status = 200, body = ActOutcome), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn correct(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
    Json(body): Json<CorrectionRequest>,
) -> Result<Json<ActOutcome>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let outcome = app.desk.case_resubmit(&mut tx, &case_no(&number)?, &body).await?;
    tx.commit().await?;
    Ok(Json(outcome))
}

/// Rates a case that ended.
#[utoipa::path(post, path = "/cases/{case_no}/rating", tag = "办件", params(("case_no" = String, Path)),
    request_body = RatingRequest,
    responses((status = 204), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn rate(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<String>,
    Json(body): Json<RatingRequest>,
) -> Result<axum::http::StatusCode, Problem> {
    let mut tx = app.begin(&caller).await?;
    app.desk.case_rate(&mut tx, &case_no(&number)?, &body).await?;
    tx.commit().await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// Which part of the work list.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ViewQuery {
    /// 待办.
    #[default]
    Todo,
    /// 已领.
    Claimed,
    /// 已办.
    Done,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TaskQuery {
    /// todo, claimed or done.
    #[serde(default)]
    #[param(inline)]
    view: ViewQuery,
    /// Case number or applicant.
    #[param(max_length = 60)]
    query: Option<String>,
    /// Item code.
    #[param(max_length = 40)]
    item: Option<String>,
    /// Page, from 1.
    #[serde(default = "first")]
    #[param(minimum = 1, maximum = 100_000)]
    page: u32,
    /// Rows a page.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100)]
    size: u32,
}

/// The acting officer's work list.
#[utoipa::path(get, path = "/tasks", tag = "办件", params(TaskQuery),
    responses((status = 200, body = Page<TaskRow>), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
async fn list_tasks(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<TaskQuery>,
) -> Result<Json<Page<TaskRow>>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    let page = PageQuery { page: query.page, size: query.size };
    let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = TaskFilter {
        query: tidy(query.query),
        item: tidy(query.item),
        limit: page.limit(),
        offset: page.offset(),
    };
    let view = match query.view {
        ViewQuery::Todo => View::Todo,
        ViewQuery::Claimed => View::Claimed,
        ViewQuery::Done => View::Done,
    };
    let (rows, total) = app.desk.task_rows(&mut tx, view, &filter).await?;
    Ok(Json(Page::new(page, rows, total)))
}

/// Figures on top of the work list.
#[utoipa::path(get, path = "/tasks/summary", tag = "办件",
    responses((status = 200, body = SummaryView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
async fn summary(State(app): State<App>, caller: Caller) -> Result<Json<SummaryView>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    Ok(Json(app.desk.summary(&mut tx).await?))
}

/// What taking or giving back a task led to.
#[derive(Debug, Serialize, ToSchema)]
struct Claimed {
    /// Case of the task.
    case_no: String,
}

/// Takes a task.
#[utoipa::path(post, path = "/tasks/{id}/claim", tag = "办件", params(("id" = Uuid, Path)),
    responses((status = 200, body = Claimed), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn claim(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Claimed>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    let case_no = app.desk.task_claim(&mut tx, TaskId(id)).await?;
    tx.commit().await?;
    Ok(Json(Claimed { case_no: case_no.0 }))
}

/// Gives a task back.
#[utoipa::path(post, path = "/tasks/{id}/release", tag = "办件", params(("id" = Uuid, Path)),
    responses((status = 200, body = Claimed), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn release(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Claimed>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    let case_no = app.desk.task_release(&mut tx, TaskId(id)).await?;
    tx.commit().await?;
    Ok(Json(Claimed { case_no: case_no.0 }))
}

/// Acts on a task in hand.
#[utoipa::path(post, path = "/tasks/{id}/actions", tag = "办件", params(("id" = Uuid, Path)), request_body = ActRequest,
    responses((status = 200, body = ActOutcome), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn act(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(body): Json<ActRequest>,
) -> Result<Json<ActOutcome>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    let outcome = app.desk.task_act(&mut tx, TaskId(id), &body).await?;
    tx.commit().await?;
    Ok(Json(outcome))
}

/// Why a task went to whom.
#[derive(Debug, Serialize, ToSchema)]
struct DispatchView {
    /// Rule word.
    rule: String,
    /// Rule in Chinese.
    rule_name: &'static str,
    /// Who got it.
    chosen: Option<Uuid>,
    /// Everyone weighed.
    candidates: Vec<CandidateView>,
}

/// One officer as weighed.
#[derive(Debug, Serialize, ToSchema)]
struct CandidateView {
    /// Account.
    user: Uuid,
    /// Name.
    name: String,
    /// Open tasks at that moment.
    open_tasks: Option<i64>,
    /// Why left out.
    excluded: Option<String>,
}

impl From<Allotment> for DispatchView {
    fn from(allotment: Allotment) -> Self {
        let rule_name = match allotment.rule.word() {
            "least_loaded" => "在办最少者优先",
            "same_officer" => "退回件由原经办人办理",
            "transferred" => "人工转办",
            _ => "没有符合条件的人员，请管理员处理",
        };
        Self {
            rule: allotment.rule.word().to_owned(),
            rule_name,
            chosen: allotment.chosen.map(|user| user.0),
            candidates: allotment
                .candidates
                .into_iter()
                .map(|c| CandidateView {
                    user: c.user.0,
                    name: c.name,
                    open_tasks: c.open_tasks,
                    excluded: c.excluded,
                })
                .collect(),
        }
    }
}

/// Why a task went to whom.
#[utoipa::path(get, path = "/tasks/{id}/dispatch", tag = "办件", params(("id" = Uuid, Path)),
    responses((status = 200, body = DispatchView), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn dispatch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DispatchView>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    Ok(Json(app.desk.dispatch_of(&mut tx, TaskId(id)).await?.into()))
}

/// An officer to pick.
#[derive(Debug, Serialize, ToSchema)]
struct Colleague {
    /// Account.
    user: Uuid,
    /// Name.
    name: String,
}

/// Officers a task could be handed to.
#[utoipa::path(get, path = "/tasks/{id}/colleagues", tag = "办件", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Colleague>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
async fn colleagues(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Colleague>>, Problem> {
    caller.require(TASK_ACT)?;
    let mut tx = app.begin(&caller).await?;
    let officers = read::colleagues(&mut tx, &app.desk, TaskId(id)).await?;
    Ok(Json(officers.into_iter().map(|(user, name)| Colleague { user: user.0, name }).collect()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HandoverQuery {
    /// Whose work.
    user: Uuid,
}

/// What a handover would move.
#[utoipa::path(get, path = "/handover", tag = "办件", params(HandoverQuery),
    responses((status = 200, body = HandoverView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
async fn preview_handover(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<HandoverQuery>,
) -> Result<Json<HandoverView>, Problem> {
    caller.require(HANDOVER)?;
    let mut tx = app.begin(&caller).await?;
    Ok(Json(view(&app.desk.handover_preview(&mut tx, UserId(query.user)).await?)))
}

/// Moves everything an officer holds.
#[utoipa::path(post, path = "/handover", tag = "办件", request_body = HandoverRequest,
    responses((status = 200, body = HandoverView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn handover(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<HandoverRequest>,
) -> Result<Json<HandoverView>, Problem> {
    caller.require(HANDOVER)?;
    let mut tx = app.begin(&caller).await?;
    let plan = app.desk.handover(&mut tx, UserId(body.from_user), body.to_user.map(UserId)).await?;
    tx.commit().await?;
    Ok(Json(view(&plan)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfficerQuery {
    /// Part of a name.
    #[param(max_length = 60)]
    query: Option<String>,
    /// Page, from 1.
    #[serde(default = "first")]
    #[param(minimum = 1, maximum = 100_000)]
    page: u32,
    /// Rows a page.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100)]
    size: u32,
}

/// An officer of the caller's area, those who left included: their work is what has to be moved.
#[derive(Debug, Serialize, ToSchema)]
struct Officer {
    /// Account.
    user: Uuid,
    /// Name.
    name: String,
    /// Home organisation.
    organisation_name: String,
    /// Whether the account may still sign in.
    active: bool,
    /// Open tasks held or offered.
    open_tasks: i64,
}

/// Whose work can be handed over.
#[utoipa::path(get, path = "/handover/officers", tag = "办件", params(OfficerQuery),
    responses((status = 200, body = Page<Officer>), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
async fn handover_officers(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<OfficerQuery>,
) -> Result<Json<Page<Officer>>, Problem> {
    caller.require(HANDOVER)?;
    let mut tx = app.begin(&caller).await?;
    let page = PageQuery { page: query.page, size: query.size };
    let scope = caller.actor.scope.clone().unwrap_or_else(|| "-".to_owned());
    let name = query.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let (members, total) =
        government_access::staff_within(&mut tx, &scope, name, (page.limit(), page.offset())).await?;
    let users: Vec<UserId> = members.iter().map(|member| member.user).collect();
    let held = store::task_count_of_officers(&mut tx, &users).await?;
    let open = |user: UserId| held.iter().find(|(one, _)| *one == user).map_or(0, |(_, count)| *count);
    let rows = members.into_iter().map(|member| Officer {
        user: member.user.0,
        open_tasks: open(member.user),
        name: member.name,
        organisation_name: member.organisation_name,
        active: member.active,
    });
    Ok(Json(Page::new(page, rows.collect(), total)))
}

fn view(plan: &HandoverPlan) -> HandoverView {
    HandoverView {
        moved: plan.moves.len(),
        undispatchable: plan.undispatchable(),
        tasks: plan
            .moves
            .iter()
            .map(|(task, to)| HandoverTask {
                id: task.id.0,
                case_no: task.case_no.0.clone(),
                node_name: task.node_name.clone(),
                to_user: to.map(|user| user.0),
            })
            .collect(),
    }
}
