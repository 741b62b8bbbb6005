//! documents
mod error;
mod render;
pub(crate) use base_files::hex;
pub use error::Error;
pub use render::{MAX_DATA, MAX_PAGES, Meta, Pdf, Renderer};
#[cfg(test)]
mod tests;
