//! Who is at work while processes die: citizens, an employer, a cashier, officers.

use std::time::Duration;

use base_kernel::{Clock, IdentityNumber, Month, SystemClock, shanghai_today};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Random;
use crate::client::{Acted, Client, Reply, Submitted};
use crate::place::Place;

/// Certificates that one person may have in a day (SI-CB-028 R2): all of them are taken.
const CERTIFICATES: u32 = 20;
/// Citizens who submit at the same time.
const HANDS: usize = 3;
/// Pause of somebody who has just submitted, so that the officers keep up.
const THOUGHT: Duration = Duration::from_millis(250);
/// Pause of an officer without work, and of the cashier between two runs.
const IDLE: Duration = Duration::from_millis(600);
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// The tasks at work.
pub(crate) struct Load {
    /// Ends after `enough`.
    pub(crate) submitters: JoinSet<()>,
    /// Ends after `over`.
    pub(crate) officers: JoinSet<()>,
}

/// Signs everybody in and lets them begin.
pub(crate) async fn begin(
    client: &Client,
    place: &Place,
    seeded: &Value,
    seed: u64,
    enough: &CancellationToken,
    over: &CancellationToken,
) -> Load {
    let signed_in = |group: &str| -> Vec<Client> {
        let tokens = seeded[group].as_array().unwrap().iter();
        tokens.map(|one| client.with_token(one["token"].as_str().unwrap())).collect()
    };
    let known = |login: &'static str| client.sign_in(login, place.password(login));
    let mut load = Load { submitters: JoinSet::new(), officers: JoinSet::new() };
    for (hand, some) in signed_in("citizens").chunks(60 / HANDS).enumerate() {
        load.submitters.spawn(renames(some.to_vec(), Random(seed ^ hand as u64), enough.clone()));
    }
    for login in ["wujianguo", "zhengxiaomei"] {
        load.submitters.spawn(certificates(known(login).await, seed, enough.clone()));
    }
    let employer = known("qianjingban").await;
    load.submitters.spawn(retirements(employer.clone()));
    load.submitters.spawn(enrolments(employer, seed, enough.clone()));
    load.officers.spawn(payments(known("caiwu1").await, enough.clone(), over.clone()));
    let mut officers = signed_in("staff");
    for login in ["shouli1", "shouli2", "chushen1", "chushen2", "fuhe1", "fuhe2", "shenpi1"] {
        officers.push(known(login).await);
    }
    for (number, officer) in (1000_u64..).zip(officers) {
        load.officers.spawn(decisions(officer, Random(seed ^ number), over.clone()));
    }
    load
}

/// Key data changes, one citizen after the other.
async fn renames(citizens: Vec<Client>, mut random: Random, enough: CancellationToken) {
    for (round, citizen) in citizens.iter().cycle().enumerate() {
        if enough.is_cancelled() {
            return;
        }
        let fields = json!({
            "change_items": ["name"], "new_name": format!("测{}", han(round, &mut random)), "basis": "rename",
            "basis_doc_no": "沪公户〔2026〕12号", "basis_date": "2026-06-01",
        });
        through_a_draft(citizen, "SI-CB-023", &[fields], "HUKOU", &mut random).await;
        tokio::time::sleep(THOUGHT).await;
    }
}

/// A name of its own for every round.
fn han(round: usize, random: &mut Random) -> String {
    const SIGNS: [char; 10] = ['安', '白', '常', '丁', '方', '高', '何', '江', '康', '林'];
    let mut digits = round * 100 + usize::try_from(random.below(100)).unwrap();
    let mut name = String::new();
    for _ in 0..6 {
        name.push(SIGNS[digits % 10]);
        digits /= 10;
    }
    name
}

