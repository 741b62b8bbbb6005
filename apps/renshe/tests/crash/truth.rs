//! What the database must say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base_db::Db;
use base_kernel::SystemClock;
use uuid::Uuid;

use crate::client::{Acted, Journal};
use crate::place::Place;

/// A question whose answer is the number of offenders.
type Question = (&'static str, &'static str);

/// True between any two transactions, so asked under load too. Each is one statement, that is, one view of the data.
const ALWAYS: &[Question] = &[
    (
        "open task without process token, or the reverse",
        "SELECT count(*)
        FROM (SELECT (t ->> 'id')::uuid AS id FROM process.instance, jsonb_array_elements(tokens -> 'tasks') AS t) AS p
        FULL JOIN (SELECT task_id FROM casework.task WHERE state IN ('OPEN', 'CLAIMED', 'WAITING')) AS c
            ON c.task_id = p.id
        WHERE p.id IS NULL OR c.task_id IS NULL",
    ),
    (
        "workload that differs from the open tasks held",
        "SELECT count(*)
        FROM (SELECT user_id, open_tasks FROM dispatch.workload) AS w
        FULL JOIN (
            SELECT coalesce(claimed_by, offered_to) AS user_id, count(*) AS held FROM casework.task
            WHERE state IN ('OPEN', 'CLAIMED', 'WAITING') AND coalesce(claimed_by, offered_to) IS NOT NULL
            GROUP BY 1
        ) AS t USING (user_id)
        WHERE coalesce(w.open_tasks, 0) <> coalesce(t.held, 0)",
    ),
    (
        "case that ended and process that did not, or the reverse",
        "SELECT count(*)
        FROM casework.case_file AS c
        FULL JOIN process.instance AS i USING (instance_id)
        WHERE c.case_no IS NULL OR i.state IS NULL OR (c.closed_at IS NOT NULL) <> (i.state = 'finished')",
    ),
    (
        "open case without an open task",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE c.closed_at IS NULL AND NOT EXISTS (
            SELECT FROM casework.task AS t WHERE t.case_no = c.case_no AND t.state IN ('OPEN', 'CLAIMED', 'WAITING'))",
    ),
    (
        "approved case whose effect is missing or doubled",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE CASE c.item_code
            WHEN 'SI-CB-010' THEN (SELECT count(*) FROM enrolment.period AS p WHERE p.case_no = c.case_no) / 4.0
            WHEN 'SI-CB-023' THEN (SELECT count(*) FROM party.person_history AS h
                WHERE h.case_no = c.case_no AND h.action = 'change_key')
            WHEN 'SI-CB-028' THEN (SELECT count(*) FROM enrolment.certificate AS z WHERE z.case_no = c.case_no)
            WHEN 'SI-YL-001' THEN (SELECT count(*) FROM benefit.award AS a WHERE a.case_no = c.case_no)
            END IS DISTINCT FROM CASE WHEN c.outcome = 'approved' THEN 1 ELSE 0 END",
    ),
    (
        "ended case without its one document",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE (SELECT count(*) FROM casework.case_document AS d WHERE d.case_no = c.case_no)
            <> CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END",
    ),
    (
        "payment run whose sum differs from its payments",
        "SELECT count(*) FROM benefit.payment_run AS r
        WHERE r.state = 'done' AND (r.payments, r.amount_fen) IS DISTINCT FROM (
            SELECT (count(*), coalesce(sum(p.amount_fen), 0)::bigint) FROM benefit.payment AS p
            WHERE p.run_month = r.month AND p.part = r.part)",
    ),
    (
        "message twice about one thing to one recipient",
        "SELECT count(*) FROM (
            SELECT FROM message.message WHERE case_no IS NOT NULL GROUP BY recipient, case_no, template
            HAVING count(*) > 1) AS twice",
    ),
];

/// What is not yet true while work is under way.
const WAITING: &[Question] = &[
    ("case without end", "SELECT count(*) FROM casework.case_file WHERE closed_at IS NULL"),
    ("event on its way", "SELECT count(*) FROM base.outbox"),
    // The queue gives a job up that was at work when another came under its key; the other one does the work then.
    (
        "job to be done",
        "SELECT count(*) FROM queue._private_jobs WHERE run_at <= now() AND attempts < max_attempts",
    ),
    (
        "archived document without digest",
        "SELECT count(*) FROM archive.component WHERE kind = 'document' AND sm3 IS NULL",
    ),
    (
        "award without payment",
        "SELECT count(*) FROM benefit.award AS a WHERE NOT EXISTS (
        SELECT FROM benefit.payment AS p WHERE p.person_no = a.person_no AND p.award_id = a.award_id)",
    ),
];

/// True when all is over.
const IN_THE_END: &[Question] = &[
    ("event given up", "SELECT count(*) FROM base.dead_event"),
    (
        "event that one of its receivers does not have",
        "SELECT count(*)
        FROM (SELECT DISTINCT topic, key FROM base.inbox) AS e
        JOIN (SELECT DISTINCT topic, receiver FROM base.inbox) AS r USING (topic)
        LEFT JOIN base.inbox AS i USING (topic, key, receiver)
        WHERE i.received_at IS NULL",
    ),
    (
        "case whose end was not announced once",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE (SELECT count(DISTINCT i.topic) FROM base.inbox AS i
            WHERE i.key = c.case_no AND i.topic IN ('casework.case_closed', 'casework.case_rejected')) <> 1",
    ),
    (
        "case whose end nobody was told of",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE c.item_code <> 'SI-CB-028' AND NOT EXISTS (SELECT FROM message.message AS m
            WHERE m.case_no = c.case_no
                AND m.template IN ('case-closed', 'case-rejected', 'key-change-closed', 'retirement-approved'))",
    ),
    (
        "case without exactly one archive record",
        "SELECT count(*) FROM casework.case_file AS c
        WHERE (SELECT count(*) FROM archive.record AS r WHERE r.case_no = c.case_no)
            <> CASE WHEN c.item_code = 'SI-CB-028' THEN 0 ELSE 1 END",
    ),
    (
        "month paid twice",
        "SELECT count(*) FROM (
            SELECT FROM benefit.payment GROUP BY person_no, month, kind HAVING count(*) > 1) AS twice",
    ),
];

