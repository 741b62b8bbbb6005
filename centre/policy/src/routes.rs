//! HTTP face of policy.

mod shape;

use axum::extract::State;
use axum::http::StatusCode;
use base_db::Db;
use base_kernel::Fault;
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use engine_decision::{Definition, Parameter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::{PolicyStore, READ, RowStatus, commands};
use shape::{HistoryRow, NewRow, ParameterRow, ProposalRow};

#[derive(Clone)]
struct Shared {
    db: Db,
    policy: PolicyStore,
}

pub(crate) fn routes(db: Db, policy: PolicyStore) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list, propose))
        .routes(routes!(expiring))
        .routes(routes!(proposals))
        .routes(routes!(release))
        .routes(routes!(reject))
        .routes(routes!(history))
        .with_state(Shared { db, policy })
}

/// Which parameters are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Part of key, name or document number.
    query: Option<String>,
    /// Only rows in force on this day.
    on: Option<chrono::NaiveDate>,
    /// Only rows of this standing: `confirmed` or `unconfirmed`.
    #[param(value_type = Option<String>)]
    status: Option<engine_decision::Status>,
    /// Page, from 1.
    #[serde(default = "first")]
    page: u32,
    /// Rows a page.
    #[serde(default = "twenty")]
    size: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
}

/// Rows of all parameters.
#[utoipa::path(get, path = "/parameters", tag = "政策参数", params(ListQuery), responses(
    (status = 200, description = "参数各期的值", body = Page<ParameterRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
async fn list(
    caller: Caller,
    State(shared): State<Shared>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<ParameterRow>>, Problem> {
    caller.require(READ)?;
    let set = shared.policy.current();
    let part = query.query.as_deref().map(str::trim).filter(|part| !part.is_empty());
    let named = |row: &Parameter, part: &str| {
        row.key.contains(part)
            || row.name.contains(part)
            || row.doc_no.as_deref().is_some_and(|doc_no| doc_no.contains(part))
    };
    let rows: Vec<&Parameter> = set
        .rows()
        .filter(|row| part.is_none_or(|part| named(row, part)))
        .filter(|row| query.on.is_none_or(|on| row.covers(on)))
        .filter(|row| query.status.is_none_or(|status| row.status == status))
        .collect();
    let page = PageQuery { page: query.page, size: query.size };
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(page.limit()).unwrap_or(0);
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let shown = rows.into_iter().skip(skip).take(take).map(ParameterRow::from).collect();
    Ok(Json(Page::new(page, shown, total)))
}

/// Rows whose document lapses within 60 days or has lapsed while the value holds.
#[utoipa::path(get, path = "/parameters/expiring", tag = "政策参数", responses(
    (status = 200, description = "依据文件即将到期或已到期的参数", body = Vec<ParameterRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
async fn expiring(caller: Caller, State(shared): State<Shared>) -> Result<Json<Vec<ParameterRow>>, Problem> {
    caller.require(READ)?;
    let today = base_kernel::shanghai_today(shared.db.now());
    let set = shared.policy.current();
    Ok(Json(set.expiring(today, 60).map(ParameterRow::from).collect()))
}

/// A parameter with all its rows and what the desk proposed for it.
#[derive(Debug, Serialize, ToSchema)]
struct History {
    /// Key.
    #[schema(example = "pension.base")]
    key: String,
    /// Chinese name.
    name: String,
    /// Unit.
    unit: String,
    /// Why holes between windows are accepted.
    gaps: Option<String>,
    /// Rows by region, oldest first.
    rows: Vec<HistoryRow>,
    /// Rows of the desk, decided ones included.
    proposals: Vec<ProposalRow>,
}

/// The history of one parameter.
#[utoipa::path(get, path = "/parameters/{key}", tag = "政策参数",
    params(("key" = String, Path, description = "参数名")), responses(
    (status = 200, description = "参数的全部历史", body = History),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "没有该参数", body = ProblemBody),
))]
async fn history(
    caller: Caller,
    State(shared): State<Shared>,
    Path(key): Path<String>,
) -> Result<Json<History>, Problem> {
    caller.require(READ)?;
    let set = shared.policy.current();
    let unknown = || Fault::not_found("parameter.unknown", "没有该政策参数，请核对参数名称");
    let Definition { key, name, unit, gaps, rows, .. } = set.definition(&key).ok_or_else(unknown)?;
    let mut tx = shared.db.begin(caller.ctx()).await?;
    let proposals = commands::desk_rows(&mut tx, Some(key), None).await?;
    Ok(Json(History {
        key: key.clone(),
        name: name.clone(),
        unit: unit.clone(),
        gaps: gaps.clone(),
        rows: rows.values().flatten().map(HistoryRow::from).collect(),
        proposals: proposals.into_iter().map(ProposalRow::from).collect(),
    }))
}

