//! The end of a case: state, result document, messages, archive.

use base_db::Tx;
use base_jobs::enqueue_event;
use base_kernel::Fault;
use engine_document::{Fact, Holder, Issue};
use engine_process::outcome;
use government_item::Item;
use serde_json::{Map, Value, json};

use super::step::Step;
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, CaseState};
use crate::store::{self, ActionLine, DocumentLine};

/// Printed in the heading of result documents.
const ISSUER: &str = "上海市社会保险事业管理中心";

impl Step<'_> {
    /// Ends the case with the outcome of the process.
    pub(crate) async fn finish(&mut self, tx: &mut Tx, outcome: String) -> Result<(), Error> {
        let (state, event) = ending(&outcome);
        self.case.state = state;
        self.case.outcome = Some(outcome);
        self.case.closed_at = Some(tx.now());
        self.case.clock_stopped = None;
        self.case.correction = None;
        if self.entry.item.process.id == "instant"
            || self.case.accepted_at.is_none() && state == CaseState::Closed
        {
            // An instant item is received, accepted and closed in one step.
            self.case.accepted_at = Some(tx.now());
        }
        let documents = self.issue_documents(tx).await?;
        if tx.actor().kind == base_kernel::ActorKind::System || self.entry.item.process.id == "instant" {
            self.record_system(tx, "办结", json!({ "outcome": self.case.outcome })).await?;
        }
        self.announce_end(tx, event, &documents).await
    }

    async fn announce_end(&self, tx: &mut Tx, event: &str, documents: &[DocumentLine]) -> Result<(), Error> {
        let topic = match event {
            "withdrawn" => "casework.case_withdrawn",
            "refused" | "rejected" => "casework.case_rejected",
            _ => "casework.case_closed",
        };
        let mut payload = message(&self.case, &self.entry.item, event).unwrap_or_else(|| facts(&self.case));
        if let Some(archive) = &self.entry.item.archive {
            payload["archive"] = serde_json::to_value(archive).unwrap_or(Value::Null);
            let history = store::action_list(tx, &self.case.case_no).await?;
            payload["components"] = self.components(tx, documents, &history);
            payload["closed_on"] = json!(tx.today());
        }
        enqueue_event(tx, topic, self.case.case_no.as_str(), &payload).await?;
        Ok(())
    }

    /// What the archive record is made of.
    fn components(&self, tx: &Tx, documents: &[DocumentLine], history: &[ActionLine]) -> Value {
        let mut log: Vec<Value> = history.iter().map(logged).collect();
        log.extend(self.acting.iter().map(|acting| {
            json!({
                "at": tx.now(),
                "node": acting.node_name,
                "action": acting.action,
                "actor": tx.actor().name,
                "opinion": acting.opinion,
            })
        }));
        let opinions: Vec<Value> = log
            .iter()
            .filter(|line| line["opinion"].is_string())
            .map(|line| {
                let name = format!("{}意见", line["node"].as_str().unwrap_or("办理"));
                json!({ "kind": "opinion", "name": name, "data": line })
            })
            .collect();
        let mut components = vec![
            json!({ "kind": "form", "name": "申请表", "data": self.case.form }),
            json!({ "kind": "log", "name": "办理记录", "data": log }),
        ];
        components.extend(opinions);
        if let Value::Array(materials) = &self.case.materials {
            components.extend(materials.iter().map(|material| {
                let mut listed = self.entry.item.materials.iter();
                let name =
                    listed.find(|listed| material["code"] == listed.code.as_str()).map(|listed| &listed.name);
                json!({ "kind": "material", "name": name, "data": material })
            }));
        }
        components.extend(documents.iter().map(|document| {
            json!({ "kind": "document", "name": document.name, "number": document.number, "document_id": document.id })
        }));
        Value::Array(components)
    }

    async fn issue_documents(&mut self, tx: &mut Tx) -> Result<Vec<DocumentLine>, Error> {
        let (template, name, prefix, valid_days) = match (self.case.state, &self.entry.item.result) {
            (CaseState::Closed, Some(result)) if self.approved() => (
                result.template.clone(),
                result.name.clone(),
                result.number_prefix.clone(),
                result.valid_days,
            ),
            (CaseState::Rejected, _) => {
                ("rejection-notice".into(), "不予受理决定书".into(), "BYSL".into(), None)
            }
            (CaseState::Closed, _) if !self.approved() => {
                ("rejection-notice".into(), "不予核定决定书".into(), "BYHD".into(), None)
            }
            _ => return Ok(Vec::new()),
        };
        let data = self.document_data(tx, &template, &name).await?;
        let today = tx.today();
        let issue = Issue {
            template,
            title: name.clone(),
            number_prefix: prefix,
            issuer: ISSUER.to_owned(),
            holder: holder(&self.case, &data),
            facts: self.facts(),
            data,
            valid_until: valid_days.and_then(|days| today.checked_add_days(chrono::Days::new(days.into()))),
            case_no: Some(self.case.case_no.clone()),
            key: Some(format!("{}:result", self.case.case_no)),
        };
        let issued = self.desk.documents.issue(tx, issue).await.map_err(Fault::from)?;
        let line = DocumentLine {
            id: issued.id,
            name,
            number: issued.number,
            verify_code: issued.verify_code,
            issued_at: tx.now(),
        };
        store::document_insert(tx, &self.case.case_no, &line).await?;
        Ok(vec![line])
    }

    /// What anybody who holds the paper may see confirmed.
    fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::new("办理事项", self.case.item_name.clone())];
        for values in self.case.computed.values() {
            let listed = values.get("facts").and_then(Value::as_array).into_iter().flatten();
            facts.extend(listed.filter_map(|fact| {
                Some(Fact::new(fact.get("label")?.as_str()?, fact.get("value")?.as_str()?))
            }));
        }
        facts
    }

    fn approved(&self) -> bool {
        self.case.outcome.as_deref() == Some("approved")
    }

    /// The template's data: what the effects computed for it, and what the case knows.
    async fn document_data(&self, tx: &mut Tx, template: &str, name: &str) -> Result<Value, Error> {
        let case = &self.case;
        let mut data = Map::new();
        for values in case.computed.values() {
            if let Some(document) = values.get("document").and_then(Value::as_object) {
                data.extend(document.clone());
            }
        }
        data.insert("case_no".into(), json!(case.case_no));
        if template == "rejection-notice" {
            data.extend(self.rejection(name));
        }
        for (key, node) in [("handler", "accept"), ("reviewer", "recheck"), ("approver", "approve")] {
            if let Some(name) = self.officer_at(tx, node).await? {
                data.entry(key.to_owned()).or_insert(json!(name));
            }
        }
        data.entry("decided_on".to_owned()).or_insert(json!(tx.today()));
        Ok(Value::Object(data))
    }

    async fn officer_at(&self, tx: &mut Tx, node: &str) -> Result<Option<String>, Error> {
        let lines = store::action_list(tx, &self.case.case_no).await?;
        let acted = lines
            .into_iter()
            .rev()
            .find(|line| line.node.as_deref() == Some(node) && line.action != ActionKind::Claim.word());
        // The action of this very step is recorded after it; its officer is the one acting now.
        let now_here = self.running.instance().visits.contains_key(node).then(|| tx.actor().name.clone());
        Ok(acted.map(|line| line.actor_name).or(now_here))
    }

    fn rejection(&self, decision: &str) -> Map<String, Value> {
        let case = &self.case;
        let failed: Vec<&str> =
            case.rules.iter().filter(|rule| !rule.passed).map(|rule| rule.detail.as_str()).collect();
        let mut reasons: Vec<String> =
            self.acting.iter().filter_map(|acting| acting.opinion.clone()).collect();
        reasons.extend(failed.into_iter().map(str::to_owned));
        let basis: Vec<Value> = self
            .entry
            .item
            .basis
            .iter()
            .map(|basis| json!({ "law": basis.law, "article": basis.article }))
            .collect();
        let id_no = ["id_no", "old_id_no", "uscc"].iter().find_map(|key| case.form.get(*key)).cloned();
        let mut data = Map::new();
        data.insert("decision".into(), json!(decision.trim_end_matches("决定书")));
        data.insert("applicant".into(), json!(case.applicant_name));
        if let Some(id_no) = id_no {
            data.insert("id_no".into(), id_no);
        }
        data.insert("item_name".into(), json!(case.item_name));
        data.insert("item_code".into(), json!(case.item));
        data.insert("submitted_on".into(), json!(base_kernel::shanghai_today(case.submitted_at)));
        data.insert("reasons".into(), json!(reasons));
        data.insert("basis".into(), json!(basis));
        data
    }
}

