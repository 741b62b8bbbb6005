//! What casework needs to work: catalogue, processes, the slices' functions, the calendar.

use std::sync::{Arc, OnceLock};

use base_kernel::{Calendar, CaseNo, ItemCode};
use base_slice::{CaseInput, Registry};
use engine_document::Documents;
use engine_process::Processes;
use government_item::{Catalogue, Entry};

use crate::error::Error;
use crate::model::CaseFile;

/// Name of the process node whose passing means 受理: from there the main clock runs.
pub(crate) const ACCEPTANCE_NODE: &str = "accept";

/// Casework with everything it needs; cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// Items.
    pub catalogue: Catalogue,
    /// Processes.
    pub processes: Processes,
    /// Effects, checks and sources of all slices; set once all slices are folded.
    pub registry: Arc<OnceLock<Registry>>,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// Result documents.
    pub documents: Documents,
}

impl Desk {
    pub(crate) fn registry(&self) -> Result<&Registry, Error> {
        self.registry.get().ok_or_else(|| Error::Catalogue("slices are not folded yet".into()))
    }

    /// The item version a case runs on.
    pub(crate) fn entry(&self, item: &ItemCode, version: i32) -> Result<Arc<Entry>, Error> {
        let version = u32::try_from(version).unwrap_or(0);
        self.catalogue
            .find(item, version)
            .ok_or_else(|| Error::Catalogue(format!("item {item} version {version} is not in the catalogue")))
    }
}

/// The case as the item's functions see it.
pub(crate) fn input_of(case: &CaseFile, args: serde_json::Map<String, serde_json::Value>) -> CaseInput {
    CaseInput {
        item: case.item.clone(),
        case_no: Some(CaseNo(case.case_no.0.clone())),
        person: case.person.clone(),
        employer: case.employer.clone(),
        form: case.form.clone(),
        computed: case.computed.clone(),
        args,
    }
}
