//! Nothing a client sends becomes a failure of ours.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use super::*;
use crate::inspect::spells_nul;

#[tokio::test]
async fn a_null_character_is_refused_in_body_path_and_query() {
    let body = app().post("/api/v1/notes", json!({ "text": "a\u{0}b" })).await.expect(422);
    assert_eq!(body.code(), "request.nul");
    // An escaped backslash before the same letters is ordinary text.
    app().post("/api/v1/notes", json!({ "text": "a\\u0000b" })).await.expect(200);
    assert_eq!(app().get("/api/v1/words/a%00b").await.expect(400).code(), "request.address");
    assert_eq!(app().get("/api/v1/page?query=%00").await.expect(400).code(), "request.address");
}

#[test]
fn null_is_found_wherever_json_spells_it() {
    for text in [r#""\u0000""#, r#"{"a\u0000":1}"#, r#""\\\u0000""#, r#"["\n\u0000"]"#] {
        assert!(spells_nul(text.as_bytes()), "{text}");
    }
    for text in [r#""\\u0000""#, r#""u0000""#, r#""\u00001"#.replace("u0000", "u0001").as_str(), "\\", ""] {
        assert!(!spells_nul(text.as_bytes()), "{text}");
    }
}

#[tokio::test]
async fn addresses_that_cannot_be_read() {
    assert_eq!(app().get("/api/v1/words/%ff%fe").await.expect(400).code(), "request.address");
    assert_eq!(app().get("/api/v1/page?query=%c3%28").await.expect(400).code(), "request.address");
    assert_eq!(app().get("/api/v1/words/100%25").await.expect(200).text(), "100%");
    let long = format!("/api/v1/words/{}", "x".repeat(2000));
    assert_eq!(app().get(&long).await.expect(400).code(), "request.address_too_long");
    let long = format!("/api/v1/page?query={}", "x".repeat(9000));
    assert_eq!(app().get(&long).await.expect(400).code(), "request.address_too_long");
    app().get("/api/v1/notes/12").await.expect(404);
}

#[tokio::test]
async fn pages_outside_their_range() {
    for bad in ["page=0", "page=-1", "page=99999999999999999999", "page=x", "size=0", "size=101", "page=1.5"]
    {
        let response = app().get(&format!("/api/v1/page?{bad}")).await.expect(400);
        let field = response.json()["errors"][0]["field"].clone();
        assert_eq!(field, bad.split('=').next().unwrap(), "{bad}");
    }
    assert_eq!(app().get("/api/v1/page").await.text(), "20 0");
    assert_eq!(app().get("/api/v1/page?page=3&size=50").await.text(), "50 100");
}

#[tokio::test]
async fn a_page_query_may_be_flattened() {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(flatten)]
        page: PageQuery,
    }
    let uri: axum::http::Uri = "/?page=2&size=10".parse().unwrap();
    let query = axum::extract::Query::<Filter>::try_from_uri(&uri).unwrap();
    assert_eq!((query.page.limit(), query.page.offset()), (10, 10));
}

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be() {
    let send = |media: &'static str, body: Vec<u8>| async move {
        let request = Request::post("/api/v1/notes").header(header::CONTENT_TYPE, media);
        app().raw(request.body(Body::from(body)).unwrap()).await
    };
    assert_eq!(send("text/plain", b"{}".to_vec()).await.expect(415).code(), "request.media");
    assert_eq!(send("application/json", b"{".to_vec()).await.expect(400).code(), "request.json");
    assert_eq!(send("application/json", vec![b'"', 0xff, b'"']).await.expect(400).code(), "request.json");
    let deep = format!("{{\"text\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    send("application/json", deep.into_bytes()).await.expect(422);
    let anything = Request::post("/api/v1/anything").header(header::CONTENT_TYPE, "application/json");
    let deep = Body::from("[".repeat(100_000) + &"]".repeat(100_000));
    assert_eq!(app().raw(anything.body(deep).unwrap()).await.expect(400).code(), "request.json");

    let missing = send("application/json", b"{}".to_vec()).await.expect(422).json();
    assert_eq!(missing["errors"][0], json!({ "field": "text", "message": "必填，请补充" }));
    let wrong = br#"{"text":"x","rows":[{"wage_fen":"310104"}]}"#.to_vec();
    let wrong = send("application/json", wrong).await.expect(422);
    assert_eq!(wrong.json()["errors"][0]["field"], "rows[0].wage_fen");
    assert!(!wrong.text().contains("310104"), "the value stays out of the document");
}

#[tokio::test]
async fn sizes() {
    let big = "x".repeat(3 * 1024 * 1024);
    let response = app().post("/api/v1/notes", json!({ "text": big })).await.expect(413);
    assert_eq!(response.code(), "request.too_large");
    let announced = Request::post("/api/v1/notes").header("content-length", "99999999999");
    let announced = announced.header("content-type", "application/json").body(Body::empty()).unwrap();
    app().raw(announced).await.expect(413);

    let form = format!(
        "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n{big}\r\n--B--\r\n"
    );
    let upload = Request::post("/api/v1/files").header("content-type", "multipart/form-data; boundary=B");
    let upload = app().raw(upload.body(Body::from(form)).unwrap()).await.expect(200);
    assert_eq!(upload.text(), big.len().to_string());
}

#[tokio::test]
async fn what_changes_state_comes_from_our_own_pages() {
    let post = |headers: &[(&'static str, &'static str)]| {
        let mut request = Request::post("/api/v1/session").header("host", "rs.sh.gov.cn");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body::Body::empty()).unwrap();
        async move { tower::ServiceExt::oneshot(bare(), request).await.unwrap().status().as_u16() }
    };
    let cookie = ("cookie", "renshe_session=abc");
    assert_eq!(post(&[cookie]).await, 403);
    assert_eq!(post(&[cookie, ("x-requested-with", "renshe")]).await, 200);
    assert_eq!(post(&[cookie, ("x-requested-with", "renshe"), ("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post(&[("origin", "https://evil.example")]).await, 403);
    assert_eq!(post(&[("origin", "https://rs.sh.gov.cn"), ("sec-fetch-site", "same-origin")]).await, 200);
    assert_eq!(post(&[("origin", "https://zwdt.sh.gov.cn")]).await, 200);
    // Programs: no cookie, or a bearer token, which no foreign page can make a browser send.
    assert_eq!(post(&[]).await, 200);
    assert_eq!(post(&[cookie, ("authorization", "Bearer abc")]).await, 200);
}

fn bare() -> Router {
    let trusted_origins = vec!["https://zwdt.sh.gov.cn".to_owned()];
    stack(routes(), WebConfig { trusted_origins, ..WebConfig::default() }).unwrap()
}
