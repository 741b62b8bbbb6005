//! What a slice hands to the application: routes, migrations, effects, checks, sources, jobs, subscribers.
//!
//! Every slice has `pub fn slice(deps…) -> Slice`; `apps/renshe` lists the slices and folds them. There is no
//! registration by macro and no container: "go to definition" always works. Catalogue files name effects, checks,
//! sources and subscribers; the application refuses to start when a name has no owner ([`Registry::find_effect`] …).

mod case_input;
mod registry;

use std::pin::Pin;
use std::sync::Arc;

use base_db::{Migration, Tx};
use base_kernel::Fault;
use serde_json::{Map, Value};
use utoipa_axum::router::OpenApiRouter;

pub use case_input::{CaseInput, CheckOutcome, Computed};
pub use registry::{MissingPart, Receiver, Registry};

/// A future that borrows the transaction.
pub type Step<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// Changes business state when a process reaches its service node or its decision. Runs inside the step's
/// transaction; idempotent by `case_no` and its own name.
pub type EffectFn = Arc<dyn for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, Computed> + Send + Sync>;

/// Answers one rule of an item with the facts it looked at. Reads only.
pub type CheckFn = Arc<dyn for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, CheckOutcome> + Send + Sync>;

/// Supplies read-only (★) and prefilled fields of a form. Reads only.
pub type SourceFn =
    Arc<dyn for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, Map<String, Value>> + Send + Sync>;

/// Receives one outbox event inside the relay's transaction; idempotent by the event's key.
pub type SubscriberFn = Arc<dyn for<'a> Fn(&'a mut Tx, &'a Event) -> Step<'a, ()> + Send + Sync>;

/// Runs one background job by its payload; idempotent by the payload.
pub type JobFn =
    Arc<dyn Fn(base_db::Db, Value) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>> + Send + Sync>;

/// An outbox event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Topic, for example `casework.case_closed`.
    pub topic: String,
    /// Key by which a receiver recognises a repetition.
    pub key: String,
    /// Content.
    pub payload: Value,
}

/// A name with what it does.
#[derive(Clone)]
pub struct Named<F> {
    /// Name used in catalogue files, `<slice>.<verb_or_noun>`.
    pub name: &'static str,
    /// Function.
    pub run: F,
}

/// A job run on a timer.
#[derive(Debug, Clone)]
pub struct Timer {
    /// Name of the job it starts.
    pub job: &'static str,
    /// Crontab line, five fields, Shanghai time.
    pub crontab: &'static str,
}

/// A permission that a role can give.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// For example `casework.task.act`.
    pub code: &'static str,
    /// Chinese name for the administrator.
    pub name: &'static str,
}

/// Everything one slice brings.
#[derive(Default)]
pub struct Slice {
    /// Name of the crate, for example `centre-benefit`.
    pub name: &'static str,
    /// HTTP face; state already bound.
    pub routes: OpenApiRouter,
    /// Schema files.
    pub migrations: &'static [Migration],
    /// Permissions its routes and commands ask for.
    pub permissions: &'static [Permission],
    /// Effects by name.
    pub effects: Vec<Named<EffectFn>>,
    /// Checks by name.
    pub checks: Vec<Named<CheckFn>>,
    /// Sources by name.
    pub sources: Vec<Named<SourceFn>>,
    /// Event receivers; `name` is the topic.
    pub subscribers: Vec<Named<SubscriberFn>>,
    /// Background jobs.
    pub jobs: Vec<Named<JobFn>>,
    /// Timers that start jobs.
    pub timers: Vec<Timer>,
}

/// Wraps a function as an effect.
pub fn effect<F>(name: &'static str, run: F) -> Named<EffectFn>
where
    F: for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, Computed> + Send + Sync + 'static,
{
    Named { name, run: Arc::new(run) }
}

/// Wraps a function as a check.
pub fn check<F>(name: &'static str, run: F) -> Named<CheckFn>
where
    F: for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, CheckOutcome> + Send + Sync + 'static,
{
    Named { name, run: Arc::new(run) }
}

/// Wraps a function as a source.
pub fn source<F>(name: &'static str, run: F) -> Named<SourceFn>
where
    F: for<'a> Fn(&'a mut Tx, &'a CaseInput) -> Step<'a, Map<String, Value>> + Send + Sync + 'static,
{
    Named { name, run: Arc::new(run) }
}

/// Wraps a function as a receiver of `topic`.
pub fn subscriber<F>(topic: &'static str, run: F) -> Named<SubscriberFn>
where
    F: for<'a> Fn(&'a mut Tx, &'a Event) -> Step<'a, ()> + Send + Sync + 'static,
{
    Named { name: topic, run: Arc::new(run) }
}
