//! One step: an instance, an event, and what follows from it. Pure; the same arguments give the same result.

mod back;
mod handle;
mod moves;
mod tasks;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::{Command, Definition, Event, Instance, State, StepError};

/// The result of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The instance after the step.
    pub instance: Instance,
    /// What the caller has to do, in order.
    pub commands: Vec<Command>,
}

/// Applies one event. The given instance is not changed; on an error nothing happened.
///
/// # Errors
/// [`StepError`] when the event does not fit the state, above all when it was applied before.
pub fn step(
    definition: &Definition,
    instance: &Instance,
    event: Event,
    now: DateTime<Utc>,
) -> Result<Step, StepError> {
    if instance.definition != definition.id || instance.version != definition.version {
        let text = format!("{} v{}", definition.id, definition.version);
        return Err(StepError::Mismatch(text));
    }
    let mut game = Game::new(definition, instance.clone(), now);
    game.handle(event)?;
    Ok(Step { instance: game.at, commands: game.commands })
}

/// A step in progress.
struct Game<'a> {
    def: &'a Definition,
    at: Instance,
    now: DateTime<Utc>,
    commands: Vec<Command>,
    /// Tasks opened in this step come from a send-back.
    sent_back: bool,
}

impl<'a> Game<'a> {
    fn new(def: &'a Definition, at: Instance, now: DateTime<Utc>) -> Self {
        Self { def, at, now, commands: Vec::new(), sent_back: false }
    }

    /// Takes over values of declared variables.
    fn assign(&mut self, values: Map<String, Value>) -> Result<(), StepError> {
        for (name, value) in values {
            let Some(declared) = self.def.variables.get(&name) else { continue };
            if !declared.kind.fits(&value) {
                return Err(StepError::VariableType { name, expected: declared.kind.name() });
            }
            self.at.variables.insert(name, value);
        }
        Ok(())
    }

    /// Refuses unless the instance has begun and not ended.
    fn must_live(&self) -> Result<(), StepError> {
        match &self.at.state {
            State::New => Err(StepError::NotStarted),
            State::Finished { outcome } => Err(StepError::Finished { outcome: outcome.clone() }),
            State::Running | State::Held { .. } => Ok(()),
        }
    }

    /// Refuses while everything waits.
    fn must_run(&self) -> Result<(), StepError> {
        self.must_live()?;
        match self.at.state {
            State::Held { reason } => Err(StepError::OnHold(reason)),
            _ => Ok(()),
        }
    }

    fn running(&self) -> bool {
        self.at.state == State::Running
    }

    fn number(&mut self) -> u32 {
        let number = self.at.next;
        self.at.next += 1;
        number
    }
}
