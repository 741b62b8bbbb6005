//! Users, passwords, sessions
