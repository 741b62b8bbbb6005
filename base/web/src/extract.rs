//! Extractors that refuse with a Chinese problem document instead of the framework's English text.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base_kernel::{Fault, FaultKind, FieldFault};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Problem;
use crate::inspect::{spells_nul, too_large};

/// A JSON body, in and out.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !announces_json(request.headers()) {
            let message = "提交的数据应为 JSON 格式，请将 Content-Type 设置为 application/json";
            return Err(Problem(Fault::new(FaultKind::WrongMedia, "request.media", message)));
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| refuse_body(&rejection))?;
        if spells_nul(&body) {
            let message = "提交的内容含有无法保存的空字符，请删除后重新提交";
            return Err(Problem(Fault::invalid("request.nul", message)));
        }
        match axum::Json::<T>::from_bytes(&body) {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refuse_json(&rejection)),
        }
    }
}

fn announces_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn refuse_body(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem(too_large());
    }
    let message = "提交的内容没有完整到达，请重试";
    Problem(Fault::new(FaultKind::Malformed, "request.body", message))
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn refuse_json(rejection: &JsonRejection) -> Problem {
    let text = rejection.body_text();
    match (rejection, field(&text)) {
        (JsonRejection::JsonDataError(_), Some((field, message))) => {
            Problem(Fault::invalid_field("request.shape", field, message))
        }
        (JsonRejection::JsonDataError(_), None) => {
            Problem(Fault::invalid("request.shape", "提交的数据格式不正确，请按接口文档检查后重试"))
        }
        _ => {
            let message = "提交的数据不是有效的 JSON，请检查后重试";
            Problem(Fault::new(FaultKind::Malformed, "request.json", message))
        }
    }
}

/// The field a parser stumbled over, out of its English text, which itself may quote values and is not shown.
fn field(text: &str) -> Option<(String, &'static str)> {
    let reason = text.split_once("target type: ").or_else(|| text.split_once("query string: "))?.1;
    if let Some((_, rest)) = reason.split_once("missing field `") {
        let name = rest.split('`').next()?;
        let stem = reason.split_once(": missing field").map_or("", |(stem, _)| stem);
        let field = if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") };
        return Some((field, "必填，请补充"));
    }
    let (path, _) = reason.split_once(": ")?;
    let plain = path.len() <= 100 && !path.contains([' ', '`', '"']);
    plain.then(|| (path.to_owned(), "格式不正确，请检查后重新填写"))
}

/// Path parameters.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => {
                Err(Problem(Fault::not_found("request.path", "地址中的编号格式不正确，未找到对应的内容")))
            }
            Err(_) => {
                let message = "请求地址含有无法识别的字符，请检查后重试";
                Err(Problem(Fault::new(FaultKind::Malformed, "request.path", message)))
            }
        }
    }
}

/// Query parameters.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(refuse_query(&rejection)),
        }
    }
}

fn refuse_query(rejection: &QueryRejection) -> Problem {
    let mut fault = Fault::new(FaultKind::Malformed, "request.query", "查询条件格式不正确，请检查后重试");
    if let Some((field, message)) = field(&rejection.body_text()) {
        fault.fields.push(FieldFault { field, message: message.to_owned() });
    }
    Problem(fault)
}

/// A multipart body.
pub struct Multipart(pub axum::extract::Multipart);

impl<S: Send + Sync> FromRequest<S> for Multipart {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::extract::Multipart::from_request(request, state).await {
            Ok(body) => Ok(Self(body)),
            Err(_) => {
                let message = "上传内容的格式不正确，请重新选择文件后上传";
                Err(Problem(Fault::new(FaultKind::Malformed, "request.multipart", message)))
            }
        }
    }
}
