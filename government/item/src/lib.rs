//! Service items as data: catalogue, forms, checks of consistency.

mod catalogue;
mod error;
mod folder;
pub mod form;
mod model;
mod processes;

pub use catalogue::{Catalogue, Entry};
pub use error::{CatalogueError, Error};
pub use model::*;
pub use processes::{processes_from_folder, shipped_processes};
