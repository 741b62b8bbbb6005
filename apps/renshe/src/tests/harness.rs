//! A platform of its own for a test: database, folder, demonstration people.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base_jobs::Relay;
use base_testdb::TestDb;
use chrono::NaiveDate;
use serde_json::Value;

use crate::app::{App, migrations};
use crate::config::Config;
use crate::demo::{self, client::Client};

/// The platform on 24 November 2026 with the demonstration carried out.
pub(super) struct Platform {
    pub(super) app: App,
    /// Kept so that the database lives as long as the platform.
    _db: TestDb,
    pub(super) story: String,
    passwords: BTreeMap<String, String>,
    folder: PathBuf,
}

impl Platform {
    pub(super) async fn new() -> Self {
        let db = TestDb::new(&[&migrations()]).await.at(NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
        let folder = std::env::temp_dir().join(format!("renshe-test-{}", uuid::Uuid::new_v4()));
        let config = config(&folder);
        let app = App::build(&config, db.db(), None).await.unwrap();
        let demo = demo::run(&app, &config.data_dir).await.unwrap();
        let passwords = demo.accounts.into_iter().map(|(login, password, _)| (login, password)).collect();
        Self { app, _db: db, story: demo.story.unwrap_or_default(), passwords, folder }
    }

    pub(super) async fn sign_in(&self, login: &str) -> Client {
        Client::sign_in(&self.app.router, login, self.password(login)).await.unwrap()
    }

    pub(super) fn password(&self, login: &str) -> &str {
        &self.passwords[login]
    }

    /// Delivers everything that waits in the outbox.
    pub(super) async fn deliver(&self) -> usize {
        Relay::new(self.app.db.clone(), self.app.registry.clone()).drain().await.unwrap()
    }

    /// The one case the demonstration carried.
    pub(super) async fn demo_case(&self) -> Value {
        let operator = self.sign_in("qianjingban").await;
        let cases = operator.get("/cases").await.unwrap();
        let number = cases["rows"][0]["case_no"].as_str().unwrap().to_owned();
        operator.get(&format!("/cases/{number}")).await.unwrap()
    }

    /// Personal number of a demonstration person, from their own page.
    pub(super) async fn person_no(&self, login: &str) -> String {
        let me = self.sign_in(login).await.get("/session").await.unwrap();
        me["person_no"].as_str().unwrap().to_owned()
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        // Left behind it would only fill the disk; there is nobody to tell.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Configuration of a test: everything below `folder`, catalogue and fonts of the checkout.
pub(super) fn config(folder: &Path) -> Config {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut config = Config::defaults().unwrap();
    config.data_dir = folder.to_owned();
    config.secrets.session_key_file = folder.join("session.key");
    config.documents.fonts_dir = root.join("tools/fonts/node_modules");
    config.catalogue.dir = root.join("catalogue").display().to_string();
    std::fs::create_dir_all(folder).unwrap();
    config
}
