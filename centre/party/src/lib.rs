//! People and employers