/// The two women whose month has come.
async fn retirements(employer: Client) {
    let staff = employer.get("/employer/staff?size=100").await;
    let mut random = Random(7);
    for name in ["孟秀珍", "唐玉兰"] {
        let rows = staff.body["rows"].as_array().unwrap();
        let row =
            rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name} in {staff:?}"));
        let person = json!({ "person_no": row["person_no"] });
        let fields = json!({
            "retire_kind": "normal", "post_kind": "worker", "deemed_months": 36, "deemed_months_to_1992": 0,
            "virtual_account": 0, "payee_bank": "上海银行人民广场支行", "payee_account": "6217001210000123453",
        });
        through_a_draft(&employer, "SI-YL-001", &[person, fields], "M12", &mut random).await;
    }
}

/// Draft, fields, material, submission. A draft whose number was lost on the way stays behind; nobody submits it.
async fn through_a_draft(
    client: &Client,
    item: &'static str,
    fields: &[Value],
    material: &str,
    random: &mut Random,
) {
    let draft = client.post("/drafts", &json!({ "item_code": item })).await;
    if !draft.ok() {
        return client.journal.odd(format!("draft of {item}: {draft:?}"));
    }
    let id = draft.text("id");
    let path = format!("/drafts/{id}");
    for some in fields {
        client.patch(&path, &json!({ "fields": some })).await;
    }
    let filled = client.post(&format!("{path}/prefill"), &json!({})).await;
    let statutory = &filled.body["fields"]["statutory_month"]["value"];
    if statutory.is_string() {
        client.patch(&path, &json!({ "fields": { "chosen_month": statutory } })).await;
    }
    client.upload(&format!("{path}/materials/{material}"), "材料.pdf", SCAN).await;
    let submit = async || client.post(&format!("{path}/submission"), &json!({})).await;
    let reply = submit().await;
    let repeated = if random.below(3) == 0 { Some(submit().await) } else { None };
    received(client, item, id.parse().ok(), &reply, repeated.as_ref());
}

/// Certificates, each with its key, as many as a day allows; at the end every key once more.
async fn certificates(citizen: Client, seed: u64, enough: CancellationToken) {
    let form = json!({ "item_code": "SI-CB-028", "form": {
        "insurance_types": ["110"], "from_month": "2024-01", "to_month": "2025-12", "detail_level": "summary",
        "purpose": "loan",
    } });
    let mut replies = Vec::new();
    for number in 0..CERTIFICATES {
        let key = format!("certificate-{seed}-{number}");
        let reply = citizen.apply(&key, &form).await;
        replies.push((key, reply));
        tokio::select! { () = enough.cancelled() => {} () = tokio::time::sleep(THOUGHT * 8) => {} }
    }
    for (key, first) in &replies {
        let repeated = citizen.apply(key, &form).await;
        received(&citizen, "SI-CB-028", None, first, Some(&repeated));
    }
}

/// New employees, each with its key.
async fn enrolments(employer: Client, seed: u64, enough: CancellationToken) {
    let today = shanghai_today(SystemClock.now());
    let month = Month::of(today).unwrap().to_string();
    let mut random = Random(seed ^ 0x10);
    for number in 0.. {
        if enough.is_cancelled() {
            return;
        }
        let form = json!({ "item_code": "SI-CB-010", "form": {
            "name": format!("新{}", han(number, &mut random)), "id_type": "01", "id_no": identity_number(number),
            "hukou": "11", "hire_date": today, "contract_type": "2", "start_month": month, "wage": 1_000_000,
            "add_reason": "01", "ins_types": ["110", "210", "310", "410"],
        } });
        let key = format!("enrolment-{seed}-{number}");
        let reply = employer.apply(&key, &form).await;
        let repeated = if random.below(3) == 0 { Some(employer.apply(&key, &form).await) } else { None };
        received(&employer, "SI-CB-010", None, &reply, repeated.as_ref());
        tokio::time::sleep(THOUGHT * 3).await;
    }
}

