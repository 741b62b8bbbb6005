//! The demonstration speaks to the platform as everybody does: through its HTTP face, without a socket.

use anyhow::{Context, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
#[cfg(test)]
use axum::http::StatusCode;
use axum::http::{Method, Request, header};
use axum::response::Response;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Somebody signed in.
pub(crate) struct Client {
    router: Router,
    token: String,
}

impl Client {
    /// Signs in.
    pub(crate) async fn sign_in(router: &Router, login: &str, password: &str) -> anyhow::Result<Self> {
        let anonymous = Self { router: router.clone(), token: String::new() };
        let me = anonymous.post("/session", &json!({ "login": login, "password": password })).await?;
        let token = me["token"].as_str().context("sign-in gave no token")?.to_owned();
        Ok(Self { router: router.clone(), token })
    }

    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.send(Method::GET, path, "application/json", Vec::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send(Method::POST, path, "application/json", body.to_string().into_bytes()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send(Method::PATCH, path, "application/json", body.to_string().into_bytes()).await
    }

    /// Uploads one file as a form would.
    pub(crate) async fn upload(&self, path: &str, name: &str, content: &[u8]) -> anyhow::Result<Value> {
        let boundary = "renshe-demonstration";
        let mut body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        self.send(Method::POST, path, &format!("multipart/form-data; boundary={boundary}"), body).await
    }

    /// Nobody signed in.
    #[cfg(test)]
    pub(crate) fn anonymous(router: &Router) -> Self {
        Self { router: router.clone(), token: String::new() }
    }

    /// Asks and takes whatever comes: status and body.
    #[cfg(test)]
    pub(crate) async fn answer(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let response = self.respond(method, path, "application/json", body).await?;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 16 * 1024 * 1024).await?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }

    /// The bytes of a download.
    #[cfg(test)]
    pub(crate) async fn download(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let response = self.respond(Method::GET, path, "application/json", Vec::new()).await?;
        anyhow::ensure!(response.status().is_success(), "{path}: {}", response.status());
        Ok(to_bytes(response.into_body(), 16 * 1024 * 1024).await?.to_vec())
    }

    async fn send(&self, method: Method, path: &str, media: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        let response = self.respond(method.clone(), path, media, body).await?;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 16 * 1024 * 1024).await?;
        if !status.is_success() {
            bail!("{method} {path}: {status} {}", String::from_utf8_lossy(&bytes));
        }
        Ok(if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? })
    }

    async fn respond(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<Response> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::CONTENT_TYPE, media)
            .header(header::HOST, "127.0.0.1")
            .header("x-requested-with", "renshe");
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        Ok(self.router.clone().oneshot(request.body(Body::from(body))?).await?)
    }
}