/// The id of what was made.
#[derive(Debug, Serialize, ToSchema)]
struct Made {
    /// Id of the proposal.
    id: Uuid,
    /// Always `proposed`: a second person has to release it.
    status: RowStatus,
}

/// Proposes a later-dated value.
#[utoipa::path(post, path = "/parameters", tag = "政策参数", request_body = NewRow, responses(
    (status = 201, description = "提案已记录，待他人审定", body = Made),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "没有该参数", body = ProblemBody),
    (status = 409, description = "与已有的值冲突", body = ProblemBody),
    (status = 422, description = "填写有误", body = ProblemBody),
))]
async fn propose(
    caller: Caller,
    State(shared): State<Shared>,
    Json(new): Json<NewRow>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let mut tx = shared.db.begin(caller.ctx()).await?;
    let id = commands::propose(&mut tx, &shared.policy, new.into()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(Made { id, status: RowStatus::Proposed })))
}

/// Proposals waiting for a second person.
#[utoipa::path(get, path = "/parameters/proposals", tag = "政策参数", responses(
    (status = 200, description = "待审定的参数提案", body = Vec<ProposalRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
async fn proposals(caller: Caller, State(shared): State<Shared>) -> Result<Json<Vec<ProposalRow>>, Problem> {
    caller.require(READ)?;
    let mut tx = shared.db.begin(caller.ctx()).await?;
    let rows = commands::desk_rows(&mut tx, None, Some(RowStatus::Proposed)).await?;
    Ok(Json(rows.into_iter().map(ProposalRow::from).collect()))
}

/// What the second person says.
#[derive(Debug, Deserialize, ToSchema)]
struct Decision {
    /// Opinion; a rejection needs one.
    opinion: Option<String>,
}

/// Releases a proposal of somebody else.
#[utoipa::path(post, path = "/parameters/proposals/{id}/release", tag = "政策参数", request_body = Decision,
    params(("id" = Uuid, Path, description = "提案编号")), responses(
    (status = 204, description = "已发布"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限，或为本人录入的提案", body = ProblemBody),
    (status = 404, description = "没有该提案", body = ProblemBody),
    (status = 409, description = "已审定或与已有的值冲突", body = ProblemBody),
))]
async fn release(
    caller: Caller,
    State(shared): State<Shared>,
    Path(id): Path<Uuid>,
    Json(decision): Json<Decision>,
) -> Result<StatusCode, Problem> {
    let mut tx = shared.db.begin(caller.ctx()).await?;
    commands::release(&mut tx, &shared.policy, id, decision.opinion.as_deref()).await?;
    tx.commit().await?;
    shared.policy.refresh(&shared.db).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Rejects a proposal of somebody else.
#[utoipa::path(post, path = "/parameters/proposals/{id}/rejection", tag = "政策参数", request_body = Decision,
    params(("id" = Uuid, Path, description = "提案编号")), responses(
    (status = 204, description = "已退回"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限，或为本人录入的提案", body = ProblemBody),
    (status = 404, description = "没有该提案", body = ProblemBody),
    (status = 409, description = "已审定", body = ProblemBody),
    (status = 422, description = "未填写理由", body = ProblemBody),
))]
async fn reject(
    caller: Caller,
    State(shared): State<Shared>,
    Path(id): Path<Uuid>,
    Json(decision): Json<Decision>,
) -> Result<StatusCode, Problem> {
    let mut tx = shared.db.begin(caller.ctx()).await?;
    commands::reject(&mut tx, id, decision.opinion.as_deref().unwrap_or_default()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
