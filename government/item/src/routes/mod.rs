//! HTTP face: the public guide to items, code tables, and the administrator's switch.

mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{Extensions, StatusCode};
use base_db::{Db, Tx};
use base_kernel::Ctx;
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query, RequestInfo};
use engine_process::Processes;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::view::{ItemDetail, ItemRow};
use crate::catalogue::{Catalogue, Entry};
use crate::codes::CodeSet;
use crate::error::Error;
use crate::model::Audience;
use crate::status::{self, ItemStatus};
use crate::{MANAGE, form, store};

#[derive(Clone)]
struct Shared {
    db: Db,
    catalogue: Catalogue,
    processes: Processes,
    role_names: Arc<BTreeMap<String, String>>,
}

pub(crate) fn routes(
    db: Db,
    catalogue: Catalogue,
    processes: Processes,
    role_names: BTreeMap<String, String>,
) -> OpenApiRouter {
    let shared = Shared { db, catalogue, processes, role_names: Arc::new(role_names) };
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(schema))
        .routes(routes!(put_status))
        .routes(routes!(code_sets))
        .routes(routes!(code_set))
        .with_state(shared)
}

impl Shared {
    /// The guide is public: it is read without anyone signed in.
    async fn read(&self, extensions: &Extensions) -> Result<Tx, Problem> {
        let info = RequestInfo::of(extensions);
        Ok(self.db.begin(Ctx::system(info.id)).await?)
    }

    fn entry(&self, code: &str) -> Result<Arc<Entry>, Error> {
        self.catalogue.current(code).ok_or(Error::NotFound)
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ItemQuery {
    /// Part of the name, short name, summary or code.
    query: Option<String>,
    /// Who applies.
    audience: Option<Audience>,
    /// Domain, for example 社会保险.
    domain: Option<String>,
    /// Page, from 1.
    #[serde(default = "first")]
    page: u32,
    /// Rows a page, 1 to 100.
    #[serde(default = "twenty")]
    size: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
}

impl ItemQuery {
    fn fits(&self, entry: &Entry) -> bool {
        let item = &entry.item;
        let wanted =
            |filter: &Option<String>| filter.as_deref().map(str::trim).unwrap_or_default().to_lowercase();
        let text = wanted(&self.query);
        let texts = [&item.name, &item.short_name, &item.summary, &item.module, &item.code.0];
        let domain = wanted(&self.domain);
        texts.iter().any(|one| one.to_lowercase().contains(&text))
            && (domain.is_empty() || item.domain == domain)
            && self.audience.is_none_or(|audience| item.audience.contains(&audience))
    }
}

/// Items that can be applied for, or could until they were suspended.
#[utoipa::path(get, path = "/items", tag = "事项管理", params(ItemQuery), responses(
    (status = 200, description = "事项列表，公开", body = Page<ItemRow>),
    (status = 400, description = "查询条件有误", body = ProblemBody),
))]
async fn list(
    State(shared): State<Shared>,
    Query(query): Query<ItemQuery>,
    extensions: Extensions,
) -> Result<Json<Page<ItemRow>>, Problem> {
    let mut tx = shared.read(&extensions).await?;
    let statuses = store::statuses(&mut tx, None).await?;
    let found: Vec<&Arc<Entry>> = shared.catalogue.all().filter(|entry| query.fits(entry)).collect();
    let page = PageQuery { page: query.page, size: query.size };
    let (skip, take) = (page.offset().unsigned_abs(), page.limit().unsigned_abs());
    let window = found.iter().skip(usize::try_from(skip).unwrap_or(usize::MAX));
    let rows = window.take(usize::try_from(take).unwrap_or(usize::MAX));
    let rows = rows.map(|entry| ItemRow::of(&entry.item, statuses.get(entry.item.code.as_str()))).collect();
    Ok(Json(Page::new(page, rows, i64::try_from(found.len()).unwrap_or(i64::MAX))))
}

