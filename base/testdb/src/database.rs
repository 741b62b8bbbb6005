//! The database of one test.

use std::sync::Arc;

use anyhow::Result;
use base_db::{Db, Migration, Tx};
use base_kernel::{Actor, Channel, Ctx, FixedClock, RequestId};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::{cluster, template};

/// Connections of one test at most.
const CONNECTIONS: u32 = 5;

/// A database of its own, dropped at the end of the test and kept when the test panics.
pub struct TestDb {
    server: String,
    name: String,
    url: String,
    db: Db,
    clock: Arc<FixedClock>,
}

impl TestDb {
    /// Makes a database with the schema of `migrations`. The clock stands at 2026-07-01 09:00, Shanghai time.
    ///
    /// # Panics
    /// When there is no server or a migration fails; a test can do nothing about it.
    pub async fn new(migrations: &[&[Migration]]) -> Self {
        match Self::make(migrations).await {
            Ok(db) => db,
            Err(error) => panic!("no test database: {error:#}"),
        }
    }

    async fn make(migrations: &[&[Migration]]) -> Result<Self> {
        let server = tokio::task::spawn_blocking(cluster::up).await??;
        let mut admin = template::admin(&server).await?;
        let template = template::ensure(&mut admin, &server, &migrations.concat()).await?;
        let name = format!("t_{}_{}", template::seconds(), &Uuid::new_v4().simple().to_string()[..12]);
        template::clone(&mut admin, &template, &name).await?;
        let url = template::url_of(&server, &name);
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
        let clock = Arc::new(FixedClock::on(day));
        let db = base_db::connect(&url, CONNECTIONS, clock.clone()).await?;
        Ok(Self { server, name, url, db, clock })
    }

    /// Sets the clock to 09:00, Shanghai time, of `day`.
    #[must_use]
    pub fn at(self, day: NaiveDate) -> Self {
        use base_kernel::Clock;
        self.clock.set(FixedClock::on(day).now());
        self
    }

    /// The pool, with the test's clock.
    #[must_use]
    pub fn db(&self) -> Db {
        self.db.clone()
    }

    /// The clock, to move it.
    #[must_use]
    pub fn clock(&self) -> &FixedClock {
        &self.clock
    }

    /// Connection URL of this database.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Begins a business step as `actor`, at the counter.
    ///
    /// # Panics
    /// When no connection comes free.
    pub async fn begin_as(&self, actor: Actor) -> Tx {
        let request = RequestId(Uuid::new_v4());
        let ctx = Ctx { actor, channel: Channel::Window, case: None, request };
        match self.db.begin(ctx).await {
            Ok(tx) => tx,
            Err(error) => panic!("no connection to the test database: {error}"),
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("test database kept for an hour: psql '{}'", self.url);
            return;
        }
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread with a runtime of its own, because the test's runtime can't be waited on from here.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(template::drop(&server, &name))
        })
        .join();
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("test database {} could not be dropped and will be swept in an hour", self.name);
        }
    }
}
