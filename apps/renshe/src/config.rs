//! Configuration: defaults in one commented file, overridden by a file and by environment.

use std::path::{Path, PathBuf};

use anyhow::Context;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::{Deserialize, Serialize};

/// The default file, which is also the documentation.
pub(crate) const DEFAULT: &str = include_str!("../config.default.toml");

/// How strict to be at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// Demonstration accounts and generated secrets are allowed.
    Trial,
    /// They are refused.
    Production,
}

/// Everything that can be set. Fields are described in `config.default.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) mode: Mode,
    pub(crate) data_dir: PathBuf,
    pub(crate) http: Http,
    pub(crate) database: Database,
    pub(crate) log: Log,
    pub(crate) catalogue: Catalogue,
    pub(crate) documents: Documents,
    pub(crate) secrets: Secrets,
    pub(crate) jobs: Jobs,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Http {
    pub(crate) listen: String,
    pub(crate) concurrency: usize,
    pub(crate) timeout_seconds: u64,
    pub(crate) secure: bool,
    pub(crate) public_url: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) connections: u32,
    pub(crate) port: u16,
    pub(crate) binaries_dir: PathBuf,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    pub(crate) format: String,
    pub(crate) level: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Catalogue {
    pub(crate) dir: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    pub(crate) fonts_dir: PathBuf,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secrets {
    pub(crate) session_key_file: PathBuf,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jobs {
    pub(crate) enabled: bool,
    pub(crate) concurrency: usize,
}

impl Http {
    /// Address that the QR code of a document leads to, before the code.
    pub(crate) fn verify_base(&self) -> String {
        let base = if self.public_url.is_empty() {
            format!("http://{}", self.listen)
        } else {
            self.public_url.clone()
        };
        format!("{}/verify/", base.trim_end_matches('/'))
    }
}

impl Config {
    /// Reads defaults, then `file` (or `./renshe.toml` when present), then the environment.
    ///
    /// # Errors
    /// Names the setting and where it was set.
    pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Toml::string(DEFAULT));
        match file {
            Some(file) => {
                anyhow::ensure!(file.is_file(), "找不到配置文件 {}", file.display());
                figment = figment.merge(Toml::file(file));
            }
            None => figment = figment.merge(Toml::file("renshe.toml")),
        }
        let environment = Env::prefixed("RENSHE_").ignore(&["database_url", "test_database_url", "config"]);
        let mut config: Self = figment
            .merge(environment.split("__"))
            .extract()
            .context("配置有误，请对照 config.default.toml 修改")?;
        if let Some(url) = Env::var("RENSHE_DATABASE_URL") {
            config.database.url = url;
        }
        Ok(config)
    }

    /// The defaults alone, for tests.
    #[cfg(test)]
    pub(crate) fn defaults() -> anyhow::Result<Self> {
        Ok(Figment::from(Toml::string(DEFAULT)).extract()?)
    }

    /// What is in force, secrets masked, as TOML-like text for people.
    pub(crate) fn printed(&self) -> anyhow::Result<String> {
        let mut shown = self.clone();
        shown.database.url = mask_password(&shown.database.url);
        Ok(serde_json::to_string_pretty(&shown)?)
    }
}

fn mask_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((credentials, place)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = credentials.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:******@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_complete() {
        let config: Result<Config, _> = Figment::from(Toml::string(DEFAULT)).extract();
        assert!(config.is_ok(), "{config:?}");
    }

    #[test]
    fn passwords_are_masked() {
        assert_eq!(mask_password("postgres://u:p@w@h:1/d"), "postgres://u:******@h:1/d");
        assert_eq!(mask_password(""), "");
    }
}
