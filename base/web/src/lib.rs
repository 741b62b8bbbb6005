//! HTTP glue: problem documents, request ids, callers, limits.
//!
//! Knows nothing of any slice. A slice's `routes.rs` uses [`Caller`], [`Json`], [`Path`], [`Query`] and returns
//! `Result<_, Problem>`.

mod caller;
mod extract;
mod page;
mod problem;

pub use caller::{Caller, MaybeCaller};
pub use extract::{Json, Multipart, Path, Query};
pub use page::{Page, PageQuery};
pub use problem::{Problem, ProblemBody, ProblemField};
