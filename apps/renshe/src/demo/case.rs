//! One retirement from application to first payment, each step by the person whose step it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context;
use axum::Router;
use serde_json::{Value, json};
use uuid::Uuid;

use super::client::Client;

/// Passwords by login.
pub(crate) type Passwords = BTreeMap<String, String>;

/// A one-page PDF, standing for the scanned personnel file.
pub(crate) const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Carries the case and tells its story.
pub(crate) async fn carry(
    router: &Router,
    passwords: &Passwords,
    person_no: &str,
    month: &str,
) -> anyhow::Result<String> {
    let sign_in = |login: &'static str| async move {
        let password = passwords.get(login).with_context(|| format!("no password for {login}"))?;
        Client::sign_in(router, login, password).await
    };
    let operator = sign_in("qianjingban").await?;
    let case_no = apply(&operator, person_no).await?;
    for login in ["shouli", "chushen", "fuhe"] {
        let first: &'static str = match login {
            "shouli" => "shouli1",
            "chushen" => "chushen1",
            _ => "fuhe1",
        };
        let second: &'static str = match login {
            "shouli" => "shouli2",
            "chushen" => "chushen2",
            _ => "fuhe2",
        };
        // Dispatch chose one of the two; the other has nothing to do.
        if !work(&sign_in(first).await?, &case_no).await? {
            anyhow::ensure!(work(&sign_in(second).await?, &case_no).await?, "nobody was offered {case_no}");
        }
    }
    let cashier = sign_in("caiwu1").await?;
    let run = cashier.post("/benefit/payment_runs", &json!({ "month": month })).await?;
    let citizen = sign_in("zhengxiaomei").await?;
    leave_open(&citizen).await?;
    let case = operator.get(&format!("/cases/{case_no}")).await?;
    let retiree = sign_in("zhouyaqin").await?;
    let pension = retiree.get("/me/pension").await?;
    story(&case, &pension, &run)
}

pub(crate) async fn apply(operator: &Client, person_no: &str) -> anyhow::Result<String> {
    let draft = operator.post("/drafts", &json!({ "item_code": "SI-YL-001" })).await?;
    let id = draft["id"].as_str().context("draft without id")?.to_owned();
    operator.patch(&format!("/drafts/{id}"), &json!({ "fields": { "person_no": person_no } })).await?;
    let fields = json!({ "fields": {
        "retire_kind": "normal",
        "post_kind": "worker",
        "deemed_months": 36,
        "deemed_months_to_1992": 0,
        "virtual_account": 0,
        "payee_bank": "上海银行人民广场支行",
        "payee_account": "6217001210000123453",
    } });
    operator.patch(&format!("/drafts/{id}"), &fields).await?;
    let filled = operator.post(&format!("/drafts/{id}/prefill"), &json!({})).await?;
    let chosen = filled["fields"]["statutory_month"]["value"].clone();
    operator.patch(&format!("/drafts/{id}"), &json!({ "fields": { "chosen_month": chosen } })).await?;
    operator.upload(&format!("/drafts/{id}/materials/M12"), "人事档案.pdf", SCAN).await?;
    let receipt = operator.post(&format!("/drafts/{id}/submission"), &json!({})).await?;
    Ok(receipt["case_no"].as_str().context("receipt without number")?.to_owned())
}

/// Leaves a case at acceptance, so that the work list of a trial is not empty.
async fn leave_open(citizen: &Client) -> anyhow::Result<()> {
    let draft = citizen.post("/drafts", &json!({ "item_code": "SI-CB-023" })).await?;
    let id = draft["id"].as_str().context("draft without id")?.to_owned();
    let fields = json!({ "fields": {
        "change_items": ["name"],
        "new_name": "郑晓玫",
        "basis": "rename",
        "basis_doc_no": "沪公户〔2026〕示例 8 号",
        "basis_date": "2026-09-01",
    } });
    citizen.patch(&format!("/drafts/{id}"), &fields).await?;
    citizen.upload(&format!("/drafts/{id}/materials/HUKOU"), "户籍变更证明.pdf", SCAN).await?;
    citizen.post(&format!("/drafts/{id}/submission"), &json!({})).await?;
    Ok(())
}

/// Claims and passes the case's task when this officer has it on offer.
pub(crate) async fn work(officer: &Client, case_no: &str) -> anyhow::Result<bool> {
    let todo = officer.get(&format!("/tasks?view=todo&query={case_no}")).await?;
    let Some(task) = todo["rows"].get(0).and_then(|row| row["id"].as_str()) else { return Ok(false) };
    officer.post(&format!("/tasks/{task}/claim"), &json!({})).await?;
    let pass =
        json!({ "action_id": Uuid::new_v4(), "action": "pass", "opinion": "材料齐全，符合条件，同意。" });
    officer.post(&format!("/tasks/{task}/actions"), &pass).await?;
    Ok(true)
}

fn story(case: &Value, pension: &Value, run: &Value) -> anyhow::Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "办件 {}  {}  {}",
        word(&case["case_no"]),
        word(&case["item_name"]),
        word(&case["state_name"])
    )?;
    writeln!(text, "\n办理过程")?;
    for line in case["timeline"].as_array().into_iter().flatten() {
        let (at, node) = (word(&line["at"]), word(&line["node"]));
        let opinion = line["opinion"].as_str().map(|opinion| format!("  “{opinion}”")).unwrap_or_default();
        writeln!(
            text,
            "  {}  {node} · {} · {}{opinion}",
            at.get(..19).unwrap_or(&at),
            word(&line["action_name"]),
            word(&line["actor_name"])
        )?;
    }
    derivation(&mut text, case)?;
    payments(&mut text, pension, run)?;
    for document in case["documents"].as_array().into_iter().flatten() {
        writeln!(
            text,
            "  {} {}  验证码 {}",
            word(&document["name"]),
            word(&document["number"]),
            word(&document["verify_code"])
        )?;
    }
    Ok(text)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn derivation(text: &mut String, case: &Value) -> anyhow::Result<()> {
    writeln!(text, "\n养老金计算过程")?;
    for (number, step) in case["derivation"].as_array().into_iter().flatten().enumerate() {
        let result = &step["result"];
        writeln!(
            text,
            "  {}. {} = {}{}",
            number + 1,
            word(&step["label"]),
            word(&result["value"]),
            word(&result["unit"])
        )?;
        writeln!(text, "     {}", word(&step["formula"]))?;
        for parameter in step["parameters"].as_array().into_iter().flatten() {
            let document = parameter["doc_no"].as_str().unwrap_or("（来源见参数库）");
            writeln!(
                text,
                "     参数 {} = {}{}  {document}",
                word(&parameter["name"]),
                word(&parameter["value"]),
                word(&parameter["unit"])
            )?;
        }
    }
    Ok(())
}

fn payments(text: &mut String, pension: &Value, run: &Value) -> anyhow::Result<()> {
    let total = pension["award"]["total_fen"].as_i64().unwrap_or(0);
    writeln!(
        text,
        "\n核定 {} 元/月，自 {} 起发放",
        base_kernel::Fen(total),
        word(&pension["award"]["start_month"])
    )?;
    for payment in pension["payments"].as_array().into_iter().flatten() {
        let amount = base_kernel::Fen(payment["amount_fen"].as_i64().unwrap_or(0));
        writeln!(text, "  {} {} 元 {}", word(&payment["month"]), amount, word(&payment["status"]))?;
    }
    writeln!(
        text,
        "  本次发放 {} 笔，合计 {} 元",
        run["payments"],
        base_kernel::Fen(run["amount_fen"].as_i64().unwrap_or(0))
    )?;
    Ok(())
}
