//! Submission: from a draft, or a whole form at once.

use base_db::Tx;
use base_kernel::{DraftId, FieldFault};
use government_casework::{NewCase, Receipt};
use government_item::{Entry, MaterialSource, RuleMoment, form};
use serde_json::{Map, Value, json};
use sm3::{Digest, Sm3};
use uuid::Uuid;

use crate::draft::values;
use crate::error::Error;
use crate::intake::{Applicant, Intake, input};
use crate::model::MaterialFile;
use crate::store;

impl Intake {
    /// Submits a draft. The same draft again gives the same receipt.
    ///
    /// # Errors
    /// [`Error::Fields`] with every fault of form and materials, [`Error::Blocked`] by the first blocking rule.
    pub async fn draft_submit(&self, tx: &mut Tx, id: DraftId) -> Result<Receipt, Error> {
        let draft = store::draft_lock(tx, id).await?;
        let entry = self.entry_of(&draft)?;
        if draft.case_no.is_some() {
            // Received before: casework finds the case by its submission key and hands the same receipt out.
            return self.open_again(tx, id).await;
        }
        self.open_item(tx, draft.item.as_str()).await?;
        let form = values(&draft);
        let applicant = self.applicant_of(tx, &entry, &form).await?.ok_or(Error::PersonNotFound)?;
        let missing = self.missing_materials(tx, &entry, id, &form).await?;
        let materials = self.materials_of(tx, id).await?;
        let receipt = self.submit(tx, &entry, &applicant, form, missing, materials, id.0).await?;
        store::draft_submitted(tx, id, &receipt.case_no).await?;
        Ok(receipt)
    }

    /// Submits a whole form at once, for programs and kiosks. `key` is the caller's idempotency key: the same user
    /// with the same key gets the same receipt.
    ///
    /// # Errors
    /// As [`Intake::draft_submit`].
    pub async fn application_submit(
        &self,
        tx: &mut Tx,
        item_code: &str,
        form: Map<String, Value>,
        key: &str,
    ) -> Result<Receipt, Error> {
        let submission = submission_id(tx, key);
        // Before anything is asked: what was received stays received, whatever the rules say by now. Under a lock,
        // because the first of two equal requests may still be at work.
        store::submission_lock(tx, submission).await?;
        if let Some(receipt) =
            self.desk.receipt_of_submission(tx, submission).await.map_err(base_kernel::Fault::from)?
        {
            return Ok(receipt);
        }
        let entry = self.open_item(tx, item_code).await?;
        let applicant = self.applicant_of(tx, &entry, &form).await?.ok_or(Error::PersonNotFound)?;
        let missing = upload_faults(&entry, &form, |_| false);
        self.submit(tx, &entry, &applicant, form, missing, json!([]), submission).await
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a submission, each from another place")]
    async fn submit(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        applicant: &Applicant,
        mut form: Map<String, Value>,
        missing: Vec<FieldFault>,
        materials: Value,
        submission: Uuid,
    ) -> Result<Receipt, Error> {
        form.extend(self.readonly(tx, entry, applicant, &form).await?);
        let form = match (form::validate(&entry.item, &form, tx.today()), missing) {
            (Ok(form), missing) if missing.is_empty() => form,
            (Ok(_), missing) => return Err(Error::Fields(missing)),
            (Err(mut faults), missing) => {
                faults.extend(missing);
                return Err(Error::Fields(faults));
            }
        };
        let asked = input(entry, applicant, &form, Map::new());
        let answers = self
            .desk
            .answer_rules(tx, &entry.item, RuleMoment::Submit, &asked)
            .await
            .map_err(base_kernel::Fault::from)?;
        if let Some(rule) = answers.blocking() {
            let advice = rule.advice.as_deref().map(|advice| format!("。{advice}")).unwrap_or_default();
            let message = format!("“{}”未通过：{}{advice}", rule.name, rule.detail);
            return Err(Error::Blocked { code: rule.code.clone(), message, fields: answers.fields.clone() });
        }
        let new = NewCase {
            submission,
            item: entry.item.code.clone(),
            item_version: entry.item.version,
            applicant_kind: if applicant.employer.is_some() { "employer" } else { "person" },
            applicant_name: applicant.name.clone(),
            person: applicant.person.clone(),
            employer: applicant.employer.clone(),
            org_path: applicant.org_path.clone(),
            form,
            materials,
            rules: answers.results,
        };
        Ok(self.desk.case_open(tx, new).await.map_err(base_kernel::Fault::from)?)
    }

    async fn open_again(&self, tx: &mut Tx, id: DraftId) -> Result<Receipt, Error> {
        let receipt = self.desk.receipt_of_submission(tx, id.0).await.map_err(base_kernel::Fault::from)?;
        receipt.ok_or(Error::AlreadySubmitted)
    }

    /// Required uploads that are not there.
    pub(crate) async fn missing_materials(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        id: DraftId,
        form: &Map<String, Value>,
    ) -> Result<Vec<FieldFault>, Error> {
        let handed = store::material_list(tx, id).await?;
        Ok(upload_faults(entry, form, |code| handed.iter().any(|(have, _)| have == code)))
    }

    async fn materials_of(&self, tx: &mut Tx, id: DraftId) -> Result<Value, Error> {
        let mut by_code: Vec<(String, Vec<MaterialFile>)> = Vec::new();
        for (code, file) in store::material_list(tx, id).await? {
            match by_code.iter_mut().find(|(have, _)| *have == code) {
                Some((_, files)) => files.push(file),
                None => by_code.push((code, vec![file])),
            }
        }
        Ok(by_code.into_iter().map(|(code, files)| json!({ "code": code, "files": files })).collect())
    }
}

/// Faults for required uploads that `has` does not know. A file field of the form stands for its material.
fn upload_faults(entry: &Entry, form: &Map<String, Value>, has: impl Fn(&str) -> bool) -> Vec<FieldFault> {
    let in_form = form.get("file_id").is_some_and(Value::is_string);
    entry
        .item
        .materials
        .iter()
        .filter(|material| material.required && material.source == MaterialSource::Upload)
        .filter(|material| form::is_shown(material.show_when.as_ref(), form))
        .filter(|material| !has(&material.code) && !in_form)
        .map(|material| FieldFault {
            field: format!("materials.{}", material.code),
            message: format!("请上传{}", material.name),
        })
        .collect()
}

/// A key is only known together with its user, so that nobody meets somebody else's submission.
fn submission_id(tx: &Tx, key: &str) -> Uuid {
    let digest = Sm3::digest(format!("{}\n{key}", tx.actor().user));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
