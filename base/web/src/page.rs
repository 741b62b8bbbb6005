//! Pages of lists.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of a list is asked for.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Page, from 1.
    #[serde(default = "first", deserialize_with = "bounded::<_, 100_000>")]
    #[param(minimum = 1, maximum = 100_000)]
    pub page: u32,
    /// Rows a page, 1 to 100.
    #[serde(default = "twenty", deserialize_with = "bounded::<_, 100>")]
    #[param(minimum = 1, maximum = 100)]
    pub size: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
}

/// A whole number from 1 to `MAX`. Takes text too, because a flattened query string arrives as text.
fn bounded<'de, D: Deserializer<'de>, const MAX: u32>(from: D) -> Result<u32, D::Error> {
    struct Bounded(u32);
    impl Visitor<'_> for Bounded {
        type Value = u32;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a whole number from 1 to {}", self.0)
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<u32, E> {
            let fits = u32::try_from(number).ok().filter(|number| (1..=self.0).contains(number));
            fits.ok_or_else(|| E::custom("out of range"))
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<u32, E> {
            self.visit_u64(text.parse().map_err(E::custom)?)
        }
    }
    from.deserialize_any(Bounded(MAX))
}

impl PageQuery {
    /// Rows a page, held within 1 to 100.
    #[must_use]
    pub fn limit(self) -> i64 {
        i64::from(self.size.clamp(1, 100))
    }

    /// Rows to pass over.
    #[must_use]
    pub fn offset(self) -> i64 {
        i64::from(self.page.clamp(1, 100_000) - 1) * self.limit()
    }
}

/// A page of a list with the exact total, so that a list is whole or says that it is not.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// Rows of this page.
    pub rows: Vec<T>,
    /// Rows in all.
    pub total: i64,
    /// This page, from 1.
    pub page: u32,
    /// Rows a page.
    pub size: u32,
}

impl<T> Page<T> {
    /// Joins rows and total.
    #[must_use]
    pub fn new(query: PageQuery, rows: Vec<T>, total: i64) -> Self {
        let size = u32::try_from(query.limit()).unwrap_or(100);
        Self { rows, total, page: query.page.clamp(1, 100_000), size }
    }
}
