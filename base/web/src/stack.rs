//! The middleware every binary's router goes through, and its configuration.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use base_kernel::{Clock, SystemClock};
use ipnet::IpNet;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::{ConfigError, CsrfLayer};

use crate::guard::{Gate, cookie_needs_header, cross_site};
use crate::inspect::inspect;
use crate::limit::Rate;
use crate::refusal::{bound, document, panicked};
use crate::request::observe;

/// Limits and headers of the web face; every value has a safe default.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebConfig {
    /// Bytes of a body that is no upload; 2 MiB.
    pub body_limit: usize,
    /// Bytes of a multipart body; 12 MiB, so that a 10 MiB material fits with its envelope.
    pub upload_limit: usize,
    /// Seconds until a request is given up with 503; 30.
    pub request_timeout_s: u64,
    /// Seconds for an upload, which a slow line stretches; 180.
    pub upload_timeout_s: u64,
    /// Requests in work at once on this node; more are refused with 503 at once, instead of queueing until all fail.
    pub concurrency: usize,
    /// Seconds of `Strict-Transport-Security`; 0 leaves the header out (plain HTTP in development).
    pub hsts_s: u64,
    /// Networks of our own reverse proxies, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Origins besides our own host that may post, for example `https://zwdt.sh.gov.cn`.
    pub trusted_origins: Vec<String>,
    /// Route template of sign-in.
    pub sign_in_route: String,
    /// Sign-ins per client address. Generous, because a whole service hall shares one address; the lock-out per account
    /// is `government-identity`'s.
    pub sign_in_rate: Rate,
    /// API requests per client address without a session.
    pub public_rate: Rate,
    /// Clock of the rates.
    #[serde(skip, default = "system_clock")]
    pub clock: Arc<dyn Clock>,
}

fn system_clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

impl Default for WebConfig {
    fn default() -> Self {
        Self {
            body_limit: 2 * 1024 * 1024,
            upload_limit: 12 * 1024 * 1024,
            request_timeout_s: 30,
            upload_timeout_s: 180,
            concurrency: 2048,
            hsts_s: 0,
            trusted_proxies: Vec::new(),
            trusted_origins: Vec::new(),
            sign_in_route: "/api/v1/session".to_owned(),
            sign_in_rate: Rate { per_minute: 120, burst: 60 },
            public_rate: Rate { per_minute: 1200, burst: 200 },
            clock: system_clock(),
        }
    }
}

/// Puts `router` (with its authentication already around it) into the stack. From the outside in: request id and access
/// record, security headers, compression, problem documents, panics, overload and time, address and body checks, rates,
/// cross-site checks.
///
/// # Errors
/// [`ConfigError`] when a trusted origin is not an origin.
pub fn stack(router: Router, config: WebConfig) -> Result<Router, ConfigError> {
    let mut csrf = CsrfLayer::new();
    for origin in &config.trusted_origins {
        csrf = csrf.add_trusted_origin(origin)?;
    }
    let csrf = csrf.with_rejection_response(|_| cross_site());
    let places = Arc::new(Semaphore::new(config.concurrency));
    let proxies: Arc<[IpNet]> = config.trusted_proxies.clone().into();
    let config = Arc::new(config);
    let gate = Gate::new(&config, &config.clock);
    let worth_compressing = SizeAbove::new(512)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/vnd.openxmlformats"));
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_compressing);

    // Each layer stands outside those above it.
    let router = router.layer(from_fn(cookie_needs_header)).layer(csrf);
    Ok(gate
        .layer(router)
        .layer(from_fn_with_state(Arc::clone(&config), inspect))
        .layer(from_fn_with_state((Arc::clone(&config), places), bound))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(document))
        .layer(compression)
        .layer(from_fn_with_state(config.hsts_s, security_headers))
        .layer(from_fn_with_state(proxies, observe)))
}

/// No inline script, no eval, no foreign host, no frame. Inline *style attributes* stay: charts and diagrams set them.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
    frame-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

const SECURITY_HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // The document camera (高拍仪) is the one device a page may ask for.
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    ),
];

async fn security_headers(State(hsts_s): State<u64>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &SECURITY_HEADERS {
        // A route that knows better (a document shown in a frame of ours) keeps its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if hsts_s > 0
        && let Ok(value) = HeaderValue::from_str(&format!("max-age={hsts_s}; includeSubDomains"))
    {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}