async fn connect(place: &Place) -> Db {
    base_db::connect(&place.database_url(), 2, Arc::new(SystemClock)).await.unwrap()
}

async fn offenders(db: &Db, questions: &'static [Question]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, sql) in questions {
        let number: i64 = sqlx::query_scalar(*sql).fetch_one(db.pool()).await.unwrap();
        if number > 0 {
            wrong.push(format!("{name}: {number}"));
        }
    }
    wrong
}

/// Whatever must hold at any moment.
pub(crate) async fn holds_now(place: &Place) {
    let db = connect(place).await;
    let wrong = offenders(&db, ALWAYS).await;
    assert!(wrong.is_empty(), "{wrong:#?}\n{}", place.tail());
    db.pool().close().await;
}

/// What the demonstration left behind: cases, and actions of officers.
pub(crate) struct Before {
    cases: usize,
    actions: usize,
}

/// Counts what is there before the load begins.
pub(crate) async fn before(place: &Place) -> Before {
    let db = connect(place).await;
    let before = Before { cases: cases(&db).await.len(), actions: recorded(&db).await.len() };
    db.pool().close().await;
    before
}

/// Waits until nothing is under way any more.
pub(crate) async fn comes_to_rest(place: &Place, patience: Duration) {
    let db = connect(place).await;
    let end = Instant::now() + patience;
    loop {
        let waiting = offenders(&db, WAITING).await;
        if waiting.is_empty() {
            return db.pool().close().await;
        }
        assert!(Instant::now() < end, "stuck after {patience:?}: {waiting:#?}\n{}", place.tail());
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// Compares every answer with the database, and the ledger with itself.
pub(crate) async fn agrees(place: &Place, journal: &Journal, before: &Before) {
    let db = connect(place).await;
    let mut wrong = journal.odd.lock().unwrap().clone();
    wrong.extend(offenders(&db, IN_THE_END).await);
    wrong.extend(submissions(&db, journal, before.cases).await);
    wrong.extend(actions(&db, journal, before.actions).await);
    let findings = engine_ledger::audit(&db).await.unwrap();
    wrong.extend(findings.wrong.iter().map(|finding| format!("{finding:?}")));
    assert!(findings.books.iter().any(|book| book.moved.0 > 0), "a ledger without movements proves nothing");
    assert!(wrong.is_empty(), "{wrong:#?}\n{journal}{}", place.tail());
    db.pool().close().await;
}

/// Submission by case number.
async fn cases(db: &Db) -> BTreeMap<String, Uuid> {
    let sql = "SELECT case_no, submission_id FROM casework.case_file";
    sqlx::query_as(sql).fetch_all(db.pool()).await.unwrap().into_iter().collect()
}

/// Task, action and case by the id of the action.
async fn recorded(db: &Db) -> BTreeMap<Uuid, (Option<Uuid>, String, String)> {
    let sql = "SELECT action_id, task_id, action, case_no FROM casework.action
        WHERE action IN ('pass', 'send_back', 'reject')";
    let rows: Vec<(Uuid, Option<Uuid>, String, String)> =
        sqlx::query_as(sql).fetch_all(db.pool()).await.unwrap();
    rows.into_iter().map(|(id, task, action, case)| (id, (task, action, case))).collect()
}

/// Every receipt has its case, no two the same, and there are no cases beyond them and those of before.
async fn submissions(db: &Db, journal: &Journal, before: usize) -> Vec<String> {
    let cases = cases(db).await;
    let submitted = journal.submitted.lock().unwrap();
    let mut wrong: Vec<String> = submitted
        .iter()
        .filter(|one| cases.get(&one.case_no).is_none_or(|id| one.draft.is_some_and(|draft| draft != *id)))
        .map(|one| format!("no case for {one:?}"))
        .collect();
    let numbers: BTreeSet<&str> = submitted.iter().map(|one| one.case_no.as_str()).collect();
    if (numbers.len(), cases.len()) != (submitted.len(), submitted.len() + before) {
        let (receipts, different) = (submitted.len(), numbers.len());
        wrong.push(format!(
            "{receipts} receipts for {different} cases, {} beside {before} older",
            cases.len()
        ));
    }
    wrong
}

/// Every action that was confirmed is recorded as it was meant, and none of an officer's beyond them and those of
/// before.
async fn actions(db: &Db, journal: &Journal, before: usize) -> Vec<String> {
    let recorded = recorded(db).await;
    let acted = journal.acted.lock().unwrap();
    let meant = |one: &Acted| (Some(one.task), one.action.to_owned(), one.case_no.clone());
    let mut wrong: Vec<String> = acted
        .iter()
        .filter(|one| recorded.get(&one.id) != Some(&meant(one)))
        .map(|one| format!("lost: {one:?}"))
        .collect();
    if recorded.len() != acted.len() + before {
        wrong.push(format!(
            "{} actions confirmed, {} recorded beside {before} older",
            acted.len(),
            recorded.len()
        ));
    }
    wrong
}
