//! Token engine over processes as data
