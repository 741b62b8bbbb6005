//! Tests of dispatch against a real database.
