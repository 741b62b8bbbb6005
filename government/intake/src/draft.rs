//! Drafts: begin, save field by field, prefill, check.

use base_db::Tx;
use base_kernel::{DraftId, FieldFault};
use government_casework::RuleResult;
use government_item::{Entry, RuleMoment, form};
use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::error::Error;
use crate::intake::{Intake, input};
use crate::model::{Draft, DraftField, Origin};
use crate::store;

/// Open drafts a user may have.
const DRAFTS_MAX: i64 = 50;
/// Bytes of all fields of a draft together.
const FIELDS_MAX: usize = 64 * 1024;

/// What saving fields led to.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Draft after.
    pub draft: Draft,
    /// What is wrong so far; the fields are saved all the same.
    pub faults: Vec<FieldFault>,
}

impl Intake {
    /// Begins a draft and fills in what the system knows.
    ///
    /// # Errors
    /// [`Error::ItemNotAvailable`], [`Error::NotForYou`], [`Error::TooManyDrafts`].
    pub async fn draft_create(&self, tx: &mut Tx, item_code: &str) -> Result<Draft, Error> {
        let entry = self.open_item(tx, item_code).await?;
        if store::draft_count(tx).await? >= DRAFTS_MAX {
            return Err(Error::TooManyDrafts);
        }
        let mut draft = Draft {
            id: tx.new_id::<DraftId>(),
            user: tx.actor().user,
            item: entry.item.code.clone(),
            item_version: i32::try_from(entry.item.version).unwrap_or(i32::MAX),
            person: None,
            employer: tx.actor().employer.clone(),
            fields: IndexMap::new(),
            revision: 0,
            case_no: None,
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        self.fill_in(tx, &entry, &mut draft).await?;
        store::draft_insert(tx, &draft).await?;
        Ok(draft)
    }

    /// Fills in anew what the system knows; typed values stay, the difference is kept beside them.
    ///
    /// # Errors
    /// [`Error::DraftNotFound`], [`Error::AlreadySubmitted`].
    pub async fn draft_prefill(&self, tx: &mut Tx, id: DraftId) -> Result<Draft, Error> {
        let mut draft = self.open_draft(tx, id).await?;
        let entry = self.entry_of(&draft)?;
        self.fill_in(tx, &entry, &mut draft).await?;
        draft.revision = store::draft_save(tx, &draft).await?;
        Ok(draft)
    }

    /// Saves fields as typed, valid or not; a null takes a field away.
    ///
    /// # Errors
    /// [`Error::Fields`] only for keys the form does not have, values the system fills in, or a draft grown too large.
    pub async fn draft_patch(
        &self,
        tx: &mut Tx,
        id: DraftId,
        changes: &Map<String, Value>,
    ) -> Result<Saved, Error> {
        let mut draft = self.open_draft(tx, id).await?;
        let entry = self.entry_of(&draft)?;
        refuse_strangers(&entry, changes)?;
        for (key, value) in changes {
            put_typed(&mut draft.fields, key, value);
        }
        let size = serde_json::to_string(&draft.fields).map_or(usize::MAX, |text| text.len());
        if size > FIELDS_MAX {
            let message = "填写的内容过多，请精简后再保存".to_owned();
            let field = changes.keys().next().cloned().unwrap_or_default();
            return Err(Error::Fields(vec![FieldFault { field, message }]));
        }
        if changes.contains_key("person_no") {
            self.fill_in(tx, &entry, &mut draft).await?;
        }
        draft.revision = store::draft_save(tx, &draft).await?;
        let faults = form::validate_partial(&entry.item, &values(&draft), tx.today());
        let faults = faults.into_iter().filter(|fault| changes.contains_key(&fault.field)).collect();
        Ok(Saved { draft, faults })
    }

    /// Everything that stands between the draft and its submission.
    ///
    /// # Errors
    /// [`Error::DraftNotFound`], [`Error::AlreadySubmitted`].
    pub async fn draft_check(
        &self,
        tx: &mut Tx,
        id: DraftId,
    ) -> Result<(Vec<FieldFault>, Vec<RuleResult>), Error> {
        let draft = self.open_draft(tx, id).await?;
        let entry = self.entry_of(&draft)?;
        let Some(applicant) = self.applicant_of(tx, &entry, &values(&draft)).await? else {
            return Ok((self.faults_of(tx, &entry, &draft, &values(&draft)).await?, Vec::new()));
        };
        let mut form = values(&draft);
        form.extend(self.readonly(tx, &entry, &applicant, &form).await?);
        let faults = self.faults_of(tx, &entry, &draft, &form).await?;
        let answers = self
            .desk
            .answer_rules(tx, &entry.item, RuleMoment::Submit, &input(&entry, &applicant, &form, Map::new()))
            .await
            .map_err(base_kernel::Fault::from)?;
        Ok((faults, answers.results))
    }

    async fn faults_of(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        draft: &Draft,
        form: &Map<String, Value>,
    ) -> Result<Vec<FieldFault>, Error> {
        let mut faults = form::validate(&entry.item, form, tx.today()).err().unwrap_or_default();
        faults.extend(self.missing_materials(tx, entry, draft.id, form).await?);
        Ok(faults)
    }

    /// The draft of the acting user, held, while it is open.
    pub(crate) async fn open_draft(&self, tx: &mut Tx, id: DraftId) -> Result<Draft, Error> {
        let draft = store::draft_lock(tx, id).await?;
        if draft.case_no.is_some() { Err(Error::AlreadySubmitted) } else { Ok(draft) }
    }

    /// The item version a draft began with.
    pub(crate) fn entry_of(&self, draft: &Draft) -> Result<std::sync::Arc<Entry>, Error> {
        let version = u32::try_from(draft.item_version).unwrap_or(0);
        self.desk
            .catalogue
            .find(&draft.item, version)
            .ok_or_else(|| Error::ItemNotAvailable(draft.item.0.clone()))
    }

    async fn fill_in(&self, tx: &mut Tx, entry: &Entry, draft: &mut Draft) -> Result<(), Error> {
        let form = values(draft);
        let Some(applicant) = self.applicant_of(tx, entry, &form).await? else { return Ok(()) };
        draft.person = applicant.person.clone();
        for (key, value) in self.sourced(tx, entry, &applicant, &form).await? {
            let readonly = entry.item.field(&key).is_some_and(|field| field.readonly);
            put_known(&mut draft.fields, &key, value, readonly);
        }
        Ok(())
    }

    /// The read-only fields as the system knows them now; a program can't bring its own.
    pub(crate) async fn readonly(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        applicant: &crate::intake::Applicant,
        form: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Error> {
        let mut known = self.sourced(tx, entry, applicant, form).await?;
        known.retain(|key, _| entry.item.field(key).is_some_and(|field| field.readonly));
        Ok(known)
    }
}

/// The values of a draft without where they came from.
pub(crate) fn values(draft: &Draft) -> Map<String, Value> {
    draft.fields.iter().map(|(key, field)| (key.clone(), field.value.clone())).collect()
}

fn refuse_strangers(entry: &Entry, changes: &Map<String, Value>) -> Result<(), Error> {
    let fault = |key: &str, message: &str| FieldFault {
        field: key.chars().take(60).collect(),
        message: message.into(),
    };
    let faults: Vec<FieldFault> = changes
        .keys()
        .filter_map(|key| match entry.item.field(key) {
            None => Some(fault(key, "表单中没有这个字段，请刷新页面后重新填写")),
            Some(field) if field.readonly => Some(fault(key, "该字段由系统填写，不能修改")),
            Some(_) => None,
        })
        .take(20)
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Fields(faults)) }
}

