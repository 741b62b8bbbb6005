//! A real PostgreSQL database of its own for every test
