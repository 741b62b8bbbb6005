//! Tests of the whole platform, folded, on a real database and through its HTTP face.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

mod contract;
mod drafts;
mod harness;
mod items;
mod retirement;
mod rights;
