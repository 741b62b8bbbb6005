//! What items do here.

use base_db::Tx;
use base_kernel::Fault;
use base_slice::{CaseInput, Computed};
use serde_json::{Map, Value, json};

use crate::model::{KeyChange, Person};
use crate::{Scope, checks, commands, read, subject};

/// `party.change_key_data`: changes what the form states and hands back the confirmation's contents (SI-CB-023).
///
/// Run again for the same case it changes nothing: the record's history names the case.
pub(crate) async fn change_key_data(tx: &mut Tx, input: &CaseInput) -> Result<Computed, Fault> {
    let person = subject::subject_of(tx, input).await?;
    let change = checks::change_of(&input.form);
    if let (Some(case), scope) = (&input.case_no, Scope::System("repetition of a case's effect")) {
        let history = read::person_history(tx, &scope, &person.no).await?;
        let earlier = history
            .into_iter()
            .find(|entry| entry.action == "change_key" && entry.case_no.as_deref() == Some(case.as_str()));
        if let Some((Some(before), after)) = earlier.map(|entry| (entry.before, entry.after)) {
            return Ok(confirmation(&before, &after, &change, tx.today()));
        }
    }
    if tx.ctx().case.is_none() {
        tx.ctx_mut().case.clone_from(&input.case_no);
    }
    let (before, after) = commands::person_change_key(tx, &person.no, &change).await?;
    Ok(confirmation(&before, &after, &change, tx.today()))
}

/// The contents of 关键信息变更确认单, with what the message and the verification page say.
fn confirmation(before: &Person, after: &Person, change: &KeyChange, today: chrono::NaiveDate) -> Computed {
    let mut document = Map::new();
    let mut put = |key: &str, value: Value| document.insert(key.to_owned(), value);
    put("person_no", json!(after.no));
    put("name", json!(after.name));
    put("id_no", json!(after.id_no));
    put("changes", Value::Array(change.items().into_iter().map(|item| line(item, before, after)).collect()));
    put("basis", json!(basis_name(&change.basis)));
    put("basis_doc_no", change.basis.get("basis_doc_no").cloned().unwrap_or(Value::Null));
    put("basis_date", change.basis.get("basis_date").cloned().unwrap_or(Value::Null));
    let affects_pension = checks::affects_pension(before, today) || checks::affects_pension(after, today);
    put("affects_pension", json!(affects_pension));
    put("cascades", json!(cascades(change)));
    put("decided_on", json!(today));
    // What stands beside the document goes into messages: names of items, never their values.
    let changed = change.items().into_iter().map(item_name).collect::<Vec<_>>().join("、");
    let mut values = Map::new();
    values.insert("changed".into(), json!(changed));
    values.insert("affects_pension".into(), json!(affects_pension));
    values.insert("facts".into(), json!([{ "label": "变更项", "value": changed }]));
    values.insert("document".into(), Value::Object(document));
    Computed { values, derivation: Vec::new() }
}

fn line(item: &str, before: &Person, after: &Person) -> Value {
    let value = |person: &Person| match item {
        "name" => person.name.clone(),
        "id_no" => person.id_no.clone(),
        "birth" => person.birth.to_string(),
        _ => person.sex.name().to_owned(),
    };
    json!({ "item": item_name(item), "before": value(before), "after": value(after) })
}

fn item_name(item: &str) -> &'static str {
    match item {
        "name" => "姓名",
        "id_no" => "公民身份号码",
        "birth" => "出生日期",
        _ => "性别",
    }
}

fn basis_name(basis: &Map<String, Value>) -> &'static str {
    match basis.get("basis").and_then(Value::as_str) {
        Some("household") => "户籍更正",
        Some("upgrade") => "证件升位",
        Some("rename") => "更名",
        Some("typo") => "录入错误",
        Some("archive") => "档案认定",
        _ => "其他",
    }
}

fn cascades(change: &KeyChange) -> Vec<&'static str> {
    let mut cascades = vec!["参保登记", "待遇档案"];
    if change.name.is_some() || change.id_no.is_some() {
        cascades.push("社会保障卡换发");
    }
    cascades.push("用工登记");
    cascades
}
