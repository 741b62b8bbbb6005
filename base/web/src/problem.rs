//! Problem documents (RFC 9457) made from [`Fault`]s.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base_kernel::{Fault, FaultKind};
use serde::Serialize;
use utoipa::ToSchema;

/// A fault on its way to a client. The response layer adds the request id before it is sent.
#[derive(Debug)]
pub struct Problem(pub Fault);

/// The body of a problem document, media type `application/problem+json`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A URI naming the kind of problem: `urn:renshe:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short Chinese title of the status.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do, in Chinese.
    pub detail: String,
    /// Stable code for programs.
    pub code: String,
    /// Fields concerned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The request, to quote when asking for help; the same as the header `X-Request-Id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl ProblemBody {
    /// A problem that has no [`Fault`]: what the framework itself refuses (405, 408, 414 …).
    pub(crate) fn new(status: StatusCode, title: &str, code: &str, detail: String) -> Self {
        Self {
            kind: format!("urn:renshe:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail,
            code: code.to_owned(),
            errors: Vec::new(),
            request_id: None,
        }
    }

    /// Puts the document into `response`, and beside it in the extensions, from where the stack takes it once more
    /// to add the request id.
    pub(crate) fn write(self, response: &mut Response) {
        // A flat structure of strings always serialises; an empty body would still carry the status.
        *response.body_mut() = Body::from(serde_json::to_vec(&self).unwrap_or_default());
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response.extensions_mut().insert(self);
    }
}

/// One field of a problem document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemField {
    /// Key of the field.
    pub field: String,
    /// What to do about it, in Chinese.
    pub message: String,
}

impl<E: Into<Fault>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Problem {
    /// The HTTP status of the fault.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.0.kind {
            FaultKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            FaultKind::Malformed => StatusCode::BAD_REQUEST,
            FaultKind::Unauthenticated => StatusCode::UNAUTHORIZED,
            FaultKind::Forbidden => StatusCode::FORBIDDEN,
            FaultKind::NotFound => StatusCode::NOT_FOUND,
            FaultKind::Conflict => StatusCode::CONFLICT,
            FaultKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            FaultKind::WrongMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            FaultKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self.0.kind {
            FaultKind::Invalid => "填写内容有误",
            FaultKind::Malformed => "请求无法识别",
            FaultKind::Unauthenticated => "请先登录",
            FaultKind::Forbidden => "没有权限",
            FaultKind::NotFound => "未找到",
            FaultKind::Conflict => "状态已变化",
            FaultKind::TooLarge => "内容过大",
            FaultKind::WrongMedia => "格式不支持",
            FaultKind::TooMany => "操作过于频繁",
            FaultKind::Unavailable => "系统繁忙",
            FaultKind::Internal => "系统异常",
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        // A failure is logged once, here, with its whole chain; refusals are ordinary business.
        if status.is_server_error() {
            let chain = chain(&self.0);
            tracing::error!(code = self.0.code, chain, "request failed");
        } else {
            tracing::debug!(code = self.0.code, status = status.as_u16(), "request refused");
        }
        let mut body = ProblemBody::new(status, self.title(), self.0.code, self.0.message);
        let field = |f: base_kernel::FieldFault| ProblemField { field: f.field, message: f.message };
        body.errors = self.0.fields.into_iter().map(field).collect();
        let mut response = status.into_response();
        body.write(&mut response);
        response
    }
}

fn chain(fault: &Fault) -> String {
    let mut text = String::new();
    let mut next: Option<&dyn std::error::Error> = std::error::Error::source(fault);
    while let Some(error) = next {
        if !text.is_empty() {
            text.push_str(" ← ");
        }
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}
