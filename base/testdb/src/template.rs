//! Templates: one database for each set of migrations, made once and cloned for every test.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use base_db::Migration;
use base_kernel::SystemClock;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

/// Age after which left-over databases and templates are dropped by whoever makes the next template.
const STALE: Duration = Duration::from_secs(3600);
/// Changed when the way templates are made changes.
const EDITION: u32 = 1;

/// A connection to the maintenance database behind `url`.
pub(crate) async fn admin(url: &str) -> Result<PgConnection> {
    let options: PgConnectOptions = url.parse().context("the test database URL can't be read")?;
    options.connect().await.context("the test PostgreSQL can't be reached")
}

/// `url` with another database name.
pub(crate) fn url_of(url: &str, database: &str) -> String {
    let (front, query) = url.split_once('?').map_or((url, ""), |(front, query)| (front, query));
    let host = front.find("://").map_or(0, |at| at + 3);
    let end = front[host..].find('/').map_or(front.len(), |at| host + at);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{}/{database}{mark}{query}", &front[..end])
}

/// Seconds since 1970, kept in names so that sweeping needs no catalogue of its own.
pub(crate) fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Name of the template for `migrations`, made if it is not there.
pub(crate) async fn ensure(admin: &mut PgConnection, url: &str, migrations: &[Migration]) -> Result<String> {
    let name = name_of(migrations);
    if is_ready(admin, &name).await? {
        return Ok(name);
    }
    sqlx::query("SELECT pg_advisory_lock(hashtext($1))").bind(&name).execute(&mut *admin).await?;
    let made = make(admin, url, &name, migrations).await;
    sqlx::query("SELECT pg_advisory_unlock(hashtext($1))").bind(&name).execute(&mut *admin).await?;
    made.map(|()| name)
}

fn name_of(migrations: &[Migration]) -> String {
    let mut ordered: Vec<_> = migrations.iter().map(|m| (m.number, m.name, m.sql)).collect();
    ordered.sort_unstable();
    let mut hasher = DefaultHasher::new();
    (EDITION, ordered).hash(&mut hasher);
    format!("tpl_{:016x}", hasher.finish())
}

/// A template that takes no connections is finished; it is closed last.
async fn is_ready(admin: &mut PgConnection, name: &str) -> Result<bool> {
    let closed: Option<bool> =
        sqlx::query_scalar("SELECT datistemplate AND NOT datallowconn FROM pg_database WHERE datname = $1")
            .bind(name)
            .fetch_optional(admin)
            .await?;
    Ok(closed == Some(true))
}

async fn make(admin: &mut PgConnection, url: &str, name: &str, migrations: &[Migration]) -> Result<()> {
    if is_ready(admin, name).await? {
        return Ok(());
    }
    sweep(admin).await?;
    run(admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    run(admin, format!("CREATE DATABASE {name}")).await?;
    let db = base_db::connect(&url_of(url, name), 1, Arc::new(SystemClock)).await?;
    let migrated = base_db::migrate(&db, migrations).await;
    db.pool().close().await;
    migrated.context("the migrations of this test failed")?;
    run(admin, format!("COMMENT ON DATABASE {name} IS '{}'", seconds())).await?;
    run(admin, format!("ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")).await
}

/// Drops test databases and templates older than [`STALE`]. Several processes may do it at once, so failures to drop
/// do not matter.
async fn sweep(admin: &mut PgConnection) -> Result<()> {
    let rows: Vec<(String, bool, Option<String>)> = sqlx::query_as(
        "SELECT datname::text, datistemplate, shobj_description(oid, 'pg_database') FROM pg_database \
         WHERE datname ~ '^(t_[0-9]+_|tpl_[0-9a-f]{16}$)'",
    )
    .fetch_all(&mut *admin)
    .await?;
    let oldest = seconds().saturating_sub(STALE.as_secs());
    for (name, template, comment) in rows {
        let born = if template { comment } else { name.split('_').nth(1).map(str::to_owned) };
        if born.and_then(|text| text.parse::<u64>().ok()).is_none_or(|born| born > oldest) {
            continue;
        }
        if template && run(admin, format!("ALTER DATABASE {name} IS_TEMPLATE false")).await.is_err() {
            continue;
        }
        let _gone_or_in_use = run(admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    }
    Ok(())
}

/// Clones `template` as `name`.
pub(crate) async fn clone(admin: &mut PgConnection, template: &str, name: &str) -> Result<()> {
    // Copying files beats the default (through the log) by half when nothing is synced.
    run(admin, format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await
}

/// Drops a test database, whoever is still connected.
pub(crate) async fn drop(url: &str, name: &str) -> Result<()> {
    let mut admin = admin(url).await?;
    run(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
    admin.close().await.map_err(Into::into)
}

/// Runs a statement whose names we made ourselves (letters, digits, underscore).
async fn run(admin: &mut PgConnection, sql: String) -> Result<()> {
    admin.execute(AssertSqlSafe(sql)).await.map(|_| ()).map_err(Into::into)
}
