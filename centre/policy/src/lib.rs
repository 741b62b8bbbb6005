//! Policy parameters: dated rows from the catalogue and from the desk

mod catalogue;
#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, CatalogueError, shipped, shipped_calendar};
