//! PostgreSQL: embedded cluster, pool, migrations, the business transaction.
//!
//! [`Db`] is the pool with the clock; [`Tx`] is one business step: it carries who acts and when, and commits or
//! rolls back as a whole. What is not portable between PostgreSQL and the domestic databases of its family is
//! isolated here.

pub mod embedded;
mod error;
mod migration;
mod pool;
mod prepare;
mod schema;
mod server;
mod statements;
#[cfg(test)]
mod tests;
mod tx;

pub use embedded::{Embedded, EmbeddedConfig, EmbeddedError};
pub use error::DbError;
pub use migration::{Migration, MigrationError, migrate};
pub use pool::{Db, connect};
pub use prepare::prepare_all;
pub use schema::schema_text;
pub use server::{ServerError, check_server};
pub use tx::Tx;
