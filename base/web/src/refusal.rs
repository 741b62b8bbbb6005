//! Every refusal leaves as a problem document: also those that the framework writes itself (404, 405, 408, 413, 415),
//! a panic, an overload, a timeout.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base_kernel::{Fault, FaultKind};
use tokio::sync::Semaphore;

use crate::inspect::is_upload;
use crate::problem::ProblemBody;
use crate::request::{RequestInfo, route};
use crate::{Problem, WebConfig};

/// Turns bare refusals into problem documents and writes the request id into all of them.
pub(crate) async fn document(request: Request, next: Next) -> Response {
    let id = RequestInfo::of(request.extensions()).id;
    let mut response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let body = response.extensions_mut().remove::<ProblemBody>();
    if let Some(mut body) = body.or_else(|| bare(&response)) {
        body.request_id = Some(id.to_string());
        body.write(&mut response);
    }
    response
}

/// The document for a refusal without one. Pages (HTML) and files keep what they have.
fn bare(response: &Response) -> Option<ProblemBody> {
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if media.is_some_and(|media| !media.starts_with("text/plain")) {
        return None;
    }
    let status = response.status();
    let (title, code, detail) = match status {
        StatusCode::NOT_FOUND => ("未找到", "request.not_found", "请求的地址不存在，请检查后重试"),
        StatusCode::METHOD_NOT_ALLOWED => {
            ("请求方法不支持", "request.method", "该地址不支持此请求方法，请按接口文档调用")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("内容过大", "request.too_large", "提交的内容过大，请减少后重试"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("格式不支持", "request.media", "提交的数据格式不支持，请按接口文档设置 Content-Type")
        }
        other if other.is_server_error() => ("系统异常", "internal", "系统出现异常，已记录。请稍后重试"),
        _ => ("请求无法识别", "request.refused", "请求无法处理，请检查后重试"),
    };
    Some(ProblemBody::new(status, title, code, detail.to_owned()))
}

/// A handler panicked: a defect of ours, logged; the text of the panic may hold data of the request and is left out.
pub(crate) fn panicked(_panic: Box<dyn Any + Send + 'static>) -> Response {
    Problem(Fault::internal("a handler panicked; the place is in the line of target `panic`")).into_response()
}

/// Makes panics log their place (file, line) in the span of their request, and nothing else: the message of a panic
/// may quote the data it tripped over. For binaries, once at start.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
        tracing::error!(target: "panic", place, "panicked");
    }));
}

/// Probes must see a live server even when it is full.
pub(crate) const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Lets in at most `config.concurrency` requests at once and none for longer than its time.
pub(crate) async fn bound(
    State((config, places)): State<(Arc<WebConfig>, Arc<Semaphore>)>,
    request: Request,
    next: Next,
) -> Response {
    if PROBES.contains(&route(request.extensions()).as_str()) {
        return next.run(request).await;
    }
    let Ok(_place) = places.try_acquire() else {
        metrics::counter!("http_shed_total").increment(1);
        return busy("web.overloaded", "当前访问人数较多，系统繁忙，请稍后重试");
    };
    let seconds =
        if is_upload(request.headers()) { config.upload_timeout_s } else { config.request_timeout_s };
    // Dropping the handler rolls its transaction back.
    match tokio::time::timeout(Duration::from_secs(seconds), next.run(request)).await {
        Ok(response) => response,
        Err(_) => busy("web.timeout", "处理时间过长，已停止。请稍后重试，或缩小查询范围"),
    }
}

fn busy(code: &'static str, message: &'static str) -> Response {
    let mut response = Problem(Fault::new(FaultKind::Unavailable, code, message)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
