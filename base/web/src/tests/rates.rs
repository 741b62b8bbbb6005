//! Rates, client addresses, and the token a client presents.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request};
use chrono::Duration;
use tower::ServiceExt;

use super::*;
use crate::limit::Limiter;
use crate::{Rate, presented_token};

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_burst_then_the_long_run_rate() {
    let clock = clock();
    let limiter = Limiter::new(Rate { per_minute: 60, burst: 3 }, clock.clone());
    let client = ip("192.0.2.1");
    assert_eq!([limiter.take(client), limiter.take(client), limiter.take(client)], [Ok(()); 3]);
    assert!(limiter.take(client).is_err());
    assert_eq!(limiter.take(ip("192.0.2.2")), Ok(()), "another client has its own account");
    clock.advance(Duration::seconds(1));
    assert_eq!(limiter.take(client), Ok(()));
    assert_eq!(limiter.take(client), Err(1));
    clock.advance(Duration::days(-1));
    assert!(limiter.take(client).is_err(), "set back, the clock gives nothing away");
    clock.advance(Duration::seconds(3));
    assert_eq!(limiter.take(client), Ok(()), "and locks nobody out for a day");
}

#[test]
fn ipv6_clients_count_by_network() {
    let limiter = Limiter::new(Rate { per_minute: 1, burst: 1 }, clock());
    assert_eq!(limiter.take(ip("2001:db8:1:1::1")), Ok(()));
    assert!(limiter.take(ip("2001:db8:1:1::2")).is_err());
    assert_eq!(limiter.take(ip("2001:db8:1:2::1")), Ok(()));
}

#[test]
fn memory_is_bounded() {
    let limiter = Limiter::new(Rate { per_minute: 1, burst: 1 }, clock());
    for n in 0..250_000_u32 {
        assert_eq!(limiter.take(IpAddr::V4(n.into())), Ok(()));
    }
    assert!(limiter.clients() <= 100_000);
}

async fn status(router: &Router, path: &str, from: &str, forwarded: &str) -> u16 {
    let method = if path.ends_with("session") { "POST" } else { "GET" };
    let mut request = Request::builder().method(method).uri(path);
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(ip(from), 4711)));
    router.clone().oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn sign_in_is_rationed_per_client_behind_our_proxy() {
    let config = WebConfig {
        sign_in_rate: Rate { per_minute: 1, burst: 1 },
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        clock: clock(),
        ..WebConfig::default()
    };
    let router = stack(routes(), config).unwrap();
    let path = "/api/v1/session";
    assert_eq!(status(&router, path, "10.1.1.1", "198.51.100.7").await, 200);
    assert_eq!(status(&router, path, "10.1.1.1", "198.51.100.8").await, 200);
    // What the client itself puts in front changes nothing; nor does a chain of our own proxies behind.
    assert_eq!(status(&router, path, "10.1.1.1", "203.0.113.1, 198.51.100.7").await, 429);
    assert_eq!(status(&router, path, "10.1.1.1", "198.51.100.7, 10.2.2.2").await, 429);
    // A peer that is not our proxy can't speak for others.
    assert_eq!(status(&router, path, "198.51.100.8", "203.0.113.9").await, 429);
}

#[tokio::test]
async fn clients_without_a_session_are_rationed() {
    let public_rate = Rate { per_minute: 1, burst: 2 };
    let app = app_with(WebConfig { public_rate, clock: clock(), ..WebConfig::default() });
    app.get("/api/v1/page").await.expect(200);
    app.get("/api/v1/page").await.expect(200);
    let refused = app.get("/api/v1/page").await.expect(429);
    assert_eq!(refused.headers["retry-after"], "60");
    assert_eq!(app.get("/healthz").await.status, 200);
    app.bearing("t").get("/api/v1/page").await.expect(200);
}

#[test]
fn one_session_by_header_or_cookie() {
    let token = |pairs: &[(&'static str, &'static str)]| {
        let headers: HeaderMap =
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        presented_token(&headers)
    };
    let cookie = ("cookie", "other=1; renshe_session=abc");
    assert_eq!(token(&[]), None);
    assert_eq!(token(&[cookie]).as_deref(), Some("abc"));
    assert_eq!(token(&[("authorization", "bearer xyz")]).as_deref(), Some("xyz"));
    assert_eq!(token(&[cookie, ("authorization", "Bearer abc")]).as_deref(), Some("abc"));
    assert_eq!(token(&[cookie, ("authorization", "Bearer xyz")]), None, "two different sessions are none");
    assert_eq!(token(&[cookie, ("authorization", "Basic xyz")]), None);
}
