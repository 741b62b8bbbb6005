//! HTTP glue: problem documents, request ids, callers, limits.
//!
//! Knows nothing of any slice. A slice's `routes.rs` uses [`Caller`], [`Json`], [`Path`], [`Query`] and returns
//! `Result<_, Problem>`.

mod caller;
mod extract;
mod guard;
mod inspect;
mod limit;
mod openapi;
mod page;
mod problem;
mod refusal;
mod request;
mod schemas;
mod stack;
pub mod testing;
#[cfg(test)]
mod tests;

pub use caller::{Caller, MaybeCaller};
pub use extract::{Json, Multipart, Path, Query};
pub use guard::{PublicRoute, SESSION_COOKIE, presented_token, require_session};
pub use limit::Rate;
pub use openapi::{complete, open_without_session, operations};
pub use page::{Page, PageQuery};
pub use problem::{Problem, ProblemBody, ProblemField};
pub use refusal::log_panics;
pub use request::RequestInfo;
pub use stack::{WebConfig, stack};
