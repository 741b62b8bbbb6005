//! HTTP face.

use axum::extract::State;
use axum::http::StatusCode;
use base_db::Db;
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::model::{Message, Recipient};
use crate::{commands, store};

pub(crate) fn router(db: Db) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(unread_count))
        .routes(routes!(read))
        .with_state(db)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only messages not read yet.
    #[serde(default)]
    unread: bool,
}

/// How many messages wait.
#[derive(Debug, Serialize, ToSchema)]
struct UnreadCount {
    /// Messages not read yet.
    unread: i64,
}

/// 我的消息
#[utoipa::path(
    get,
    path = "/messages",
    tag = "消息",
    params(ListQuery, PageQuery),
    responses(
        (status = 200, description = "消息列表，新的在前", body = Page<Message>),
        (status = 401, description = "未登录", body = ProblemBody),
    )
)]
async fn list(
    State(db): State<Db>,
    caller: Caller,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Message>>, Problem> {
    let (rows, total) = store::list(&db, &Recipient::of(&caller.actor), query.unread, page).await?;
    Ok(Json(Page::new(page, rows, total)))
}

/// 未读消息数
#[utoipa::path(
    get,
    path = "/messages/unread_count",
    tag = "消息",
    responses(
        (status = 200, description = "未读消息数", body = UnreadCount),
        (status = 401, description = "未登录", body = ProblemBody),
    )
)]
async fn unread_count(State(db): State<Db>, caller: Caller) -> Result<Json<UnreadCount>, Problem> {
    let unread = store::count(&db, &Recipient::of(&caller.actor), true).await?;
    Ok(Json(UnreadCount { unread }))
}

/// 标为已读
#[utoipa::path(
    post,
    path = "/messages/{id}/read",
    tag = "消息",
    params(("id" = Uuid, Path, description = "消息编号")),
    responses(
        (status = 204, description = "已读；重复提交结果不变"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 404, description = "不存在或不是发给您的", body = ProblemBody),
    )
)]
async fn read(State(db): State<Db>, caller: Caller, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    let mut tx = db.begin(caller.ctx()).await?;
    commands::mark_read(&mut tx, id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
