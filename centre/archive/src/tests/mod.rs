//! Tests of centre-archive.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod filing;
mod rules;

use std::path::{Path, PathBuf};

use crate::Retention;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn retention() -> Retention {
    Retention::read(&root().join("catalogue/archive/retention.yaml")).expect("the table is sound")
}
