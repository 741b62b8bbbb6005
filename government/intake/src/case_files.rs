//! Files handed in with a case, for whoever may see the case.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base_db::Db;
use base_files::disposition;
use base_kernel::{CaseNo, Fault, FileId};
use base_web::{Caller, Path, Problem, ProblemBody};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::intake::Intake;

#[derive(Clone)]
struct App {
    db: Db,
    intake: Intake,
}

pub(crate) fn routes(db: Db, intake: Intake) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(case_file)).with_state(App { db, intake })
}

/// A file handed in with a case, shown in the page.
#[utoipa::path(get, path = "/cases/{case_no}/files/{file_id}", tag = "受理",
    params(("case_no" = String, Path, description = "办件编号"), ("file_id" = Uuid, Path, description = "材料文件")),
    responses((status = 200, description = "文件内容", content_type = "application/octet-stream"),
        (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn case_file(
    State(app): State<App>,
    caller: Caller,
    Path((number, id)): Path<(String, Uuid)>,
) -> Result<Response, Problem> {
    let unknown = || Fault::not_found("intake.case_file", "没有找到该材料文件，或不在您的权限范围内");
    let case_no = CaseNo::parse(&number).map_err(|_| unknown())?;
    let mut tx = app.db.begin(caller.ctx()).await?;
    app.intake.desk.material_visible(&mut tx, &case_no, &id.to_string()).await.map_err(|_| unknown())?;
    tx.rollback().await?;
    let (file, content) = app.intake.files.get(&app.db, FileId(id)).await?;
    let headers = [
        (CONTENT_TYPE, file.media_type.clone()),
        (CONTENT_DISPOSITION, disposition(&file.name, true)),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, content).into_response())
}
