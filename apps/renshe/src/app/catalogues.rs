//! The catalogue: read, checked, published.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use base_db::Db;
use base_kernel::Calendar;
use base_slice::Registry;
use centre_archive::Retention;
use centre_message::Templates;
use centre_policy::PolicyStore;
use engine_document::Documents;
use engine_process::Processes;
use government_access::{Organisation, Roles, load_organisations, parse_organisations};
use government_item::{Catalogue, Codes};
use rust_embed::RustEmbed;

use crate::config::Config;

/// The catalogue inside the binary, for the parts that are read from a folder.
#[derive(RustEmbed)]
#[folder = "../../catalogue"]
struct Shipped;

/// Everything that is data.
#[derive(Clone)]
pub(crate) struct Catalogues {
    pub(crate) folder: PathBuf,
    pub(crate) items: Catalogue,
    pub(crate) processes: Processes,
    pub(crate) policy: centre_policy::Catalogue,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) messages: Templates,
    pub(crate) retention: Retention,
    pub(crate) roles: Roles,
    pub(crate) organisations: Vec<Organisation>,
}

impl Catalogues {
    /// Reads the catalogue of the configuration, or the one inside the binary.
    ///
    /// # Errors
    /// Names the file and the place in it.
    pub(crate) fn load(config: &Config) -> anyhow::Result<Self> {
        let folder = match config.catalogue.dir.as_str() {
            "" => unpack(&config.data_dir)?,
            dir => PathBuf::from(dir),
        };
        ensure!(folder.is_dir(), "找不到目录文件夹 {}，请检查配置 catalogue.dir", folder.display());
        let read = |name: &str| {
            std::fs::read_to_string(folder.join(name))
                .with_context(|| format!("读取 {}/{name}", folder.display()))
        };
        let policy = centre_policy::Catalogue::from_folder(&folder)?;
        Ok(Self {
            items: Catalogue::from_folder(&folder.join("items"), Codes::from_folder(&folder.join("codes"))?)?,
            retention: Retention::read(&folder.join("archive/retention.yaml"))?,
            processes: government_item::processes_from_folder(&folder.join("processes"))?,
            calendar: Arc::new(policy.calendar.clone()),
            policy,
            messages: Templates::read(&folder.join("templates/messages"))?,
            roles: Roles::parse(&read("roles.yaml")?)?,
            organisations: parse_organisations(&read("organisations.yaml")?)?,
            folder,
        })
    }

    /// Records in the database what running cases will rely on: processes, items, organisations.
    ///
    /// # Errors
    /// A version that was published before with other content.
    pub(crate) async fn publish(&mut self, db: &Db) -> anyhow::Result<()> {
        let mut tx = db.begin_system().await?;
        self.processes.publish(&mut tx).await?;
        // From here on the items include the versions that only running cases still need.
        self.items = self.items.publish(&mut tx).await?;
        load_organisations(&mut tx, &self.organisations).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Chinese names of the roles, by code.
    pub(crate) fn role_names(&self) -> BTreeMap<String, String> {
        self.roles.iter().map(|role| (role.code.clone(), role.name.clone())).collect()
    }

    /// Parameters of the catalogue with the rows released at the desk.
    ///
    /// # Errors
    /// A shipped value that contradicts a released one.
    pub(crate) async fn policy_store(&self, db: &Db) -> anyhow::Result<PolicyStore> {
        Ok(PolicyStore::open(self.policy.clone(), db).await?)
    }

    /// Every name that a file uses has an owner; the start fails with everything that has none.
    ///
    /// # Errors
    /// One line a finding.
    pub(crate) fn check(&self, registry: &Registry, documents: &Documents) -> anyhow::Result<()> {
        let findings = self.findings(registry, documents);
        ensure!(findings.is_empty(), "目录检查未通过：\n{}", findings.join("\n"));
        Ok(())
    }

    /// What is wrong with the catalogue, one line each.
    pub(crate) fn findings(&self, registry: &Registry, documents: &Documents) -> Vec<String> {
        let papers: Vec<&str> = documents.renderer().templates().collect();
        let messages: Vec<&str> = self.messages.names().collect();
        let templates = government_item::Templates { documents: &papers, messages: &messages };
        let findings = government_item::check(&self.items, registry, &self.processes, templates);
        findings.iter().map(ToString::to_string).collect()
    }
}

/// Writes the catalogue inside the binary under the data folder, anew at every start, so that what is read is what
/// was shipped.
fn unpack(data_dir: &Path) -> anyhow::Result<PathBuf> {
    let folder = data_dir.join("catalogue");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("清理 {}", folder.display()))?;
    }
    for name in Shipped::iter() {
        let Some(file) = Shipped::get(&name) else { continue };
        let path = folder.join(name.as_ref());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, &file.data).with_context(|| format!("写入 {}", path.display()))?;
    }
    Ok(folder)
}
