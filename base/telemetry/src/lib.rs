//! Logs without personal data, metrics
