//! Wiring: catalogues, slices, registry, router. The one place that knows every slice.

mod applicant;
mod catalogues;
mod router;

use std::sync::{Arc, OnceLock};

use anyhow::Context;
use axum::Router;
use base_db::{Db, Migration};
use base_files::Files;
use base_slice::{Registry, Slice};
use base_telemetry::Metrics;
use centre_policy::PolicyStore;
use engine_document::{DocumentConfig, Documents, Renderer};
use government_access::Access;
use government_casework::Desk;
use government_identity::{Identity, IdentityConfig, SessionKey};
use government_intake::Intake;
use utoipa::openapi::OpenApi;

pub(crate) use catalogues::Catalogues;
#[cfg(test)]
pub(crate) use router::PUBLIC;

use crate::config::{Config, Mode};

/// The platform, folded.
pub(crate) struct App {
    pub(crate) db: Db,
    pub(crate) registry: Registry,
    pub(crate) identity: Identity,
    pub(crate) policy: PolicyStore,
    pub(crate) router: Router,
    pub(crate) openapi: OpenApi,
}

/// The schema of every slice. Known without a database, for `renshe db migrate` and the tests.
pub(crate) fn migrations() -> Vec<Migration> {
    [
        base_jobs::MIGRATIONS,
        base_files::MIGRATIONS,
        engine_ledger::MIGRATIONS,
        engine_process::MIGRATIONS,
        engine_document::MIGRATIONS,
        centre_party::MIGRATIONS,
        centre_policy::MIGRATIONS,
        centre_fund::MIGRATIONS,
        centre_contribution::MIGRATIONS,
        centre_enrolment::MIGRATIONS,
        centre_benefit::MIGRATIONS,
        centre_message::MIGRATIONS,
        centre_archive::MIGRATIONS,
        government_access::MIGRATIONS,
        government_identity::MIGRATIONS,
        government_item::MIGRATIONS,
        government_dispatch::MIGRATIONS,
        government_casework::MIGRATIONS,
        government_intake::MIGRATIONS,
    ]
    .concat()
}

/// The slices with what they share.
struct Parts {
    slices: Vec<Slice>,
    folded: Registry,
    registry: Arc<OnceLock<Registry>>,
    identity: Identity,
    access: Access,
    documents: Documents,
}

impl App {
    /// Folds everything over a migrated database and checks that every name a catalogue file uses has an owner.
    ///
    /// # Errors
    /// Names what is missing or contradictory; the process must not go on then.
    pub(crate) async fn build(config: &Config, db: Db, metrics: Option<Metrics>) -> anyhow::Result<Self> {
        let mut catalogues = Catalogues::load(config)?;
        catalogues.publish(&db).await?;
        let mode = match config.mode {
            Mode::Trial => government_identity::Mode::Trial,
            Mode::Production => government_identity::Mode::Production,
        };
        let key = SessionKey::read(&config.secrets.session_key_file, mode).context("会话密钥")?;
        let policy = catalogues.policy_store(&db).await?;
        let parts = parts(config, &db, &catalogues, policy.clone(), key)?;
        parts.access.attach(&parts.folded)?;
        catalogues.check(&parts.folded, &parts.documents)?;
        parts.registry.set(parts.folded.clone()).map_err(|_| anyhow::anyhow!("slices folded twice"))?;
        let (router, openapi) = router::router(config, &db, &parts.identity, parts.slices, metrics)?;
        Ok(Self { db, registry: parts.folded, identity: parts.identity, policy, router, openapi })
    }
}

/// What is wrong with the catalogue, one line each; needs no database.
///
/// # Errors
/// The catalogue can't be read at all.
pub(crate) fn findings(config: &Config, catalogues: &Catalogues) -> anyhow::Result<Vec<String>> {
    // Never connected to: the slices are only asked for the names they bring.
    let pool = sqlx::postgres::PgPoolOptions::new().connect_lazy("postgres://nobody@127.0.0.1/none")?;
    let db = Db::new(pool, Arc::new(base_kernel::SystemClock));
    let policy = PolicyStore::of_catalogue(catalogues.policy.clone());
    let parts = parts(config, &db, catalogues, policy, SessionKey::random()?)?;
    let mut findings = catalogues.findings(&parts.folded, &parts.documents);
    if let Err(error) = parts.access.attach(&parts.folded) {
        findings.push(error.to_string());
    }
    Ok(findings)
}

fn parts(
    config: &Config,
    db: &Db,
    catalogues: &Catalogues,
    policy: PolicyStore,
    key: SessionKey,
) -> anyhow::Result<Parts> {
    let access = Access::new(catalogues.roles.clone());
    let settings = IdentityConfig { secure_cookie: config.http.secure, ..IdentityConfig::default() };
    let identity = Identity::new(db.clone(), access.clone(), key, settings)?;
    let files = Files::local(&config.data_dir.join("files")).context("文件库")?;
    let documents = documents(config, catalogues, &files)?;
    let registry = Arc::new(OnceLock::new());
    let desk = Desk {
        catalogue: catalogues.items.clone(),
        processes: catalogues.processes.clone(),
        registry: Arc::clone(&registry),
        calendar: Arc::clone(&catalogues.calendar),
        documents: documents.clone(),
    };
    let intake = Intake {
        desk: desk.clone(),
        files: files.clone(),
        applicant: applicant::applicant(),
        open: applicant::open(),
    };
    let slices = vec![
        base_jobs::slice(),
        base_files::slice(&files),
        engine_document::slice(db, &documents, router::may_read_document(desk.clone())),
        centre_party::slice(),
        centre_policy::slice(db.clone(), policy.clone()),
        centre_fund::slice(db.clone(), policy.clone()),
        centre_contribution::slice(db.clone(), policy.clone()),
        centre_enrolment::slice(
            db.clone(),
            centre_enrolment::Deps { files: files.clone(), policy: policy.clone() },
        ),
        centre_benefit::slice(db.clone(), policy),
        centre_message::slice(db, &catalogues.messages),
        centre_archive::slice(db, &catalogues.retention, &documents),
        government_access::slice(db.clone(), access.clone()),
        government_identity::slice(identity.clone()),
        government_item::slice(
            db.clone(),
            catalogues.items.clone(),
            catalogues.processes.clone(),
            catalogues.role_names(),
        ),
        government_dispatch::slice(),
        government_casework::slice(db.clone(), desk.clone()),
        government_intake::slice(db.clone(), intake),
    ];
    let folded = Registry::fold(&slices)?;
    Ok(Parts { slices, folded, registry, identity, access, documents })
}

fn documents(config: &Config, catalogues: &Catalogues, files: &Files) -> anyhow::Result<Documents> {
    let renderer = Renderer::new(&config.documents.fonts_dir, &catalogues.folder.join("templates"))
        .context("文书字体与模板")?;
    let settings = DocumentConfig { verify_base: config.http.verify_base(), parallel: 2 };
    Ok(Documents::new(Arc::new(renderer), files.clone(), settings))
}
