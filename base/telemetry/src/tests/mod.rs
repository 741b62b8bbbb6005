//! No personal number gets through; metrics come out.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::logs::subscriber;
use crate::{InFlight, LogFormat, LogOptions, Metrics, record_request, redact};

#[test]
fn personal_numbers_are_masked() {
    for (text, expected) in [
        ("身份证 310101199003071234 已存在", "身份证 310*************** 已存在"),
        ("id=31010119900307123X,", "id=310***************,"),
        ("old 310101900307123", "old 310************"),
        ("tel 13800138000。", "tel 138********。"),
        ("{\"card\":\"6222021001122334455\"}", "{\"card\":\"622****************\"}"),
        ("a13800138000b310101199003071234", "a138********b310***************"),
    ] {
        assert_eq!(redact(text), expected);
    }
}

#[test]
fn other_numbers_stay() {
    for text in [
        "case HRSS31010420260701100000013",
        "person 1000000001",
        "2026-07-01T09:00:00.123456789Z",
        "id 0199c3a4-5b1c-7def-8123-456789012345",
        "12345678901",
        "amount 123456789012",
        "",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn logged(format: LogFormat) -> String {
    let buffer = Buffer::default();
    let sink = buffer.clone();
    let options = LogOptions { format, level: "info".into() };
    let subscriber = subscriber(&options, move || sink.clone()).unwrap();
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::info_span!("request", mobile = "13912345678");
        let _inside = span.enter();
        tracing::info!(
            id_no = "310101199003071234",
            card = 6_222_021_001_122_334_455_u64,
            "查询 31010119900307123X"
        );
        tracing::debug!("not this one");
    });
    let bytes = buffer.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn log_lines_of_both_shapes_are_masked() {
    for format in [LogFormat::Text, LogFormat::Json] {
        let line = logged(format);
        for secret in ["13912345678", "310101199003071234", "6222021001122334455", "31010119900307123X"] {
            assert!(!line.contains(secret), "{line}");
        }
        assert_eq!(line.matches("310***************").count(), 2, "{line}");
        assert!(!line.contains("not this one"));
    }
    assert!(logged(LogFormat::Json).starts_with('{'));
}

#[test]
fn bad_settings_are_refused_with_a_sentence() {
    assert!("xml".parse::<LogFormat>().unwrap_err().to_string().contains("text 或 json"));
    let options = LogOptions { format: LogFormat::Text, level: "a=b=c".into() };
    assert!(subscriber(&options, std::io::sink).is_err());
}

#[test]
fn requests_are_counted_by_route() {
    let metrics = Metrics::install().unwrap();
    let at_work = InFlight::begin();
    record_request("GET", "/cases/{no}", 200, Duration::from_millis(30));
    let text = metrics.render();
    assert!(
        text.contains(r#"renshe_http_requests_total{method="GET",route="/cases/{no}",status="200"} 1"#),
        "{text}"
    );
    assert!(
        text.contains(r#"renshe_http_request_seconds_bucket{method="GET",route="/cases/{no}",le="0.05"} 1"#),
        "{text}"
    );
    assert!(text.contains("renshe_http_requests_in_flight 1"), "{text}");
    drop(at_work);
    assert!(metrics.render().contains("renshe_http_requests_in_flight 0"));
    assert!(Metrics::install().is_err(), "once a process");
}
