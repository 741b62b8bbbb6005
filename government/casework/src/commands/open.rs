//! Opening a case.

use base_db::Tx;
use base_jobs::enqueue_event;
use base_kernel::{ActionId, CaseNo, CaseNoParts, Fault, InstanceId, RegionCode};
use engine_process::Running;
use serde_json::{Map, Value, json};

use super::step::Step;
use crate::clock;
use crate::desk::Desk;
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, CaseState, NewCase, Receipt};
use crate::store::{self, Record};

impl Desk {
    /// Opens a case for a submission and carries it to its first wait; an instant item is closed when this returns.
    /// The same submission by the same user again gives the same receipt.
    ///
    /// # Errors
    /// [`Error`]; nothing of the case remains then.
    pub async fn case_open(&self, tx: &mut Tx, new: NewCase) -> Result<Receipt, Error> {
        if let Some((receipt, user)) = store::case_by_submission(tx, new.submission).await? {
            // Somebody else's key is not told apart from an unknown case.
            return if user == tx.actor().user { Ok(receipt) } else { Err(Error::CaseNotFound) };
        }
        let entry = self.entry(&new.item, i32::try_from(new.item_version).unwrap_or(0))?;
        let item = &entry.item;
        let case_no = self.case_number(tx, &new.org_path).await?;
        let now = tx.now();
        let promised = item.limits.promised.as_ref().map(|limit| limit.days);
        let due = match promised {
            Some(days) => clock::due_after(&self.calendar, now, days).map_err(calendar_error)?,
            None => None,
        };
        let definition = self.processes.current(&item.process.id).ok_or_else(|| {
            Error::Catalogue(format!("process {} is not in the catalogue", item.process.id))
        })?;
        let instance: InstanceId = tx.new_id();
        let variables = variables(item.process_variables(&new.form), &new);
        let (running, commands) =
            Running::start(definition, instance, case_no.as_str(), variables, now).map_err(Fault::from)?;
        store::case_insert(tx, &case_no, &new, &item.name, instance, due).await?;
        tx.ctx_mut().case = Some(case_no.clone());
        let case = fresh(tx, &case_no, new, &item.name, instance, due);
        self.record_submission(tx, &case).await?;
        let mut step = Step::new(self, entry, case, running);
        step.carry_out(tx, commands).await?;
        let case = step.save(tx).await?;
        Ok(receipt_of(&case))
    }

    async fn record_submission(&self, tx: &mut Tx, case: &CaseFile) -> Result<(), Error> {
        let record = Record {
            id: tx.new_id::<ActionId>(),
            case_no: &case.case_no,
            task: None,
            node_name: Some("申请"),
            action: ActionKind::Submit,
            opinion: None,
            detail: json!({}),
            state_after: CaseState::Submitted,
        };
        store::action_insert(tx, &record).await?;
        let payload =
            super::close::message(case, &self.entry(&case.item, case.item_version)?.item, "submitted");
        if let Some(payload) = payload {
            enqueue_event(tx, "casework.case_submitted", case.case_no.as_str(), &payload).await?;
        }
        Ok(())
    }

    async fn case_number(&self, tx: &mut Tx, org_path: &str) -> Result<CaseNo, Error> {
        let sequence = store::case_next_sequence(tx).await?;
        let segment = org_path.split('/').nth(1).or(org_path.split('/').next()).unwrap_or("310000");
        let area: RegionCode = segment
            .get(..6)
            .and_then(|area| area.parse().ok())
            .ok_or_else(|| Error::Catalogue(format!("organisation path {org_path} names no area")))?;
        let parts = CaseNoParts {
            area,
            day: tx.today(),
            channel: tx.ctx().channel,
            sequence: u32::try_from(sequence).unwrap_or(1),
        };
        CaseNo::build(parts).map_err(|error| Error::Catalogue(error.to_string()))
    }
}

/// Process variables: what the item gives, and what its rules ask for.
fn variables(mut given: Map<String, Value>, new: &NewCase) -> Map<String, Value> {
    let failed = |severity: &str| new.rules.iter().any(|rule| rule.severity == severity && !rule.passed);
    if failed("escalate") {
        given.insert("escalate".into(), Value::Bool(true));
    }
    if failed("spot") {
        given.insert("spot_check".into(), Value::Bool(true));
    }
    given
}

fn fresh(
    tx: &Tx,
    case_no: &CaseNo,
    new: NewCase,
    item_name: &str,
    instance: InstanceId,
    promised_due: Option<chrono::NaiveDate>,
) -> CaseFile {
    CaseFile {
        case_no: case_no.clone(),
        item: new.item,
        item_version: i32::try_from(new.item_version).unwrap_or(0),
        item_name: item_name.to_owned(),
        state: CaseState::Submitted,
        outcome: None,
        applicant_kind: new.applicant_kind.to_owned(),
        applicant_name: new.applicant_name,
        applicant_user: tx.actor().user,
        person: new.person,
        employer: new.employer,
        org_path: new.org_path,
        channel: i16::from(tx.ctx().channel.code()),
        instance,
        form: new.form,
        materials: new.materials,
        rules: new.rules,
        computed: Map::new(),
        derivation: Vec::new(),
        correction: None,
        submitted_at: tx.now(),
        accepted_at: None,
        closed_at: None,
        promised_due,
        statutory_due: None,
        clock_stopped: None,
    }
}

fn receipt_of(case: &CaseFile) -> Receipt {
    Receipt {
        case_no: case.case_no.0.clone(),
        item_name: case.item_name.clone(),
        submitted_at: case.submitted_at,
        promised_due: case.promised_due,
        state: case.state.word().to_owned(),
        state_name: case.state.name().to_owned(),
    }
}

pub(crate) fn calendar_error(error: base_kernel::CalendarError) -> Error {
    Error::Calendar(error.to_string())
}

impl Desk {
    /// The receipt of an earlier submission by the acting user.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub async fn receipt_of_submission(
        &self,
        tx: &mut Tx,
        submission: uuid::Uuid,
    ) -> Result<Option<Receipt>, Error> {
        let found = store::case_by_submission(tx, submission).await?;
        Ok(found.filter(|(_, user)| *user == tx.actor().user).map(|(receipt, _)| receipt))
    }
}
