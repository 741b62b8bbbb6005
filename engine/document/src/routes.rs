//! HTTP face: download for those who may, verification for everybody.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use base_db::Db;
use base_files::disposition;
use base_kernel::{ActorKind, DocumentId};
use base_web::{Caller, Json, Path, Problem, ProblemBody, Query};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::{AuthoriseFn, Documents, Error, Status, Verification, verify};

#[derive(Clone)]
struct Face {
    db: Db,
    documents: Documents,
    authorise: AuthoriseFn,
}

pub(crate) fn router(db: Db, documents: Documents, authorise: AuthoriseFn) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(download)).routes(routes!(verification)).with_state(Face {
        db,
        documents,
        authorise,
    })
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DownloadQuery {
    /// Whether the browser should save the file instead of showing it.
    #[serde(default)]
    save: bool,
}

/// 下载文书
#[utoipa::path(
    get,
    path = "/documents/{id}",
    tag = "文书",
    params(("id" = Uuid, Path, description = "文书编号（系统内部）"), DownloadQuery),
    responses(
        (status = 200, description = "PDF", content_type = "application/pdf"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 404, description = "不存在或无权查看", body = ProblemBody),
        (status = 409, description = "已作废", body = ProblemBody),
        (status = 503, description = "出具文书的人较多", body = ProblemBody),
    )
)]
async fn download(
    State(face): State<Face>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(query): Query<DownloadQuery>,
) -> Result<Response, Problem> {
    let id = DocumentId(id);
    let mut tx = face.db.begin(caller.ctx()).await?;
    let document = face.documents.find(&mut tx, id).await?;
    if !(face.authorise)(&mut tx, &document).await? {
        return Err(Error::NotFound.into());
    }
    tx.rollback().await?;
    if document.status == Status::Void && caller.actor.kind != ActorKind::Staff {
        return Err(Error::Void.into());
    }
    let (document, pdf) = face.documents.pdf(&face.db, id).await?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, disposition(&document.file_name(), !query.save)),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (ETAG, format!("\"{}\"", document.sm3.unwrap_or_default())),
    ];
    Ok((headers, pdf.0).into_response())
}

/// 核验文书
///
/// 无需登录。输入文书上的16位验证码，返回文书名称、编号、出具机关、出具时间和主要内容；姓名脱敏，不含其他个人信息。
#[utoipa::path(
    get,
    path = "/verification/{code}",
    tag = "文书",
    params(("code" = String, Path, description = "16位验证码，可含空格")),
    responses(
        (status = 200, description = "核验结果；验证码不存在时 valid 为 false", body = Verification),
        (status = 429, description = "核验过于频繁", body = ProblemBody),
    ),
    security(())
)]
async fn verification(
    State(face): State<Face>,
    Path(code): Path<String>,
) -> Result<Json<Verification>, Problem> {
    Ok(Json(verify(&face.db, &code).await?))
}
