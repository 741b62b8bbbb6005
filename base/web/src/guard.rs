//! Who may ask at all: same-origin checks for what changes state, rates for clients without a session, and the rule
//! that every route needs a session unless it is listed as public.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base_kernel::{Clock, Fault, FaultKind};

use crate::caller::not_signed_in;
use crate::limit::Limiter;
use crate::request::{RequestInfo, route};
use crate::{Caller, Problem, WebConfig};

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "renshe_session";

/// A route that answers without a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicRoute {
    /// `GET`, `POST` …; `GET` covers `HEAD`.
    pub method: &'static str,
    /// Route template, for example `/api/v1/verification/{code}`. A trailing `*` covers everything below.
    pub path: &'static str,
}

impl PublicRoute {
    /// Names a route.
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str) -> Self {
        Self { method, path }
    }

    /// Whether this entry covers `method` on `path`.
    #[must_use]
    pub fn covers(&self, method: &Method, path: &str) -> bool {
        let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
        let below = self.path.strip_suffix('*').is_some_and(|stem| path.starts_with(stem));
        self.method == method && (below || self.path == path)
    }
}

/// Refuses every matched route without a caller unless `public` lists it. A handler that forgot to ask for its
/// [`Caller`] is therefore closed, not open. Addresses that match no route stay 404.
pub fn require_session(router: Router, public: &'static [PublicRoute]) -> Router {
    router.layer(from_fn(move |request: Request, next: Next| async move {
        let path = route(request.extensions());
        let open = path == "unmatched" || public.iter().any(|entry| entry.covers(request.method(), &path));
        if open || request.extensions().get::<Caller>().is_some() {
            return next.run(request).await;
        }
        Problem(not_signed_in()).into_response()
    }))
}

/// The session token the client presents, in `Authorization: Bearer` or in the cookie. Two different ones are none: who
/// acts must never be a guess.
#[must_use]
pub fn presented_token(headers: &HeaderMap) -> Option<String> {
    let cookie = session_cookie(headers);
    let Some(authorization) = headers.get(header::AUTHORIZATION) else { return cookie };
    // A client that sends this header means it: no falling back to the cookie, which the CSRF rule relies on.
    let (scheme, token) = authorization.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    let one = scheme.eq_ignore_ascii_case("bearer") && cookie.is_none_or(|cookie| cookie == token);
    one.then(|| token.to_owned())
}

fn session_cookie(headers: &HeaderMap) -> Option<String> {
    axum_extra::extract::CookieJar::from_headers(headers)
        .get(SESSION_COOKIE)
        .map(|cookie| cookie.value().to_owned())
}

/// An unsafe request that rides on the cookie must carry `X-Requested-With: renshe`, which a foreign page can't set
/// without asking first (and we never allow it). Origin and Sec-Fetch-Site are checked by the layer before this one.
pub(crate) async fn cookie_needs_header(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let marked = headers.get("x-requested-with") == Some(&HeaderValue::from_static("renshe"));
    let rides_on_cookie = !headers.contains_key(header::AUTHORIZATION) && session_cookie(headers).is_some();
    if safe || marked || !rides_on_cookie {
        return next.run(request).await;
    }
    cross_site()
}

pub(crate) fn cross_site() -> Response {
    let message = "请求来源不可信，已拒绝。请从本系统页面重新操作";
    Problem(Fault::forbidden("request.cross_site", message)).into_response()
}

/// Rates for sign-in and for clients without a session.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Limiters>);

struct Limiters {
    sign_in_route: String,
    sign_in: Limiter,
    public: Limiter,
}

impl Gate {
    pub(crate) fn new(config: &WebConfig, clock: &Arc<dyn Clock>) -> Self {
        Self(Arc::new(Limiters {
            sign_in_route: config.sign_in_route.clone(),
            sign_in: Limiter::new(config.sign_in_rate, Arc::clone(clock)),
            public: Limiter::new(config.public_rate, Arc::clone(clock)),
        }))
    }

    pub(crate) fn layer(self, router: Router) -> Router {
        router.layer(from_fn_with_state(self, gate))
    }
}

async fn gate(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let route = route(request.extensions());
    let limiters = &gate.0;
    let limiter = if *request.method() == Method::POST && route == limiters.sign_in_route {
        Some(&limiters.sign_in)
    } else if route.starts_with("/api/") && presented_token(request.headers()).is_none() {
        Some(&limiters.public)
    } else {
        None
    };
    let client = RequestInfo::of(request.extensions()).client.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    match limiter.map_or(Ok(()), |limiter| limiter.take(client)) {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            let message = format!("操作过于频繁，请在 {seconds} 秒后重试");
            let fault = Fault::new(FaultKind::TooMany, "request.too_many", message);
            let mut response = Problem(fault).into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
    }
}
