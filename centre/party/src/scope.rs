//! Whose data a reader may see. There is no finder without one.

use base_kernel::{Actor, ActorKind, EmployerNo, PersonNo};

use crate::PartyError;

/// The part of the registers a reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One's own record.
    Person(PersonNo),
    /// An employer's own record and the people on its staff now.
    Employer(EmployerNo),
    /// Everyone registered at an organisation or below it, by path in the organisation tree.
    Area(String),
    /// Everyone, for a stated reason: jobs, and steps of a case whose access was decided when it was submitted.
    System(&'static str),
}

impl Scope {
    /// The scope of an actor.
    ///
    /// # Errors
    /// [`PartyError::NoScope`] when the account is tied to nothing.
    pub fn of(actor: &Actor) -> Result<Self, PartyError> {
        let scope = match actor.kind {
            ActorKind::System => Some(Self::System("job or timer")),
            ActorKind::Citizen => actor.person.clone().map(Self::Person),
            ActorKind::Employer => actor.employer.clone().map(Self::Employer),
            ActorKind::Staff => actor.scope.clone().map(Self::Area),
        };
        scope.ok_or(PartyError::NoScope)
    }

    /// The three filters of the statements: person, employer, area. All none for the system.
    pub(crate) fn filters(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        match self {
            Self::Person(no) => (Some(no.as_str()), None, None),
            Self::Employer(no) => (None, Some(no.as_str()), None),
            Self::Area(path) => (None, None, Some(path)),
            Self::System(_) => (None, None, None),
        }
    }
}
