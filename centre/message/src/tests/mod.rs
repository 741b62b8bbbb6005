//! Tests of centre-message.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod inbox;
mod templates;

use std::path::{Path, PathBuf};

use crate::Templates;

fn catalogue() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue")
}

fn real() -> Templates {
    Templates::read(&catalogue().join("templates/messages"))
        .expect("the templates of the catalogue are sound")
}