/// The `number`-th synthetic citizen born from 1990 on.
fn identity_number(number: usize) -> String {
    let today = shanghai_today(SystemClock.now());
    let body =
        format!("3101011990{:02}{:02}{:03}", 1 + number / 280 % 12, 1 + number / 10 % 28, 500 + number % 10);
    let fits = |last: &char| IdentityNumber::parse(&format!("{body}{last}"), today).is_ok();
    let last = "0123456789X".chars().find(fits).unwrap();
    format!("{body}{last}")
}

/// Notes a receipt; the same submission again must give the same one.
fn received(
    client: &Client,
    item: &'static str,
    draft: Option<Uuid>,
    reply: &Reply,
    repeated: Option<&Reply>,
) {
    if !reply.ok() {
        return client.journal.odd(format!("submission of {item}: {reply:?}"));
    }
    let case_no = reply.text("case_no");
    if let Some(repeated) = repeated {
        client.journal.repeated();
        if !repeated.ok() || repeated.body["case_no"] != reply.body["case_no"] {
            client.journal.odd(format!("{item} {case_no} again: {repeated:?}"));
        }
    }
    client.journal.submitted.lock().unwrap().push(Submitted { item, draft, case_no });
}

/// The month's levy and the month's pensions, over and over.
async fn payments(cashier: Client, enough: CancellationToken, over: CancellationToken) {
    let month = Month::of(shanghai_today(SystemClock.now())).unwrap().to_string();
    while !over.is_cancelled() {
        let levy = json!({ "month": month, "accept_unconfirmed": "演练" });
        let paid = json!({ "month": month });
        // Pensions to the end: the last award is to be paid too.
        let levies = if enough.is_cancelled() { None } else { Some(("/levy_runs", levy)) };
        for (path, body) in levies.into_iter().chain([("/benefit/payment_runs", paid)]) {
            let reply = cashier.post(path, &body).await;
            if !reply.ok() {
                cashier.journal.odd(format!("{path}: {reply:?}"));
            }
        }
        tokio::time::sleep(IDLE * 2).await;
    }
}

/// Takes what is on offer and decides it.
async fn decisions(officer: Client, mut random: Random, over: CancellationToken) {
    while !over.is_cancelled() {
        let todo = officer.get("/tasks?view=todo&size=5").await;
        let rows = todo.body["rows"].as_array().cloned().unwrap_or_default();
        if rows.is_empty() {
            tokio::time::sleep(IDLE).await;
        }
        for row in rows {
            decide(&officer, &row, &mut random).await;
        }
    }
}

async fn decide(officer: &Client, row: &Value, random: &mut Random) {
    let task: Uuid = row["id"].as_str().unwrap().parse().unwrap();
    let claimed = officer.post(&format!("/tasks/{task}/claim"), &json!({})).await;
    if !claimed.ok() {
        // A task of the pool that a colleague was faster at is no fault; one that was offered by name is.
        if claimed.status != 409 || row["offered_to"].is_string() {
            officer.journal.odd(format!("claim of {row}: {claimed:?}"));
        }
        return;
    }
    let action = match (row["node_name"].as_str().unwrap_or_default(), random.below(8)) {
        ("初审", 0) if row["item_code"] == "SI-CB-023" => "reject",
        ("复核", 0) => "send_back",
        _ => "pass",
    };
    let id = Uuid::from_u64_pair(random.next(), random.next());
    let body = json!({ "action_id": id, "action": action, "opinion": "材料齐全，情况属实。" });
    let path = format!("/tasks/{task}/actions");
    let reply = officer.post(&path, &body).await;
    if !reply.ok() {
        return officer.journal.odd(format!("{action} of {row}: {reply:?}"));
    }
    if random.below(3) == 0 {
        officer.journal.repeated();
        let repeated = officer.post(&path, &body).await;
        if !repeated.ok() || repeated.body != reply.body {
            officer.journal.odd(format!("{action} of {row} again: {repeated:?} after {reply:?}"));
        }
    }
    let case_no = reply.text("case_no");
    officer.journal.acted.lock().unwrap().push(Acted { id, task, action, case_no });
}
