//! The web application inside the binary: the hall at `/`, the desk at `/desk/`.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base_kernel::Fault;
use base_web::Problem;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/apps/hall/dist"]
#[allow_missing = true]
struct Hall;

#[derive(RustEmbed)]
#[folder = "../../web/apps/desk/dist"]
#[allow_missing = true]
struct DeskPages;

/// Pages. Addresses that are no file lead to the application, which knows its own routes.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/", get(|| async { hall("index.html") }))
        .route("/desk", get(|| async { desk("index.html") }))
        .route("/desk/", get(|| async { desk("index.html") }))
        .route("/desk/{*path}", get(|Path(path): Path<String>| async move { desk(&path) }))
        .route("/{*path}", get(|Path(path): Path<String>| async move { hall(&path) }))
}

fn hall(path: &str) -> Response {
    if path == "api" || path.starts_with("api/") {
        return Problem(Fault::not_found(
            "request.no_such_address",
            "没有这个接口地址，请对照 /api/docs 核对",
        ))
        .into_response();
    }
    page(path, Hall::get)
}

fn desk(path: &str) -> Response {
    page(path, DeskPages::get)
}

fn page(path: &str, find: fn(&str) -> Option<EmbeddedFile>) -> Response {
    let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
    let found = find(path).map(|file| (path, file));
    let found =
        found.or_else(|| if is_page { find("index.html").map(|file| ("index.html", file)) } else { None });
    match found {
        Some((path, file)) => serve(path, file),
        None if is_page => {
            let text = "网页尚未构建，请先运行 make web";
            (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn serve(path: &str, file: EmbeddedFile) -> Response {
    // Names of built files carry their content's hash; the page that names them must be asked for anew.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let media = file.metadata.mimetype().to_owned();
    let mut response = file.data.into_response();
    let headers = response.headers_mut();
    if let Ok(media) = HeaderValue::from_str(&media) {
        headers.insert(header::CONTENT_TYPE, media);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
