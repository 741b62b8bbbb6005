//! Tests of casework.
