//! What the applicant does: withdraw, complete, rate.

use base_db::Tx;
use base_kernel::{ActionId, ActorKind, CaseNo, Fault};
use engine_process::Event;
use government_item::{RuleMoment, form};
use serde_json::{Map, json};

use super::act::{announce, outcome, repeated};
use super::step::Step;
use crate::desk::{Desk, input_of};
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, CaseState};
use crate::store::{self, Record};
use crate::view::{ActOutcome, CorrectionRequest, RatingRequest, WithdrawRequest};

impl Desk {
    /// The applicant takes the application back, any time before the decision.
    ///
    /// # Errors
    /// [`Error::CaseNotFound`] for a case that is not theirs; a conflict once decided or ended.
    pub async fn case_withdraw(
        &self,
        tx: &mut Tx,
        case_no: &CaseNo,
        request: &WithdrawRequest,
    ) -> Result<ActOutcome, Error> {
        let reason = request.reason.trim();
        if !(2..=500).contains(&reason.chars().count()) {
            let message = "请填写撤回原因，2 至 500 个字";
            return Err(Fault::invalid_field("casework.reason", "reason", message).into());
        }
        let mut step = self.load_own(tx, case_no).await?;
        if let Some(outcome) = repeated(tx, ActionId(request.action_id), None, ActionKind::Withdraw).await? {
            return Ok(outcome);
        }
        step.apply(tx, Event::Withdraw).await?;
        finish(tx, step, request.action_id, ActionKind::Withdraw, Some(reason), json!({})).await
    }

    /// The applicant hands in what was asked for; the case goes on where it stood.
    ///
    /// # Errors
    /// [`Error::NotNow`] when nothing was asked for; field faults as at submission.
    pub async fn case_resubmit(
        &self,
        tx: &mut Tx,
        case_no: &CaseNo,
        request: &CorrectionRequest,
    ) -> Result<ActOutcome, Error> {
        let mut step = self.load_own(tx, case_no).await?;
        if let Some(outcome) = repeated(tx, ActionId(request.action_id), None, ActionKind::Resubmit).await? {
            return Ok(outcome);
        }
        if step.case.state != CaseState::Correction {
            return Err(Error::NotNow("该办件当前不需要补正，请刷新后查看".into()));
        }
        let changed: Vec<String> = request.fields.keys().cloned().collect();
        self.change_form(tx, &mut step, request).await?;
        step.case.correction = None;
        step.apply(tx, Event::Resubmitted { variables: Map::new() }).await?;
        let detail = json!({ "fields": changed });
        finish(tx, step, request.action_id, ActionKind::Resubmit, request.note.as_deref(), detail).await
    }

    /// Puts changed fields into the form and validates it as at submission; fields the system fills in stay.
    async fn change_form(
        &self,
        tx: &mut Tx,
        step: &mut Step<'_>,
        request: &CorrectionRequest,
    ) -> Result<(), Error> {
        let entry = std::sync::Arc::clone(&step.entry);
        let mut form = step.case.form.clone();
        for (key, value) in &request.fields {
            let field = entry.item.field(key);
            if field.is_some_and(|field| field.readonly) {
                let message = "该字段由系统填写，不能修改";
                return Err(Fault::invalid_field("casework.readonly", key.clone(), message).into());
            }
            form.insert(key.clone(), value.clone());
        }
        step.case.form = form::validate(&entry.item, &form, tx.today())
            .map_err(|faults| Fault::invalid_fields("casework.fields", faults))?;
        let answers =
            self.answer_rules(tx, &entry.item, RuleMoment::Submit, &input_of(&step.case, Map::new())).await?;
        if let Some(rule) = answers.blocking() {
            let mut fault =
                Fault::invalid("casework.rule_blocks", format!("“{}”未通过：{}", rule.name, rule.detail));
            fault.fields = answers.fields.clone();
            return Err(fault.into());
        }
        if answers.escalates() {
            // Raised already is raised: a second reason changes nothing.
            let _ = step.running.apply(Event::Escalate { reason: "补正后触发提级规则".into() }, tx.now());
        }
        Ok(())
    }

    /// The applicant rates a case that ended; once.
    ///
    /// # Errors
    /// [`Error::NotNow`] before the end or when rated before.
    pub async fn case_rate(
        &self,
        tx: &mut Tx,
        case_no: &CaseNo,
        request: &RatingRequest,
    ) -> Result<(), Error> {
        if !(1..=5).contains(&request.score) {
            let message = "请在 1（非常满意）至 5（非常不满意）之间选择";
            return Err(Fault::invalid_field("casework.score", "score", message).into());
        }
        let comment = request.comment.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if comment.is_some_and(|text| text.chars().count() > 500) {
            return Err(
                Fault::invalid_field("casework.comment", "comment", "评价内容不能超过 500 个字").into()
            );
        }
        let case = store::case_lock(tx, case_no).await?;
        owned(tx, &case)?;
        let entry = self.entry(&case.item, case.item_version)?;
        if !case.state.ended() || !entry.item.rating {
            return Err(Error::NotNow("该办件办结后才能评价".into()));
        }
        if !store::rating_insert(tx, case_no, request.score, comment).await? {
            return Err(Error::NotNow("该办件已评价，感谢您的反馈".into()));
        }
        Ok(())
    }

    async fn load_own(&self, tx: &mut Tx, case_no: &CaseNo) -> Result<Step<'_>, Error> {
        let step = Step::load(self, tx, case_no).await?;
        owned(tx, &step.case)?;
        Ok(step)
    }
}

/// Refuses a case that is not the acting applicant's; it is not told apart from one that does not exist.
pub(crate) fn owned(tx: &Tx, case: &CaseFile) -> Result<(), Error> {
    let actor = tx.actor();
    let own = match actor.kind {
        ActorKind::Citizen => {
            case.applicant_user == actor.user || (case.person.is_some() && case.person == actor.person)
        }
        ActorKind::Employer => case.employer.is_some() && case.employer == actor.employer,
        ActorKind::Staff => false,
        ActorKind::System => true,
    };
    if own { Ok(()) } else { Err(Error::CaseNotFound) }
}

async fn finish(
    tx: &mut Tx,
    step: Step<'_>,
    action_id: uuid::Uuid,
    action: ActionKind,
    opinion: Option<&str>,
    detail: serde_json::Value,
) -> Result<ActOutcome, Error> {
    let record = Record {
        id: ActionId(action_id),
        case_no: &step.case.case_no,
        task: None,
        node_name: Some("申请人"),
        action,
        opinion,
        detail,
        state_after: step.case.state,
    };
    store::action_insert(tx, &record).await?;
    if action == ActionKind::Resubmit {
        announce(tx, &step, "resubmitted", "casework.case_resubmitted").await?;
    }
    let case = step.save(tx).await?;
    Ok(outcome(&case.case_no, case.state))
}
