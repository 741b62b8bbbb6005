//! The parameters in force, shared by all who compute.

use std::sync::{Arc, PoisonError, RwLock};

use base_db::{Db, Tx};
use base_kernel::{Calendar, Ctx, RequestId};
use engine_decision::{Origin, Parameter, ParameterSet, Status, Value};
use uuid::Uuid;

use crate::{Catalogue, DeskRow, Error, RowStatus, store};

/// Shipped parameters merged with the released rows of the desk, replaced as a whole. Cheap to clone.
#[derive(Clone)]
pub struct PolicyStore(Arc<Inner>);

struct Inner {
    shipped: Catalogue,
    /// The merged set with the number of released rows it holds.
    current: RwLock<(i64, ParameterSet)>,
}

impl PolicyStore {
    /// The catalogue alone, without a desk: for the command line and for tests of rules.
    #[must_use]
    pub fn of_catalogue(shipped: Catalogue) -> Self {
        let current = RwLock::new((0, shipped.parameters.clone()));
        Self(Arc::new(Inner { shipped, current }))
    }

    /// Merges the released rows onto the catalogue, at start-up. The process must not run on an error.
    ///
    /// # Errors
    /// [`Error::Merge`] when a shipped value contradicts a released row, [`Error::Db`].
    pub async fn open(shipped: Catalogue, db: &Db) -> Result<Self, Error> {
        let store = Self::of_catalogue(shipped);
        let mut tx = db.begin(Ctx::system(RequestId(Uuid::nil()))).await?;
        store.reload(&mut tx).await?;
        Ok(store)
    }

    /// The parameters in force. Take it once for one computation, so that all its figures rest on one set.
    #[must_use]
    pub fn current(&self) -> ParameterSet {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// The working-day calendar.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.0.shipped.calendar
    }

    /// Reads the released rows anew when another node released one since; every node calls this every few seconds.
    /// Tells whether anything changed.
    ///
    /// # Errors
    /// As [`PolicyStore::open`]; the set in force then stays.
    pub async fn refresh(&self, db: &Db) -> Result<bool, Error> {
        let mut tx = db.begin(Ctx::system(RequestId(Uuid::nil()))).await?;
        let held = self.0.current.read().unwrap_or_else(PoisonError::into_inner).0;
        if store::released_count(&mut tx).await? == held {
            return Ok(false);
        }
        self.reload(&mut tx).await?;
        Ok(true)
    }

    pub(crate) async fn reload(&self, tx: &mut Tx) -> Result<(), Error> {
        let (count, merged) = self.merged(tx).await?;
        let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
        // A slower reader of an older state must not undo a newer one.
        if count >= current.0 {
            *current = (count, merged);
        }
        Ok(())
    }

    /// The set as it would be with the released rows that `tx` sees.
    pub(crate) async fn merged(&self, tx: &mut Tx) -> Result<(i64, ParameterSet), Error> {
        let rows = store::row_list(tx, None, Some(RowStatus::Released)).await?;
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let parameters = rows.iter().map(|row| self.parameter(row)).collect::<Result<Vec<_>, _>>()?;
        Ok((count, self.0.shipped.parameters.with_desk_rows(parameters)?))
    }

    /// A desk row as a parameter row.
    pub(crate) fn parameter(&self, row: &DeskRow) -> Result<Parameter, Error> {
        let proposal = &row.proposal;
        let unknown = || engine_decision::MergeError::UnknownKey { key: proposal.key.clone() };
        let definition = self.0.shipped.parameters.definition(&proposal.key).ok_or_else(unknown)?;
        let value = Value::read(definition.kind, &proposal.value)
            .map_err(|message| Error::Field { field: "value", message })?;
        Ok(Parameter {
            key: proposal.key.clone(),
            name: definition.name.clone(),
            region: proposal.region,
            value,
            unit: definition.unit.clone(),
            effective_from: proposal.from,
            effective_to: proposal.to,
            doc_no: Some(proposal.doc_no.clone()),
            doc_expiry: proposal.doc_expiry,
            basis: proposal.basis.clone(),
            status: Status::Confirmed,
            note: proposal.note.clone(),
            origin: Origin::Desk,
        })
    }
}
