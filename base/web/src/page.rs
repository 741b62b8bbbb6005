//! Pages of lists.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of a list is asked for.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Page, from 1.
    #[serde(default = "first")]
    #[param(minimum = 1, maximum = 100_000)]
    pub page: u32,
    /// Rows a page, 1 to 100.
    #[serde(default = "twenty")]
    #[param(minimum = 1, maximum = 100)]
    pub size: u32,
}

fn first() -> u32 {
    1
}

fn twenty() -> u32 {
    20
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
