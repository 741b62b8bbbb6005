//! All slices folded together, looked up by the names that catalogue files use.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{CheckFn, EffectFn, JobFn, Named, Permission, Slice, SourceFn, SubscriberFn, Timer};

/// A catalogue file names something that no slice brings, or two slices bring the same name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MissingPart {
    /// Nobody brings it.
    #[error("{kind} “{name}” is named by {by} but no slice brings it")]
    NotFound {
        /// effect, check, source, job or permission.
        kind: &'static str,
        /// Name.
        name: String,
        /// Who names it.
        by: String,
    },
    /// Two bring it.
    #[error("{kind} “{name}” is brought twice")]
    Twice {
        /// effect, check, source or job.
        kind: &'static str,
        /// Name.
        name: String,
    },
}

/// A receiver of a topic, with the name its receipts carry.
#[derive(Clone)]
pub struct Receiver {
    /// Name of the slice; a second receiver of the same topic in one slice is `<slice>#2`.
    pub name: String,
    /// Function.
    pub run: SubscriberFn,
}

/// Effects, checks, sources, receivers and jobs by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Registry(Arc<Parts>);

#[derive(Default)]
struct Parts {
    effects: BTreeMap<&'static str, EffectFn>,
    checks: BTreeMap<&'static str, CheckFn>,
    sources: BTreeMap<&'static str, SourceFn>,
    jobs: BTreeMap<&'static str, JobFn>,
    subscribers: BTreeMap<&'static str, Vec<SubscriberFn>>,
    receivers: BTreeMap<&'static str, Vec<Receiver>>,
    permissions: Vec<Permission>,
    timers: Vec<Timer>,
}

impl Registry {
    /// Folds slices.
    ///
    /// # Errors
    /// [`MissingPart::Twice`] when a name has two owners.
    pub fn fold(slices: &[Slice]) -> Result<Self, MissingPart> {
        let mut parts = Parts::default();
        for slice in slices {
            put("effect", &mut parts.effects, &slice.effects)?;
            put("check", &mut parts.checks, &slice.checks)?;
            put("source", &mut parts.sources, &slice.sources)?;
            put("job", &mut parts.jobs, &slice.jobs)?;
            for receiver in &slice.subscribers {
                parts.subscribers.entry(receiver.name).or_default().push(receiver.run.clone());
                let known = parts.receivers.entry(receiver.name).or_default();
                let same =
                    known.iter().filter(|other| other.name.split('#').next() == Some(slice.name)).count();
                let name =
                    if same == 0 { slice.name.to_owned() } else { format!("{}#{}", slice.name, same + 1) };
                known.push(Receiver { name, run: receiver.run.clone() });
            }
            parts.permissions.extend_from_slice(slice.permissions);
            parts.timers.extend(slice.timers.iter().cloned());
        }
        Ok(Self(Arc::new(parts)))
    }

    /// The effect `name`, which `by` (a file) asks for.
    ///
    /// # Errors
    /// [`MissingPart::NotFound`].
    pub fn find_effect(&self, name: &str, by: &str) -> Result<EffectFn, MissingPart> {
        self.0.effects.get(name).cloned().ok_or_else(|| missing("effect", name, by))
    }

    /// The check `name`.
    ///
    /// # Errors
    /// [`MissingPart::NotFound`].
    pub fn find_check(&self, name: &str, by: &str) -> Result<CheckFn, MissingPart> {
        self.0.checks.get(name).cloned().ok_or_else(|| missing("check", name, by))
    }

    /// The source `name`.
    ///
    /// # Errors
    /// [`MissingPart::NotFound`].
    pub fn find_source(&self, name: &str, by: &str) -> Result<SourceFn, MissingPart> {
        self.0.sources.get(name).cloned().ok_or_else(|| missing("source", name, by))
    }

    /// Receivers of a topic; may be none.
    #[must_use]
    pub fn subscribers(&self, topic: &str) -> &[SubscriberFn] {
        self.0.subscribers.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Receivers of a topic with their names, for the relay.
    #[must_use]
    pub fn receivers(&self, topic: &str) -> &[Receiver] {
        self.0.receivers.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Jobs by name.
    pub fn jobs(&self) -> impl Iterator<Item = (&'static str, JobFn)> + '_ {
        self.0.jobs.iter().map(|(name, run)| (*name, run.clone()))
    }

    /// Timers.
    #[must_use]
    pub fn timers(&self) -> &[Timer] {
        &self.0.timers
    }

    /// Permissions of all slices.
    #[must_use]
    pub fn permissions(&self) -> &[Permission] {
        &self.0.permissions
    }
}

fn missing(kind: &'static str, name: &str, by: &str) -> MissingPart {
    MissingPart::NotFound { kind, name: name.to_owned(), by: by.to_owned() }
}

fn put<F: Clone>(
    kind: &'static str,
    into: &mut BTreeMap<&'static str, F>,
    parts: &[Named<F>],
) -> Result<(), MissingPart> {
    for part in parts {
        if into.insert(part.name, part.run.clone()).is_some() {
            return Err(MissingPart::Twice { kind, name: part.name.to_owned() });
        }
    }
    Ok(())
}
