//! Logs without personal data, and metrics.
//!
//! [`init_logs`] sets up logging for people or for machines; whatever reaches it (our own lines, those of libraries,
//! panics) passes [`redact`] last, which masks identity numbers, mobile numbers and bank accounts. That is a net under
//! the rule that no personal data are logged, not a replacement of it: names and addresses can't be recognised.
//!
//! [`Metrics`] holds the Prometheus recorder behind `/metrics`; names that several crates use are in [`names`].

mod logs;
mod metric;
mod redact;
#[cfg(test)]
mod tests;

pub use logs::{LogFormat, LogOptions, TelemetryError, init_logs};
pub use metric::{InFlight, Metrics, names, record_request};
pub use redact::{Redacting, redact};
