//! Start, serve, stop.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use base_db::embedded::{Durability, Listen};
use base_db::{Db, Embedded, EmbeddedConfig, check_server, connect, migrate};
use base_jobs::{Relay, Timers, Worker, WorkerOptions};
use base_kernel::SystemClock;
use base_telemetry::{LogFormat, LogOptions, Metrics, init_logs};
use government_identity::Identity;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::{App, migrations};
use crate::config::Config;
use crate::demo;

/// A database with the schema up to date, and the server behind it when it is ours.
pub(crate) struct Ready {
    pub(crate) db: Db,
    embedded: Option<Embedded>,
}

/// Starts the embedded server unless an outside one is configured, and brings the schema up to date.
///
/// # Errors
/// A Chinese sentence for the operator.
pub(crate) async fn database(config: &Config) -> anyhow::Result<Ready> {
    let (url, embedded) = if config.database.url.is_empty() {
        let settings = EmbeddedConfig {
            data_dir: config.data_dir.join("postgres"),
            binaries_dir: config.database.binaries_dir.clone(),
            listen: Listen::Loopback(Some(config.database.port)),
            durability: Durability::Durable,
        };
        let embedded = Embedded::start(&settings).await?;
        (embedded.url().to_owned(), Some(embedded))
    } else {
        (config.database.url.clone(), None)
    };
    let db = connect(&url, config.database.connections, Arc::new(SystemClock)).await.context("连接数据库")?;
    check_server(&db).await?;
    migrate(&db, &migrations()).await.context("升级数据库结构")?;
    Ok(Ready { db, embedded })
}

impl Ready {
    /// Closes the pool and stops the server if it is ours.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.db.pool().close().await;
        match self.embedded {
            Some(embedded) => Ok(embedded.stop().await?),
            None => Ok(()),
        }
    }
}

/// Logs to standard error from now on.
pub(crate) fn logs(config: &Config) -> anyhow::Result<()> {
    let format = if config.log.format == "json" { LogFormat::Json } else { LogFormat::Text };
    Ok(init_logs(&LogOptions { format, level: config.log.level.clone() })?)
}

/// Serves until a signal; with the demonstration when asked.
///
/// # Errors
/// Whatever keeps the platform from starting.
pub(crate) async fn run(config: &Config, with_demo: bool) -> anyhow::Result<()> {
    logs(config)?;
    let metrics = Metrics::install()?;
    // Taken before anything is started, so that a second start says so at once and disturbs nothing.
    let listener = TcpListener::bind(&config.http.listen).await.with_context(|| {
        format!("地址 {} 已被占用或不可用，请修改配置 http.listen 后重试", config.http.listen)
    })?;
    let ready = database(config).await?;
    let served = serve(config, &ready, listener, metrics, with_demo).await;
    let stopped = ready.stop().await;
    served.and(stopped)
}

async fn serve(
    config: &Config,
    ready: &Ready,
    listener: TcpListener,
    metrics: Metrics,
    with_demo: bool,
) -> anyhow::Result<()> {
    let app = App::build(config, ready.db.clone(), Some(metrics)).await?;
    if config.mode == crate::config::Mode::Production {
        let mut tx = ready.db.begin_system().await?;
        Identity::check_production(&mut tx).await?;
    }
    let stop = CancellationToken::new();
    let mut tasks = background(config, &app, &stop).await?;
    if with_demo {
        greet(config, &demo::run(&app, &config.data_dir).await?)?;
    }
    tracing::info!(listen = config.http.listen, "serving");
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let ending = stop.clone();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        signal().await;
        tracing::info!("stopping: finishing requests at work");
        ending.cancel();
    });
    let result = served.await.context("服务中断");
    stop.cancel();
    let patience =
        tokio::time::timeout(Duration::from_secs(20), async { while tasks.join_next().await.is_some() {} });
    if patience.await.is_err() {
        tracing::warn!("background work did not finish in time; it goes on at the next start");
    }
    result
}

/// Relay, timers and jobs of this node.
async fn background(config: &Config, app: &App, stop: &CancellationToken) -> anyhow::Result<JoinSet<()>> {
    let mut tasks = JoinSet::new();
    if !config.jobs.enabled {
        return Ok(tasks);
    }
    let relay = Relay::new(app.db.clone(), app.registry.clone());
    let ending = stop.clone();
    tasks.spawn(async move { relay.run(ending).await });
    let timers = Timers::new(app.db.clone(), &app.registry)?;
    let ending = stop.clone();
    tasks.spawn(async move { timers.run(ending).await });
    let options = WorkerOptions { concurrency: config.jobs.concurrency, ..WorkerOptions::default() };
    // The first one here, so that a queue that can't be used stops the start.
    let worker = Worker::new(&app.db, &app.registry, &options, stop.clone()).await?;
    tasks.spawn(jobs(worker, app.db.clone(), app.registry.clone(), options, stop.clone()));
    Ok(tasks)
}

/// Runs jobs until the stop. A worker ends for good when the database fails it; then another takes over.
async fn jobs(
    mut worker: Worker,
    db: Db,
    registry: base_slice::Registry,
    options: WorkerOptions,
    stop: CancellationToken,
) {
    loop {
        let ended = worker.run().await;
        if stop.is_cancelled() {
            return;
        }
        tracing::error!(?ended, "job worker ended; starting another");
        worker = loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
            match Worker::new(&db, &registry, &options, stop.clone()).await {
                Ok(next) => break next,
                Err(error) => tracing::warn!(%error, "job worker can't be started; trying again"),
            }
        };
    }
}

/// Sets the demonstration up, tells its story and ends.
///
/// # Errors
/// Whatever a step refuses.
pub(crate) async fn demo(config: &Config) -> anyhow::Result<()> {
    logs(config)?;
    let ready = database(config).await?;
    let told = async {
        let app = App::build(config, ready.db.clone(), None).await?;
        greet(config, &demo::run(&app, &config.data_dir).await?)
    };
    let told = told.await;
    let stopped = ready.stop().await;
    told.and(stopped)
}

fn greet(config: &Config, demo: &demo::Demo) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if let Some(story) = &demo.story {
        writeln!(out, "{story}")?;
    }
    writeln!(out, "演示账号（口令保存在 {}）", config.data_dir.join("demo-passwords.txt").display())?;
    for (login, password, purpose) in &demo.accounts {
        writeln!(out, "  {login:<14} {password}  {purpose}")?;
    }
    writeln!(
        out,
        "\n服务大厅 http://{0}/    经办平台 http://{0}/desk/    接口文档 http://{0}/api/docs",
        config.http.listen
    )?;
    Ok(out.flush()?)
}

/// Ctrl-C, or the signal that a service manager sends.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