/// One item: guide, form, materials, steps.
#[utoipa::path(get, path = "/items/{code}", tag = "事项管理", params(("code" = String, Path, example = "SI-YL-001")), responses(
    (status = 200, description = "事项详情，公开", body = ItemDetail),
    (status = 404, description = "没有该事项", body = ProblemBody),
))]
async fn show(
    State(shared): State<Shared>,
    Path(code): Path<String>,
    extensions: Extensions,
) -> Result<Json<ItemDetail>, Problem> {
    let entry = shared.entry(&code)?;
    let mut tx = shared.read(&extensions).await?;
    let change = store::statuses(&mut tx, Some(&code)).await?.remove(&code);
    let process = shared.processes.current(&entry.item.process.id);
    let detail =
        ItemDetail::of(&entry.item, change.as_ref(), process.as_deref(), &shared.role_names, tx.today());
    Ok(Json(detail))
}

/// The form of an item as JSON Schema, for programs.
#[utoipa::path(get, path = "/items/{code}/schema", tag = "事项管理", params(("code" = String, Path, example = "SI-YL-001")), responses(
    (status = 200, description = "表单的 JSON Schema（draft 2020-12），公开", body = Object),
    (status = 404, description = "没有该事项", body = ProblemBody),
))]
async fn schema(State(shared): State<Shared>, Path(code): Path<String>) -> Result<Json<Value>, Problem> {
    Ok(Json(form::json_schema(&shared.entry(&code)?.item)))
}

/// A change of status.
#[derive(Debug, Deserialize, ToSchema)]
struct StatusBody {
    /// published or suspended.
    status: ItemStatus,
    /// Reason, shown to applicants while the item is suspended.
    #[schema(example = "系统升级，7月5日恢复")]
    reason: String,
}

/// Suspends an item or opens it again. Running cases go on.
#[utoipa::path(put, path = "/items/{code}/status", tag = "事项管理",
    params(("code" = String, Path, example = "SI-YL-001")), request_body = StatusBody, responses(
    (status = 204, description = "已变更；与现状相同则不变"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有 item.manage 权限", body = ProblemBody),
    (status = 404, description = "没有该事项", body = ProblemBody),
    (status = 409, description = "他人同时变更", body = ProblemBody),
    (status = 422, description = "没有填写原因", body = ProblemBody),
))]
async fn put_status(
    caller: Caller,
    State(shared): State<Shared>,
    Path(code): Path<String>,
    Json(body): Json<StatusBody>,
) -> Result<StatusCode, Problem> {
    caller.require(MANAGE.code)?;
    let mut tx = shared.db.begin(caller.ctx()).await?;
    status::set_status(&mut tx, &shared.catalogue, &code, body.status, &body.reason).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A code set without its codes.
#[derive(Debug, Serialize, ToSchema)]
struct CodeSetRow {
    /// Name used in the address.
    #[schema(example = "insurance")]
    set: String,
    /// Chinese name.
    name: String,
    /// Number of codes.
    size: usize,
}

/// All code sets.
#[utoipa::path(get, path = "/codes", tag = "代码表", responses(
    (status = 200, description = "代码集目录，公开", body = Vec<CodeSetRow>),
))]
async fn code_sets(State(shared): State<Shared>) -> Json<Vec<CodeSetRow>> {
    let row =
        |set: &CodeSet| CodeSetRow { set: set.set.clone(), name: set.name.clone(), size: set.codes.len() };
    Json(shared.catalogue.codes().sets().map(row).collect())
}

/// One code set with the mark of every value.
#[utoipa::path(get, path = "/codes/{set}", tag = "代码表", params(("set" = String, Path, example = "insurance")), responses(
    (status = 200, description = "代码集，公开", body = CodeSet),
    (status = 404, description = "没有该代码集", body = ProblemBody),
))]
async fn code_set(State(shared): State<Shared>, Path(set): Path<String>) -> Result<Json<CodeSet>, Problem> {
    let found = shared.catalogue.codes().set(&set).cloned().ok_or(Error::NoCodeSet)?;
    Ok(Json(found))
}
