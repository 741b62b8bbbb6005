//! Requests against a router in tests, without a socket. Not used by any binary.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use base_kernel::{Actor, Channel};
use serde_json::Value;
use tower::ServiceExt;

use crate::{Caller, RequestInfo};

/// A router with, perhaps, somebody signed in. Cheap to clone.
#[derive(Clone)]
pub struct TestApp {
    router: Router,
    caller: Option<(Actor, Channel)>,
    headers: HeaderMap,
}

/// What came back.
#[derive(Debug)]
pub struct TestResponse {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl TestApp {
    /// Nobody signed in. For a slice: `TestApp::new(slice.routes.into())` or the application's whole router.
    pub fn new(router: impl Into<Router>) -> Self {
        Self { router: router.into(), caller: None, headers: HeaderMap::new() }
    }

    /// Signs `actor` in by putting the [`Caller`] into the request, past any authentication.
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { caller: Some((actor, Channel::Web)), ..self.clone() }
    }

    /// Sends a session token with every request, for routers with authentication around them.
    #[must_use]
    pub fn bearing(&self, token: &str) -> Self {
        self.with_header("authorization", &format!("Bearer {token}"))
    }

    /// Sends a header with every request.
    ///
    /// # Panics
    /// When it is not a header.
    #[must_use]
    pub fn with_header(&self, name: &'static str, value: &str) -> Self {
        let mut app = self.clone();
        let value = HeaderValue::from_str(value).unwrap_or_else(|error| panic!("{error}"));
        app.headers.insert(HeaderName::from_static(name), value);
        app
    }

    /// GET.
    pub async fn get(&self, path: &str) -> TestResponse {
        self.send(Method::GET, path, None).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> TestResponse {
        self.send(Method::POST, path, Some(body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> TestResponse {
        self.send(Method::PUT, path, Some(body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> TestResponse {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> TestResponse {
        self.send(Method::DELETE, path, None).await
    }

    /// Any method, with a JSON body or none.
    ///
    /// # Panics
    /// When `path` is not a path.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> TestResponse {
        let mut request = Request::builder().method(method).uri(path);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.raw(request.body(body).unwrap_or_else(|error| panic!("{path}: {error}"))).await
    }

    /// Any request; the headers of the application are added.
    ///
    /// # Panics
    /// When the body of the answer breaks off.
    pub async fn raw(&self, mut request: Request<Body>) -> TestResponse {
        request.headers_mut().insert("x-requested-with", HeaderValue::from_static("renshe"));
        request.headers_mut().extend(self.headers.clone());
        if let Some((actor, channel)) = &self.caller {
            let info = RequestInfo::of(request.extensions());
            let caller = Caller { actor: actor.clone(), channel: *channel, request: info.id };
            info.admit(request.extensions_mut(), caller);
        }
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap_or_else(|error| panic!("{error}"));
        TestResponse { status: parts.status, headers: parts.headers, body }
    }
}

impl TestResponse {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON; the message shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The stable code of the problem document, or an empty text.
    #[must_use]
    pub fn code(&self) -> String {
        let document: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        document["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Fails the test unless the status is `expected`; the message shows the body.
    ///
    /// # Panics
    /// On another status.
    #[track_caller]
    pub fn expect(self, expected: u16) -> Self {
        assert_eq!(self.status.as_u16(), expected, "{}", self.text());
        self
    }
}
