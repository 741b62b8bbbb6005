//! Requests that are sent again until they are answered, and a journal of the answers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use uuid::Uuid;

/// A request without an answer for longer is stuck: a restart takes seconds.
const STUCK: Duration = Duration::from_secs(90);

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    pub(crate) fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn text(&self, key: &str) -> String {
        self.body[key].as_str().unwrap_or_else(|| panic!("no {key} in {self:?}")).to_owned()
    }
}

/// A submission with its receipt.
#[derive(Debug, Clone)]
pub(crate) struct Submitted {
    pub(crate) item: &'static str,
    /// The draft; none for an application with a key.
    pub(crate) draft: Option<Uuid>,
    pub(crate) case_no: String,
}

/// An action with its answer.
#[derive(Debug, Clone)]
pub(crate) struct Acted {
    pub(crate) id: Uuid,
    pub(crate) task: Uuid,
    pub(crate) action: &'static str,
    pub(crate) case_no: String,
}

/// Everything that the platform said it had done.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) submitted: Mutex<Vec<Submitted>>,
    pub(crate) acted: Mutex<Vec<Acted>>,
    /// Answers that nobody should have got.
    pub(crate) odd: Mutex<Vec<String>>,
    requests: AtomicU64,
    unanswered: AtomicU64,
    refused: Mutex<BTreeMap<String, u64>>,
    repeated: AtomicU64,
}

impl Journal {
    pub(crate) fn odd(&self, what: String) {
        self.odd.lock().unwrap().push(what);
    }

    /// The same request was sent twice although the first was answered.
    pub(crate) fn repeated(&self) {
        self.repeated.fetch_add(1, Ordering::Relaxed);
    }

    fn refused(&self, reply: &Reply) {
        let name = format!("{} {}", reply.status, reply.code());
        *self.refused.lock().unwrap().entry(name).or_default() += 1;
    }
}

impl fmt::Display for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut items = BTreeMap::<&str, u64>::new();
        for one in self.submitted.lock().unwrap().iter() {
            *items.entry(one.item).or_default() += 1;
        }
        let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
        writeln!(
            f,
            "cases {items:?}, actions {}, requests {}, without answer {}, repeated on purpose {}",
            self.acted.lock().unwrap().len(),
            count(&self.requests),
            count(&self.unanswered),
            count(&self.repeated)
        )?;
        writeln!(f, "refused {:?}", self.refused.lock().unwrap())
    }
}

/// A client of the platform; cheap to clone.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
    pub(crate) journal: Arc<Journal>,
}

impl Client {
    pub(crate) fn new(base: &str, journal: Arc<Journal>) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(40)).build().unwrap();
        Self { http, base: base.to_owned(), token: String::new(), journal }
    }

    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    pub(crate) async fn sign_in(&self, login: &str, password: String) -> Self {
        let reply = self.post("/session", &serde_json::json!({ "login": login, "password": password })).await;
        self.with_token(&reply.text("token"))
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, |request| request).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, |request| request.json(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PATCH, path, |request| request.json(body)).await
    }

    /// A whole application under a key of the caller's.
    pub(crate) async fn apply(&self, key: &str, body: &Value) -> Reply {
        self.send(Method::POST, "/applications", |request| request.header("idempotency-key", key).json(body))
            .await
    }

    pub(crate) async fn upload(&self, path: &str, name: &str, content: &'static [u8]) -> Reply {
        self.send(Method::POST, path, |request| {
            let part = reqwest::multipart::Part::bytes(content).file_name(name.to_owned());
            request.multipart(reqwest::multipart::Form::new().part("file", part))
        })
        .await
    }

    /// Sends until it is answered; trouble of server or database is no answer.
    async fn send(
        &self,
        method: Method,
        path: &str,
        fill: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Reply {
        let begun = Instant::now();
        loop {
            let request = self
                .http
                .request(method.clone(), format!("{}/api/v1{path}", self.base))
                .header("x-requested-with", "renshe");
            let request = if self.token.is_empty() { request } else { request.bearer_auth(&self.token) };
            self.journal.requests.fetch_add(1, Ordering::Relaxed);
            match answer(fill(request)).await {
                Some(reply) => {
                    let trouble =
                        reply.status >= 500 || reply.status == 429 || reply.code() == "db.contention";
                    if !reply.ok() {
                        self.journal.refused(&reply);
                    }
                    if !trouble {
                        return reply;
                    }
                }
                None => {
                    self.journal.unanswered.fetch_add(1, Ordering::Relaxed);
                }
            }
            assert!(begun.elapsed() < STUCK, "{method} {path}: no answer for {STUCK:?}");
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }
}

/// None when the connection broke before the whole answer was there.
async fn answer(request: RequestBuilder) -> Option<Reply> {
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let bytes = response.bytes().await.ok()?;
    Some(Reply { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
}