fn logged(line: &ActionLine) -> Value {
    json!({
        "at": line.at,
        "node": line.node_name,
        "action": line.action,
        "actor": line.actor_name,
        "opinion": line.opinion,
    })
}

fn ending(outcome: &str) -> (CaseState, &'static str) {
    match outcome {
        outcome::WITHDRAWN => (CaseState::Withdrawn, "withdrawn"),
        outcome::TERMINATED => (CaseState::Terminated, "terminated"),
        outcome::ABANDONED => (CaseState::Abandoned, "abandoned"),
        "refused" => (CaseState::Rejected, "refused"),
        "rejected" => (CaseState::Closed, "rejected"),
        _ => (CaseState::Closed, "closed"),
    }
}

fn holder(case: &CaseFile, data: &Value) -> Holder {
    let printed = data.get("name").and_then(Value::as_str).unwrap_or(&case.applicant_name).to_owned();
    match (&case.person, &case.employer) {
        (Some(person), _) => Holder::Person(person.0.clone(), printed),
        (None, Some(employer)) => Holder::Organisation(employer.0.clone(), case.applicant_name.clone()),
        (None, None) => Holder::Person(case.applicant_user.to_string(), case.applicant_name.clone()),
    }
}

fn facts(case: &CaseFile) -> Value {
    json!({
        "case_no": case.case_no,
        "item_code": case.item,
        "item_name": case.item_name,
        "org_path": case.org_path,
        "outcome": case.outcome,
        "subject": { "person_no": case.person, "employer_no": case.employer, "name": case.applicant_name },
        "recipients": [],
        "variables": {},
    })
}

