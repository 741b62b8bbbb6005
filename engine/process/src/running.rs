//! An instance in hand: events are applied in memory, services are answered, and one statement saves the whole step.

use std::sync::Arc;

use base_db::Tx;
use base_kernel::InstanceId;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::definition::NodeKind;
use crate::{Command, Definition, Event, Instance, ProcessError, StepError, step, store};

/// A service that waits to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCall {
    /// Node.
    pub node: String,
    /// Visit, to be given back.
    pub visit: u32,
    /// Slot that the item binds to an effect.
    pub slot: String,
    /// Whether the slot may be unbound; then answer at once with nothing.
    pub optional: bool,
}

impl ServiceCall {
    /// The answer with results.
    #[must_use]
    pub fn done(&self, variables: Map<String, Value>) -> Event {
        Event::ServiceDone { node: self.node.clone(), visit: self.visit, variables }
    }
}

/// An instance in hand.
///
/// ```ignore
/// let mut running = processes.open(tx, id).await?;
/// let mut commands = running.apply(event, tx.now())?;
/// while let Some(call) = running.next_service() {
///     let values = run_the_bound_effect(tx, &call.slot).await?;
///     commands.extend(running.apply(call.done(values), tx.now())?);
/// }
/// running.save(tx).await?;
/// ```
#[derive(Debug)]
pub struct Running {
    definition: Arc<Definition>,
    instance: Instance,
    business_key: Option<String>,
    row_version: i32,
    events: Vec<Event>,
}

impl Running {
    /// Begins an instance under the id the caller chose; nothing is stored before [`Self::save`].
    ///
    /// # Errors
    /// [`StepError::VariableType`].
    pub fn start(
        definition: Arc<Definition>,
        id: InstanceId,
        business_key: &str,
        variables: Map<String, Value>,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<Command>), StepError> {
        let instance = Instance::new(id, &definition);
        let business_key = Some(business_key.to_owned());
        let mut running = Self { definition, instance, business_key, row_version: 0, events: Vec::new() };
        let commands = running.apply(Event::Start { variables }, now)?;
        Ok((running, commands))
    }

    pub(crate) fn resume(definition: Arc<Definition>, instance: Instance, row_version: i32) -> Self {
        Self { definition, instance, business_key: None, row_version, events: Vec::new() }
    }

    /// Applies one event in memory.
    ///
    /// # Errors
    /// [`StepError`]; the instance is unchanged then.
    pub fn apply(&mut self, mut event: Event, now: DateTime<Utc>) -> Result<Vec<Command>, StepError> {
        // The log keeps what the process works with and no copy of the case's data.
        if let Some(variables) = event.variables_mut() {
            variables.retain(|name, _| self.definition.variables().contains_key(name));
        }
        let done = step(&self.definition, &self.instance, event.clone(), now)?;
        self.instance = done.instance;
        self.events.push(event);
        Ok(done.commands)
    }

    /// The next service to run, none when the instance waits for people or time, or has ended.
    #[must_use]
    pub fn next_service(&self) -> Option<ServiceCall> {
        let (node, visit) = self.instance.waiting_services().next()?;
        match &self.definition.node(node)?.kind {
            NodeKind::Service { slot, optional, .. } => {
                let (node, slot) = (node.to_owned(), slot.clone());
                Some(ServiceCall { node, visit, slot, optional: *optional })
            }
            _ => None,
        }
    }

    /// The instance as it stands.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Its definition.
    #[must_use]
    pub fn definition(&self) -> &Arc<Definition> {
        &self.definition
    }

    /// Saves the state and appends the events: one statement, whatever the number of events.
    ///
    /// # Errors
    /// [`ProcessError::Changed`] or [`ProcessError::NoDefinition`] when the definition was not published with this
    /// content; [`ProcessError::Stale`] when another step came between.
    pub async fn save(&mut self, tx: &mut Tx) -> Result<(), ProcessError> {
        if self.events.is_empty() {
            return Ok(());
        }
        let events = std::mem::take(&mut self.events);
        let count = i32::try_from(events.len()).unwrap_or(i32::MAX);
        match self.business_key.take() {
            Some(key) => store::create(tx, &self.definition, &self.instance, &key, &events).await?,
            None => store::save(tx, &self.instance, self.row_version, &events).await?,
        }
        self.row_version += count;
        Ok(())
    }
}
