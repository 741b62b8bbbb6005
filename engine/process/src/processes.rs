//! The definitions a program knows, and the persistent part: one lock and read, one write for a step of any length.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use base_db::Tx;
use base_kernel::InstanceId;
use serde_json::{Map, Value};

use crate::{Command, Definition, Event, Instance, ProcessError, Running, store};

/// Definitions by id and version; cheap to clone. Running instances keep the version they began with: versions that
/// the files no longer hold are read from the database when an instance asks for them.
#[derive(Debug, Clone, Default)]
pub struct Processes(Arc<RwLock<Known>>);

#[derive(Debug, Default)]
struct Known {
    by_version: HashMap<(String, u32), Arc<Definition>>,
    current: HashMap<String, Arc<Definition>>,
}

impl Processes {
    /// Joins the definitions of the files in force.
    #[must_use]
    pub fn new(definitions: impl IntoIterator<Item = Definition>) -> Self {
        let mut known = Known::default();
        for definition in definitions {
            let definition = Arc::new(definition);
            let key = (definition.id().to_owned(), definition.version());
            known.by_version.insert(key, Arc::clone(&definition));
            known.current.insert(definition.id().to_owned(), definition);
        }
        Self(Arc::new(RwLock::new(known)))
    }

    /// The definition in force under `id`.
    #[must_use]
    pub fn current(&self, id: &str) -> Option<Arc<Definition>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).current.get(id).cloned()
    }

    /// All definitions in force, in the order of their ids.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Definition>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = known.current.values().cloned().collect();
        all.sort_by(|a, b| a.id().cmp(b.id()));
        all
    }

    /// Stores the definitions in force, once at start-up.
    ///
    /// # Errors
    /// [`ProcessError::Changed`] when a version was published before with other content: a changed definition needs
    /// a new version number, because running cases rely on the old one.
    pub async fn publish(&self, tx: &mut Tx) -> Result<(), ProcessError> {
        for definition in self.all() {
            store::publish(tx, &definition).await?;
        }
        Ok(())
    }

    /// A definition by version, from memory or else from the database.
    ///
    /// # Errors
    /// [`ProcessError::NoDefinition`].
    pub async fn version(
        &self,
        tx: &mut Tx,
        id: &str,
        version: u32,
    ) -> Result<Arc<Definition>, ProcessError> {
        let key = (id.to_owned(), version);
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner).by_version.get(&key).cloned();
        if let Some(definition) = held {
            return Ok(definition);
        }
        let content = store::definition(tx, id, version).await?;
        let definition = Arc::new(Definition::from_content(&content)?);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.by_version.insert(key, Arc::clone(&definition));
        Ok(definition)
    }

    /// Locks and reads an instance for a step: one statement.
    ///
    /// # Errors
    /// [`ProcessError::NoInstance`].
    pub async fn open(&self, tx: &mut Tx, id: InstanceId) -> Result<Running, ProcessError> {
        let (instance, row_version) = store::lock(tx, id).await?;
        let definition = self.version(tx, &instance.definition, instance.version).await?;
        Ok(Running::resume(definition, instance, row_version))
    }

    /// Reads an instance without locking it.
    ///
    /// # Errors
    /// [`ProcessError::NoInstance`].
    pub async fn instance(&self, tx: &mut Tx, id: InstanceId) -> Result<Instance, ProcessError> {
        store::read(tx, id).await
    }

    /// Starts an instance of the definition in force and saves it. When services are to run in the same step, use
    /// [`Running::start`] instead.
    ///
    /// # Errors
    /// [`ProcessError`].
    pub async fn start(
        &self,
        tx: &mut Tx,
        definition: &str,
        business_key: &str,
        variables: Map<String, Value>,
    ) -> Result<(InstanceId, Vec<Command>), ProcessError> {
        let missing = || ProcessError::NoDefinition { id: definition.to_owned(), version: 0 };
        let definition = self.current(definition).ok_or_else(missing)?;
        let id = tx.new_id();
        let (mut running, commands) = Running::start(definition, id, business_key, variables, tx.now())?;
        running.save(tx).await?;
        Ok((id, commands))
    }

    /// Applies one event and saves: two statements. When services are to run in the same step, use [`Self::open`],
    /// [`Running::apply`] and [`Running::save`] instead.
    ///
    /// # Errors
    /// [`ProcessError`].
    pub async fn apply(
        &self,
        tx: &mut Tx,
        id: InstanceId,
        event: Event,
    ) -> Result<Vec<Command>, ProcessError> {
        let mut running = self.open(tx, id).await?;
        let commands = running.apply(event, tx.now())?;
        running.save(tx).await?;
        Ok(commands)
    }
}
