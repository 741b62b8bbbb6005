//! Extractors that refuse with a Chinese problem document instead of the framework's English text.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base_kernel::{Fault, FaultKind};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Problem;

/// A JSON body, in and out.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refuse_json(&rejection)),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn refuse_json(rejection: &JsonRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem(Fault::new(FaultKind::TooLarge, "request.too_large", "提交的内容过大，请减少后重试"));
    }
    let (kind, code) = match rejection {
        JsonRejection::JsonDataError(_) => (FaultKind::Invalid, "request.shape"),
        _ => (FaultKind::Malformed, "request.json"),
    };
    // The driver's text names the place (line, column, field) and holds no value of the body.
    let message = format!("提交的数据格式不正确，请检查后重试（{}）", rejection.body_text());
    Problem(Fault::new(kind, code, message))
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
            Err(other) => Err(Problem(Fault::new(FaultKind::Malformed, "request.path", other.body_text()))),
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
    let message = format!("查询条件格式不正确，请检查后重试（{}）", rejection.body_text());
    Problem(Fault::new(FaultKind::Malformed, "request.query", message))
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
