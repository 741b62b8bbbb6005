//! Tests of engine-document.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod records;
mod render;
mod templates;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::{Meta, Renderer};

/// One renderer for all tests of a process.
static RENDERER: LazyLock<Arc<Renderer>> = LazyLock::new(|| {
    let root = root();
    let fonts = root.join("tools/fonts");
    let renderer = Renderer::new(&fonts, &root.join("catalogue/templates"));
    Arc::new(renderer.expect("fonts come with: cd tools/fonts && npm ci"))
});

fn renderer() -> Arc<Renderer> {
    Arc::clone(&RENDERER)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sample(template: &str) -> Value {
    let path = root().join(format!("catalogue/templates/samples/{template}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn moment() -> DateTime<Utc> {
    "2026-07-01T01:30:00Z".parse().unwrap()
}

fn meta(title: &str) -> Meta {
    Meta {
        title: title.into(),
        number: "YLHD-2026-0000123".into(),
        verify_code: "3105882047719603".into(),
        verify_url: "https://rs.example.gov.cn/verify/3105882047719603".into(),
        issued_at: moment(),
        valid_until: NaiveDate::from_ymd_opt(2026, 7, 31),
        issuer: "上海市徐汇区社会保险事业管理中心".into(),
    }
}

/// Keeps a PDF where `RENSHE_KEEP_PDF` says, to look at it.
fn keep(name: &str, pdf: &[u8]) {
    if let Some(dir) = std::env::var_os("RENSHE_KEEP_PDF") {
        std::fs::write(Path::new(&dir).join(format!("{name}.pdf")), pdf).unwrap();
    }
}

/// Text of a PDF by an outside reader; none where it is not installed.
fn text_of(pdf: &[u8]) -> Option<String> {
    let path = std::env::temp_dir().join(format!("renshe-{}.pdf", uuid::Uuid::new_v4()));
    std::fs::write(&path, pdf).unwrap();
    let output = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    std::fs::remove_file(&path).unwrap();
    output.ok().map(|output| String::from_utf8(output.stdout).unwrap())
}
