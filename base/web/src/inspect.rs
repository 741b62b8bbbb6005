//! What is refused before any handler sees it: addresses that are too long, not UTF-8 or hold U+0000 (PostgreSQL can
//! store no such text, so it would surface as a failure of ours), bodies that announce more than is accepted.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base_kernel::{Fault, FaultKind};

use crate::{Problem, WebConfig};

const PATH_MAX: usize = 1024;
const QUERY_MAX: usize = 8 * 1024;

/// Methods that any route may have; others (TRACE, CONNECT, invented ones) exist nowhere.
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

/// Checks method and address, and sets the body limit by the kind of body.
pub(crate) async fn inspect(
    State(config): State<Arc<WebConfig>>,
    mut request: Request,
    next: Next,
) -> Response {
    if !METHODS.contains(request.method()) {
        let allow = [(header::ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    if let Err(fault) = address(request.uri()) {
        return Problem(fault).into_response();
    }
    let limit = if is_upload(request.headers()) { config.upload_limit } else { config.body_limit };
    if announced(request.headers()).is_some_and(|length| length > limit) {
        return Problem(too_large()).into_response();
    }
    // A route may still narrow or widen it with its own `DefaultBodyLimit`.
    DefaultBodyLimit::max(limit).apply(&mut request);
    next.run(request).await
}

pub(crate) fn too_large() -> Fault {
    Fault::new(FaultKind::TooLarge, "request.too_large", "提交的内容过大，请减少后重试")
}

pub(crate) fn is_upload(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media.is_some_and(|media| {
        media.get(..19).is_some_and(|head| head.eq_ignore_ascii_case("multipart/form-data"))
    })
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn address(uri: &axum::http::Uri) -> Result<(), Fault> {
    let query = uri.query().unwrap_or_default();
    if uri.path().len() > PATH_MAX || query.len() > QUERY_MAX {
        let message = "请求地址过长，请缩短查询条件后重试";
        return Err(Fault::new(FaultKind::Malformed, "request.address_too_long", message));
    }
    for part in [uri.path(), query] {
        let bytes = percent_decoded(part);
        if bytes.contains(&0) || std::str::from_utf8(&bytes).is_err() {
            let message = "请求地址含有无法识别的字符，请检查后重试";
            return Err(Fault::new(FaultKind::Malformed, "request.address", message));
        }
    }
    Ok(())
}

/// The bytes an address stands for; a stray `%` stands for itself.
fn percent_decoded(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let source = text.as_bytes();
    let mut bytes = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(byte) = source.get(at) {
        match (byte, digit(source.get(at + 1)), digit(source.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            _ => {
                bytes.push(*byte);
                at += 1;
            }
        }
    }
    bytes
}

/// Whether a JSON text spells U+0000 anywhere. Works on the text, so that no type has to remember to check.
pub(crate) fn spells_nul(json: &[u8]) -> bool {
    let mut at = 0;
    while at < json.len() {
        if json[at] != b'\\' {
            at += 1;
        } else if json[at + 1..].starts_with(b"u0000") {
            return true;
        } else {
            at += 2;
        }
    }
    false
}