/// The message an item names for an event, ready for the outbox; none when it names none.
pub(crate) fn message(case: &CaseFile, item: &Item, event: &str) -> Option<Value> {
    let template = item.messages.get(event)?;
    let mut payload = facts(case);
    payload["template"] = json!(template);
    let mut recipients = Vec::new();
    if let Some(person) = &case.person {
        recipients.push(json!({ "person_no": person }));
    }
    if let Some(employer) = &case.employer {
        recipients.push(json!({ "employer_no": employer }));
    }
    payload["recipients"] = json!(recipients);
    payload["variables"] = variables(case, item);
    Some(payload)
}

fn variables(case: &CaseFile, item: &Item) -> Value {
    let mut variables = Map::new();
    variables.insert("case_no".into(), json!(case.case_no));
    variables.insert("item_name".into(), json!(item.short_name));
    variables.insert("applicant_name".into(), json!(case.applicant_name));
    variables.insert("promised_due".into(), json!(case.promised_due));
    if let Some(correction) = &case.correction {
        variables.insert("items".into(), json!(correction.items));
        variables.insert("deadline".into(), json!(correction.deadline));
    }
    for values in case.computed.values().filter_map(Value::as_object) {
        for (name, value) in values.iter().filter(|(name, _)| !matches!(name.as_str(), "document" | "facts"))
        {
            variables.entry(name.clone()).or_insert(value.clone());
        }
    }
    Value::Object(variables)
}
