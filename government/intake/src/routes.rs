//! HTTP face of intake.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base_db::{Db, Tx};
use base_files::{FileMeta, Kind};
use base_kernel::{DraftId, Fault, FaultKind, FieldFault, FileId};
use base_web::{Caller, Json, Multipart, Path, Problem, ProblemBody, ProblemField};
use chrono::{DateTime, Utc};
use government_casework::{Receipt, RuleResult};
use government_item::{Entry, Material, form};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::draft::values;
use crate::error::Error;
use crate::intake::Intake;
use crate::model::{Draft, DraftField, MaterialFile};
use crate::store;

#[derive(Clone)]
struct App {
    db: Db,
    intake: Intake,
}

impl App {
    async fn begin(&self, caller: &Caller) -> Result<Tx, Problem> {
        Ok(self.db.begin(caller.ctx()).await?)
    }

    async fn view(&self, tx: &mut Tx, draft: Draft) -> Result<DraftView, Problem> {
        let entry = self.intake.entry_of(&draft)?;
        let handed = store::material_list(tx, draft.id).await?;
        Ok(DraftView::new(draft, &entry, &handed))
    }
}

pub(crate) fn routes(db: Db, intake: Intake) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(get, patch, delete))
        .routes(routes!(prefill))
        .routes(routes!(check))
        .routes(routes!(upload))
        .routes(routes!(remove))
        .routes(routes!(submit))
        .routes(routes!(apply))
        .with_state(App { db, intake })
}

/// A draft on screen.
#[derive(Debug, Serialize, ToSchema)]
struct DraftView {
    /// Id.
    id: Uuid,
    /// Item.
    item_code: String,
    /// Version of the item the draft began with.
    item_version: i32,
    /// Name of the item.
    item_name: String,
    /// Fields by key.
    #[schema(value_type = Object)]
    fields: IndexMap<String, DraftField>,
    /// Materials that apply now.
    materials: Vec<MaterialView>,
    /// Begun.
    created_at: DateTime<Utc>,
    /// Last saved.
    updated_at: DateTime<Utc>,
    /// Rises with every save.
    version: i32,
}

/// A material of a draft.
#[derive(Debug, Serialize, ToSchema)]
struct MaterialView {
    /// The material as the item asks for it.
    #[serde(flatten)]
    material: Material,
    /// Files handed in.
    files: Vec<MaterialFile>,
}

impl DraftView {
    fn new(draft: Draft, entry: &Entry, handed: &[(String, MaterialFile)]) -> Self {
        let form = values(&draft);
        let materials = entry
            .item
            .materials
            .iter()
            .filter(|material| form::is_shown(material.show_when.as_ref(), &form))
            .map(|material| MaterialView {
                material: material.clone(),
                files: handed
                    .iter()
                    .filter(|(code, _)| *code == material.code)
                    .map(|(_, file)| file.clone())
                    .collect(),
            })
            .collect();
        Self {
            id: draft.id.0,
            item_code: draft.item.0,
            item_version: draft.item_version,
            item_name: entry.item.name.clone(),
            fields: draft.fields,
            materials,
            created_at: draft.created_at,
            updated_at: draft.updated_at,
            version: draft.revision,
        }
    }
}

/// Begins a draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreateRequest {
    /// Item, for example `SI-YL-001`.
    #[schema(max_length = 40)]
    item_code: String,
}

/// Begins a draft of an item.
#[utoipa::path(post, path = "/drafts", tag = "受理", request_body = CreateRequest,
    responses((status = 201, body = DraftView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<CreateRequest>,
) -> Result<(StatusCode, Json<DraftView>), Problem> {
    let mut tx = app.begin(&caller).await?;
    let draft = app.intake.draft_create(&mut tx, &body.item_code).await?;
    let view = app.view(&mut tx, draft).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// A draft in a list.
#[derive(Debug, Serialize, ToSchema)]
struct DraftRow {
    /// Id.
    id: Uuid,
    /// Item.
    item_code: String,
    /// Name of the item.
    item_name: String,
    /// Last saved.
    updated_at: DateTime<Utc>,
}

/// My open drafts, the same on every channel.
#[utoipa::path(get, path = "/drafts", tag = "受理",
    responses((status = 200, body = Vec<DraftRow>), (status = 401, body = ProblemBody)))]
