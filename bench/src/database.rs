//! What the database says about the load: rows written, cases closed, work left over.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::Serialize;
use tokio_postgres::{Client, NoTls};

/// A connection of our own beside the server's.
pub struct Database {
    client: Client,
}

/// Counters at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    tables: BTreeMap<String, Writes>,
    closed: i64,
    commits: i64,
    wal_bytes: i64,
}

/// Rows written to one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Writes {
    /// Inserted.
    pub inserted: i64,
    /// Updated.
    pub updated: i64,
    /// Deleted.
    pub deleted: i64,
}

/// What lies between two snapshots.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    /// Cases closed.
    pub closed: i64,
    /// Transactions committed, reads included.
    pub commits: i64,
    /// Bytes of write-ahead log.
    pub wal_bytes: i64,
    /// Rows by table, where any were written.
    pub tables: BTreeMap<String, Writes>,
}

/// Work that waits in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// Events not delivered.
    pub events: i64,
    /// Events given up.
    pub dead: i64,
    /// Jobs not done: documents to render, archive records to complete.
    pub jobs: i64,
}

impl Backlog {
    /// Whether everything is done.
    #[must_use]
    pub fn none(&self) -> bool {
        self.events == 0 && self.jobs == 0
    }
}

impl Database {
    /// Connects.
    ///
    /// # Errors
    /// The server can't be reached.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let (client, connection) =
            tokio_postgres::connect(url, NoTls).await.context("connecting to the database")?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("database connection: {error}");
            }
        });
        Ok(Self { client })
    }

    /// Version and settings that the figures depend on.
    ///
    /// # Errors
    /// The query fails.
    pub async fn describe(&self) -> anyhow::Result<String> {
        let row = self.client.query_one(include_str!("../sql/describe.sql"), &[]).await?;
        Ok(row.try_get(0)?)
    }

    /// Counters now.
    ///
    /// # Errors
    /// The query fails.
    pub async fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let mut snapshot = Snapshot::default();
        for row in self.client.query(include_str!("../sql/writes.sql"), &[]).await? {
            let writes =
                Writes { inserted: row.try_get(1)?, updated: row.try_get(2)?, deleted: row.try_get(3)? };
            snapshot.tables.insert(row.try_get(0)?, writes);
        }
        let row = self.client.query_one(include_str!("../sql/progress.sql"), &[]).await?;
        snapshot.closed = row.try_get(0)?;
        snapshot.commits = row.try_get(1)?;
        snapshot.wal_bytes = row.try_get(2)?;
        Ok(snapshot)
    }

    /// What waits in the background.
    ///
    /// # Errors
    /// The query fails.
    pub async fn backlog(&self) -> anyhow::Result<Backlog> {
        let row = self.client.query_one(include_str!("../sql/backlog.sql"), &[]).await?;
        Ok(Backlog { events: row.try_get(0)?, dead: row.try_get(1)?, jobs: row.try_get(2)? })
    }

    /// Runs a script of several statements.
    ///
    /// # Errors
    /// One of them fails.
    pub async fn script(&self, sql: &str) -> anyhow::Result<()> {
        Ok(self.client.batch_execute(sql).await?)
    }
}

impl Snapshot {
    /// What was written since `before`.
    #[must_use]
    pub fn since(&self, before: &Self) -> Written {
        let tables = self
            .tables
            .iter()
            .map(|(name, now)| {
                let then = before.tables.get(name).copied().unwrap_or_default();
                let writes = Writes {
                    inserted: now.inserted - then.inserted,
                    updated: now.updated - then.updated,
                    deleted: now.deleted - then.deleted,
                };
                (name.clone(), writes)
            })
            .filter(|(_, writes)| *writes != Writes::default())
            .collect();
        Written {
            closed: self.closed - before.closed,
            commits: self.commits - before.commits,
            wal_bytes: self.wal_bytes - before.wal_bytes,
            tables,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_between() {
        let snapshot = |inserted, closed| Snapshot {
            tables: BTreeMap::from([
                ("casework.task".to_owned(), Writes { inserted, ..Writes::default() }),
                ("item.item".to_owned(), Writes { inserted: 5, ..Writes::default() }),
            ]),
            closed,
            commits: closed * 10,
            wal_bytes: 0,
        };
        let written = snapshot(30, 10).since(&snapshot(3, 1));
        assert_eq!((written.closed, written.commits), (9, 90));
        assert_eq!(written.tables.len(), 1);
        assert_eq!(written.tables["casework.task"].inserted, 27);
    }
}
