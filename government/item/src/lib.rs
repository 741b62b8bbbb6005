//! Service items as data: catalogue, forms, checks of consistency.

mod catalogue;
mod error;
pub mod form;
mod model;

pub use catalogue::{Catalogue, Entry};
pub use error::{CatalogueError, Error};
pub use model::*;
