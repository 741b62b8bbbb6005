//! Outbox relay and background jobs
