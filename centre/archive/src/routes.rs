//! HTTP face.

use axum::extract::State;
use base_db::Db;
use base_kernel::Fault;
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::model::{Check, Component, Record, SubjectKind};
use crate::store::{self, Scope};
use crate::{Error, READ};

pub(crate) fn router(db: Db) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(detail)).with_state(db)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// 办件编号、档号（可只填前一部分）、姓名或单位名称、事项名称中的字词
    #[serde(default)]
    query: Option<String>,
}

/// A record in a list.
#[derive(Debug, Serialize, ToSchema)]
struct ArchiveRow {
    id: Uuid,
    /// 档号
    archive_no: String,
    /// 办件编号
    case_no: String,
    /// 事项编码
    item_code: String,
    /// 题名
    title: String,
    /// 类别
    category: String,
    /// 业务环节
    link: String,
    /// 保管期限代码
    retention: String,
    /// 保管期限
    retention_name: String,
    /// 期限来源标记
    mark: String,
    /// 业务主体
    subject_kind: SubjectKind,
    /// 主体名称
    subject_name: String,
    /// 办结日期
    closed_on: NaiveDate,
    /// 保管至
    keep_until: Option<NaiveDate>,
    /// 四性检测是否全部通过
    complete: bool,
    /// 归档时间
    filed_at: DateTime<Utc>,
}

/// A record with its components and checks.
#[derive(Debug, Serialize, ToSchema)]
struct ArchiveDetail {
    #[serde(flatten)]
    row: ArchiveRow,
    /// 组成件
    components: Vec<Component>,
    /// 四性检测
    checks: Vec<Check>,
}

impl From<Record> for ArchiveRow {
    fn from(record: Record) -> Self {
        Self {
            id: record.id,
            archive_no: record.archive_no,
            case_no: record.case_no.0,
            item_code: record.item_code.0,
            title: record.title,
            category: record.category,
            link: record.link,
            retention: record.term.code().into(),
            retention_name: record.term.name().into(),
            mark: record.mark,
            subject_kind: record.subject_kind,
            subject_name: record.subject_name,
            closed_on: record.closed_on,
            keep_until: record.keep_until,
            complete: record.complete,
            filed_at: record.filed_at,
        }
    }
}

/// 档案目录
#[utoipa::path(
    get,
    path = "/archives",
    tag = "档案",
    params(ListQuery, PageQuery),
    responses(
        (status = 200, description = "本机构及下属机构的档案，新归档的在前", body = Page<ArchiveRow>),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有查阅档案的权限", body = ProblemBody),
    )
)]
async fn list(
    State(db): State<Db>,
    caller: Caller,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ArchiveRow>>, Problem> {
    let scope = scope(&caller)?;
    let query = query.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let (records, total) = store::list(&db, &scope, query, page).await?;
    Ok(Json(Page::new(page, records.into_iter().map(ArchiveRow::from).collect(), total)))
}

/// 档案详情
#[utoipa::path(
    get,
    path = "/archives/{id}",
    tag = "档案",
    params(("id" = Uuid, Path, description = "档案编号（系统内部）")),
    responses(
        (status = 200, description = "组成件、摘要与四性检测", body = ArchiveDetail),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有查阅档案的权限", body = ProblemBody),
        (status = 404, description = "不存在或不在管理范围内", body = ProblemBody),
    )
)]
async fn detail(
    State(db): State<Db>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<ArchiveDetail>, Problem> {
    let scope = scope(&caller)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let record = store::find(&mut tx, &scope, id).await?.ok_or(Error::NotFound)?;
    let components = store::components(&mut tx, id).await?;
    let checks = record.checks.clone();
    Ok(Json(ArchiveDetail { row: record.into(), components, checks }))
}

/// The caller's part of the organisation tree; none without permission or place in it.
fn scope(caller: &Caller) -> Result<Scope, Fault> {
    caller.require(READ)?;
    let path = caller.actor.scope.as_deref();
    let missing = "您的账号未设置管理范围，请联系系统管理员";
    path.map(Scope::new).ok_or_else(|| Fault::forbidden("archive.no_scope", missing))
}
