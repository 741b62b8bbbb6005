//! A signed-in user's connection to the platform.

use std::time::Duration;

use anyhow::Context;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use serde_json::Value;

use crate::scenario::{Ask, Body};

/// Longer than the server itself allows a request to take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with one connection, as one browser tab would hold it.
#[derive(Debug, Clone)]
pub struct Client {
    base: String,
    inner: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether it is a success.
    #[must_use]
    pub fn good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Status and code of a refusal, without what differs from case to case.
    #[must_use]
    pub fn refusal(&self) -> String {
        let problem: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        format!("{} {}", self.status, problem["code"].as_str().unwrap_or("without a code"))
    }
}

#[derive(Deserialize)]
struct Me {
    token: String,
}

impl Client {
    /// A client that presents `token`.
    ///
    /// # Errors
    /// The token is no header value.
    pub fn new(base: &str, token: Option<&str>) -> anyhow::Result<Self> {
        let mut headers = HeaderMap::new();
        headers.insert("x-requested-with", HeaderValue::from_static("renshe"));
        if let Some(token) = token {
            headers.insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}"))?);
        }
        let builder = reqwest::Client::builder().default_headers(headers).timeout(PATIENCE);
        let inner = builder.pool_max_idle_per_host(1).tcp_nodelay(true).no_proxy().build()?;
        Ok(Self { base: format!("{}/api/v1", base.trim_end_matches('/')), inner })
    }

    /// One request.
    ///
    /// # Errors
    /// No answer.
    pub async fn ask(&self, ask: &Ask) -> anyhow::Result<Answer> {
        let url = format!("{}{}", self.base, ask.path);
        let request = match &ask.body {
            Body::None => self.inner.get(url),
            Body::Post(value) => {
                self.inner.post(url).header(CONTENT_TYPE, "application/json").body(value.to_string())
            }
            Body::Patch(value) => {
                self.inner.patch(url).header(CONTENT_TYPE, "application/json").body(value.to_string())
            }
            Body::File(name, content) => {
                let file =
                    Part::bytes(content.clone()).file_name(*name).mime_str("application/octet-stream")?;
                self.inner.post(url).multipart(Form::new().part("file", file))
            }
        };
        let response = request.send().await.context("no answer")?;
        let status = response.status().as_u16();
        let body = response.bytes().await.context("answer broken off")?.to_vec();
        Ok(Answer { status, body })
    }

    /// Signs in through the public face; the token.
    ///
    /// # Errors
    /// Refused.
    pub async fn sign_in(&self, login: &str, password: &str) -> anyhow::Result<String> {
        let body = serde_json::json!({ "login": login, "password": password });
        let request =
            self.inner.post(format!("{}/session", self.base)).header(CONTENT_TYPE, "application/json");
        let response = request.body(body.to_string()).send().await.context("no answer")?;
        let answer = Answer { status: response.status().as_u16(), body: response.bytes().await?.to_vec() };
        anyhow::ensure!(answer.good(), "sign-in as {login}: {}", answer.refusal());
        Ok(serde_json::from_slice::<Me>(&answer.body)?.token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_by_their_code() {
        let answer = |status, text: &str| Answer { status, body: text.as_bytes().to_vec() };
        assert_eq!(
            answer(409, r#"{"code":"casework.not_now","detail":"x"}"#).refusal(),
            "409 casework.not_now"
        );
        assert_eq!(answer(502, "<html>").refusal(), "502 without a code");
        assert!(answer(201, "").good() && !answer(302, "").good());
    }
}