async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Vec<DraftRow>>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let drafts = store::draft_list(&mut tx).await?;
    let rows = drafts.into_iter().map(|draft| {
        let item_name =
            app.intake.entry_of(&draft).map_or_else(|_| draft.item.0.clone(), |e| e.item.name.clone());
        DraftRow { id: draft.id.0, item_code: draft.item.0, item_name, updated_at: draft.updated_at }
    });
    Ok(Json(rows.collect()))
}

/// One draft.
#[utoipa::path(get, path = "/drafts/{id}", tag = "受理", params(("id" = Uuid, Path)),
    responses((status = 200, body = DraftView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DraftView>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let draft = store::draft_get(&mut tx, DraftId(id)).await?;
    Ok(Json(app.view(&mut tx, draft).await?))
}

/// Fields to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PatchRequest {
    /// Values by key; null takes a field away.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

/// What saving led to.
#[derive(Debug, Serialize, ToSchema)]
struct PatchView {
    /// Fields after.
    #[schema(value_type = Object)]
    fields: IndexMap<String, DraftField>,
    /// What is wrong with the fields just saved.
    faults: Vec<ProblemField>,
    /// Rises with every save.
    version: i32,
    /// When.
    updated_at: DateTime<Utc>,
}

/// Saves fields as typed.
#[utoipa::path(patch, path = "/drafts/{id}", tag = "受理", params(("id" = Uuid, Path)), request_body = PatchRequest,
    responses((status = 200, body = PatchView), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn patch(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Json(body): Json<PatchRequest>,
) -> Result<Json<PatchView>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let saved = app.intake.draft_patch(&mut tx, DraftId(id), &body.fields).await?;
    let updated_at = tx.now();
    tx.commit().await?;
    let faults = fields(saved.faults);
    Ok(Json(PatchView { fields: saved.draft.fields, faults, version: saved.draft.revision, updated_at }))
}

/// Throws a draft away.
#[utoipa::path(delete, path = "/drafts/{id}", tag = "受理", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
async fn delete(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    let mut tx = app.begin(&caller).await?;
    if !store::draft_delete(&mut tx, DraftId(id)).await? {
        return Err(Error::DraftNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Fills in anew what the system knows.
#[utoipa::path(post, path = "/drafts/{id}/prefill", tag = "受理", params(("id" = Uuid, Path)),
    responses((status = 200, body = DraftView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn prefill(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<DraftView>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let draft = app.intake.draft_prefill(&mut tx, DraftId(id)).await?;
    let view = app.view(&mut tx, draft).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// What stands between a draft and its submission.
#[derive(Debug, Serialize, ToSchema)]
struct CheckView {
    /// Faults of form and materials.
    faults: Vec<ProblemField>,
    /// Rules as answered.
    rules: Vec<RuleResult>,
}

/// Checks a draft as submission would.
#[utoipa::path(post, path = "/drafts/{id}/check", tag = "受理", params(("id" = Uuid, Path)),
    responses((status = 200, body = CheckView), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
async fn check(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Json<CheckView>, Problem> {
    let mut tx = app.begin(&caller).await?;
    let (faults, rules) = app.intake.draft_check(&mut tx, DraftId(id)).await?;
    Ok(Json(CheckView { faults: fields(faults), rules }))
}

/// A file to upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the multipart body in the API document")]
struct UploadBody {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Hands in a file for a material.
#[utoipa::path(post, path = "/drafts/{id}/materials/{code}", tag = "受理",
    params(("id" = Uuid, Path), ("code" = String, Path)),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses((status = 201, body = MaterialFile), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 413, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn upload(
    State(app): State<App>,
    caller: Caller,
    Path((id, code)): Path<(Uuid, String)>,
    Multipart(body): Multipart,
) -> Result<(StatusCode, Json<MaterialFile>), Problem> {
    let mut tx = app.begin(&caller).await?;
    let draft = app.intake.open_draft(&mut tx, DraftId(id)).await?;
    let entry = app.intake.entry_of(&draft)?;
    let material =
        entry.item.materials.iter().find(|material| material.code == code).ok_or(Error::NoSuchMaterial)?;
    let (name, content) = read_file(body).await?;
    let mut meta = FileMeta::new(name, "material");
    meta.accept = material.accept.iter().filter_map(|word| kind(word)).collect();
    if let Some(limit) = material.max_mb {
        meta.limit = limit as usize * 1024 * 1024;
    }
    let stored = app.intake.files.put(&mut tx, content, meta).await?;
    let file = MaterialFile {
        id: stored.id.0,
        name: stored.name,
        media_type: stored.media_type,
        size: stored.size,
        sm3: stored.sm3,
    };
    store::material_insert(&mut tx, draft.id, &code, &file).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(file)))
}

fn kind(word: &str) -> Option<Kind> {
    [Kind::Pdf, Kind::Jpg, Kind::Png, Kind::Xlsx, Kind::Csv].into_iter().find(|kind| kind.extension() == word)
}

async fn read_file(mut body: axum::extract::Multipart) -> Result<(String, Vec<u8>), Problem> {
    let broken =
        |_| Fault::new(FaultKind::Malformed, "request.multipart", "上传中断或内容不完整，请重新上传");
    while let Some(field) = body.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or("未命名").to_owned();
            let content = field.bytes().await.map_err(|error| {
                if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    Fault::new(FaultKind::TooLarge, "request.too_large", "文件过大，请压缩或拆分后重新上传")
                } else {
                    broken(error)
                }
            })?;
            return Ok((name, content.to_vec()));
        }
    }
    Err(Fault::invalid_field("intake.file_missing", "file", "请选择要上传的文件").into())
}

/// Takes a file away.
#[utoipa::path(delete, path = "/drafts/{id}/materials/{code}/{file_id}", tag = "受理",
    params(("id" = Uuid, Path), ("code" = String, Path), ("file_id" = Uuid, Path)),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path((id, code, file)): Path<(Uuid, String, Uuid)>,
) -> Result<StatusCode, Problem> {
    let mut tx = app.begin(&caller).await?;
    let draft = app.intake.open_draft(&mut tx, DraftId(id)).await?;
    if !store::material_delete(&mut tx, draft.id, &code, FileId(file)).await? {
        return Err(Error::NoSuchMaterial.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Submits a draft; submitted twice, it is the same case.
#[utoipa::path(post, path = "/drafts/{id}/submission", tag = "受理", params(("id" = Uuid, Path)),
    responses((status = 201, body = Receipt), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
async fn submit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let mut tx = app.begin(&caller).await?;
    let receipt = app.intake.draft_submit(&mut tx, DraftId(id)).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

/// A whole application at once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ApplyRequest {
    /// Item.
    #[schema(max_length = 40)]
    item_code: String,
    /// Form fields by key.
    #[schema(value_type = Object)]
    form: Map<String, Value>,
}

/// Submits a whole form at once, for programs and kiosks.
#[utoipa::path(post, path = "/applications", tag = "受理", request_body = ApplyRequest,
    params(("Idempotency-Key" = String, Header, description = "同一键重复提交返回同一回执，8 至 128 个可见字符", min_length = 8, max_length = 128)),
    responses((status = 201, body = Receipt), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
async fn apply(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Json(body): Json<ApplyRequest>,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !(8..=128).contains(&key.len()) {
        let message = "请在请求头 Idempotency-Key 中提供 8 至 128 个字符的幂等键";
        return Err(Fault::new(FaultKind::Malformed, "intake.idempotency_key", message).into());
    }
    let mut tx = app.begin(&caller).await?;
    let receipt = app.intake.application_submit(&mut tx, &body.item_code, body.form, key).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(receipt)))
}

fn fields(faults: Vec<FieldFault>) -> Vec<ProblemField> {
    faults.into_iter().map(|fault| ProblemField { field: fault.field, message: fault.message }).collect()
}
