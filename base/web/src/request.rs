//! What is known of a request before anybody looks at its content: id, client address, route; and what is recorded of
//! it afterwards: one access line and two metrics, without personal data.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use base_kernel::{RequestId, UserId};
use ipnet::IpNet;
use tracing::Instrument;
use uuid::Uuid;

use crate::Caller;

/// Names the request in both directions.
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Facts about the request at hand, in its extensions.
#[derive(Debug, Clone)]
pub struct RequestInfo {
    /// Id; also in the answer's header `X-Request-Id`, in every problem document and in every log line.
    pub id: RequestId,
    /// Address of the client, seen through our own proxies. None in tests without a socket.
    pub client: Option<IpAddr>,
    user: Arc<OnceLock<UserId>>,
}

impl RequestInfo {
    /// The facts recorded by the stack; a request that did not come through the stack (tests) gets a fresh id.
    #[must_use]
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(|| Self {
            id: RequestId(fresh_id()),
            client: None,
            user: Arc::new(OnceLock::new()),
        })
    }

    /// Lets `caller` in: handlers find them as [`Caller`], the access log records the user's id.
    pub fn admit(&self, extensions: &mut Extensions, caller: Caller) {
        // Set once: a request has one caller.
        let _ = self.user.set(caller.actor.user);
        extensions.insert(caller);
    }
}

/// The template of the matched route, never the address itself, which may hold a person's number.
pub(crate) fn route(extensions: &Extensions) -> String {
    extensions.get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned()
}

/// Names the request, opens its span, and records it when it is answered.
pub(crate) async fn observe(
    State(proxies): State<Arc<[IpNet]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = incoming_id(request.headers()).unwrap_or_else(fresh_id);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let client = peer.map(|peer| behind_proxies(peer, request.headers(), &proxies));
    let user = Arc::new(OnceLock::new());
    let info = RequestInfo { id: RequestId(id), client, user: Arc::clone(&user) };
    request.extensions_mut().insert(info);
    let route = route(request.extensions());
    let method = method_label(request.method());

    let span = tracing::info_span!("request", request_id = %id, method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(&REQUEST_ID, value);
    }

    let status = response.status().as_u16();
    let took = started.elapsed();
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels).record(took.as_secs_f64());
    let user = user.get().map(ToString::to_string);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(target: "access", status, ms, user, "answered"));
    response
}

#[expect(clippy::disallowed_methods, reason = "the edge: a request has its id before any transaction")]
fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// An id the client or a proxy chose, when it is a UUID; anything else could be used to forge log lines.
fn incoming_id(headers: &HeaderMap) -> Option<Uuid> {
    headers.get(&REQUEST_ID)?.to_str().ok()?.parse().ok().filter(|id: &Uuid| !id.is_nil())
}

/// The right-most address that is not one of our proxies: whatever stands left of it is the client's own claim.
fn behind_proxies(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| proxies.iter().any(|net| net.contains(address));
    if !ours(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().rev();
    let hops = forwarded.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(','));
    let mut client = peer;
    for hop in hops {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        client = address;
        if !ours(&address) {
            break;
        }
    }
    client
}

/// Methods as metric labels: a client can invent methods, and each new label value is a new time series.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