fn put_typed(fields: &mut IndexMap<String, DraftField>, key: &str, value: &Value) {
    let earlier = fields.get(key);
    let known = earlier.and_then(|field| match field.origin {
        Origin::Prefilled => Some(field.value.clone()),
        Origin::Typed | Origin::Corrected => field.prefilled_value.clone(),
    });
    if value.is_null() && known.is_none() {
        fields.shift_remove(key);
        return;
    }
    let field = match known {
        Some(known) if known == *value => {
            DraftField { value: value.clone(), origin: Origin::Prefilled, prefilled_value: None }
        }
        Some(known) => {
            DraftField { value: value.clone(), origin: Origin::Corrected, prefilled_value: Some(known) }
        }
        None => DraftField { value: value.clone(), origin: Origin::Typed, prefilled_value: None },
    };
    fields.insert(key.to_owned(), field);
}

fn put_known(fields: &mut IndexMap<String, DraftField>, key: &str, value: Value, readonly: bool) {
    match fields.get_mut(key) {
        Some(field) if !readonly && field.origin != Origin::Prefilled => {
            field.prefilled_value = (field.value != value).then_some(value);
        }
        _ => {
            let field = DraftField { value, origin: Origin::Prefilled, prefilled_value: None };
            fields.insert(key.to_owned(), field);
        }
    }
}
