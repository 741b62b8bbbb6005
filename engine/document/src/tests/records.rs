//! Issuing, rendering once, voiding, downloading, verifying, against a real database.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use base_files::Files;
use base_kernel::{Actor, ActorKind, CaseNo, DocumentId, PersonNo};
use base_testdb::TestDb;
use base_web::testing::TestApp;
use chrono::NaiveDate;
use serde_json::json;

use super::{renderer, sample, text_of};
use crate::{
    AuthoriseFn, Document, DocumentConfig, Documents, Error, Fact, Holder, Issue, Issued, MIGRATIONS,
    Outcome, is_holder, slice, verify,
};

struct Fixture {
    db: TestDb,
    documents: Documents,
    folder: PathBuf,
}

impl Fixture {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("renshe-document-{}", uuid::Uuid::new_v4()));
        let config = DocumentConfig { verify_base: "https://rs.example.gov.cn/verify/".into(), parallel: 2 };
        let documents = Documents::new(renderer(), Files::local(&folder).unwrap(), config);
        let db = TestDb::new(&[base_jobs::MIGRATIONS, base_files::MIGRATIONS, MIGRATIONS]).await;
        Self { db, documents, folder }
    }

    async fn issue(&self, issue: Issue) -> Issued {
        let mut tx = self.db.begin_as(Actor::system()).await;
        let issued = self.documents.issue(&mut tx, issue).await.unwrap();
        tx.commit().await.unwrap();
        issued
    }

    async fn find(&self, id: DocumentId) -> Document {
        let mut tx = self.db.begin_as(Actor::system()).await;
        self.documents.find(&mut tx, id).await.unwrap()
    }

    fn app(&self) -> TestApp {
        let authorise: AuthoriseFn = Arc::new(|tx, document| {
            Box::pin(async move { Ok(is_holder(tx, document) || tx.actor().may("casework.read")) })
        });
        TestApp::new(slice(&self.db.db(), &self.documents, authorise).routes)
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn award() -> Issue {
    Issue {
        template: "pension-award".into(),
        title: "基本养老金核定表".into(),
        number_prefix: "YLHD".into(),
        issuer: "上海市徐汇区社会保险事业管理中心".into(),
        holder: Holder::Person("3100001234".into(), "张建国".into()),
        data: sample("pension-award"),
        facts: vec![Fact::new("退休年月", "2026年7月"), Fact::new("证件号码", "310104196603152814")],
        valid_until: None,
        case_no: Some(CaseNo("HRSS3101042026070101000018".into())),
        key: None,
    }
}

fn citizen(person: &str) -> Actor {
    Actor {
        kind: ActorKind::Citizen,
        person: Some(PersonNo(person.into())),
        permissions: Vec::new(),
        user: base_kernel::UserId(uuid::Uuid::new_v4()),
        ..Actor::system()
    }
}

#[tokio::test]
async fn numbers_run_without_gaps_by_prefix_and_year() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.issue(award()).await.number, "YLHD-2026-0000001");
    let mut lost = fixture.db.begin_as(Actor::system()).await;
    fixture.documents.issue(&mut lost, award()).await.unwrap();
    lost.rollback().await.unwrap();
    assert_eq!(fixture.issue(award()).await.number, "YLHD-2026-0000002");
    let other = Issue { number_prefix: "CBZM".into(), ..award() };
    assert_eq!(fixture.issue(other).await.number, "CBZM-2026-0000001");
    let next_year = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    fixture.db.clock().set(base_kernel::Clock::now(&base_kernel::FixedClock::on(next_year)));
    assert_eq!(fixture.issue(award()).await.number, "YLHD-2027-0000001");
}

#[tokio::test]
async fn steps_at_the_same_time_do_not_wait_for_a_number_and_leave_no_gap() {
    let fixture = Fixture::new().await;
    fixture.issue(award()).await;
    let mut steps = Vec::new();
    for _ in 0..3 {
        let mut tx = fixture.db.begin_as(Actor::system()).await;
        // None of these is finished when the next one takes its number.
        let number = fixture.documents.issue(&mut tx, award()).await.unwrap().number;
        steps.push((tx, number));
    }
    let numbers: Vec<_> = steps.iter().map(|(_, number)| number.as_str()).collect();
    assert_eq!(numbers, ["YLHD-2026-0000002", "YLHD-2026-0000003", "YLHD-2026-0000004"]);
    for (place, (tx, _)) in steps.into_iter().enumerate() {
        if place == 1 { tx.rollback().await.unwrap() } else { tx.commit().await.unwrap() }
    }
    assert_eq!(fixture.issue(award()).await.number, "YLHD-2026-0000003", "what was given back comes first");
    assert_eq!(fixture.issue(award()).await.number, "YLHD-2026-0000005");
    let mut seen = BTreeSet::new();
    for _ in 0..70 {
        assert!(seen.insert(fixture.issue(award()).await.number));
    }
    assert_eq!(seen.into_iter().next_back().unwrap(), "YLHD-2026-0000075");
}

#[tokio::test]
async fn what_could_never_be_printed_is_never_issued() {
    let fixture = Fixture::new().await;
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let mut issue = award();
    issue.data["name"] = json!(null);
    assert!(matches!(fixture.documents.issue(&mut tx, issue).await, Err(Error::Data(_))));
    let issue = Issue { template: "base".into(), ..award() };
    assert!(matches!(fixture.documents.issue(&mut tx, issue).await, Err(Error::UnknownTemplate(_))));
    let issue = Issue { number_prefix: "yl-1".into(), ..award() };
    assert!(matches!(fixture.documents.issue(&mut tx, issue).await, Err(Error::Prefix(_))));
}

#[tokio::test]
async fn the_same_key_finds_the_document_issued_before() {
    let fixture = Fixture::new().await;
    let keyed = || Issue { key: Some("HRSS3101042026070101000018/result".into()), ..award() };
    let first = fixture.issue(keyed()).await;
    assert_eq!(fixture.issue(keyed()).await, first);
    assert_ne!(fixture.issue(award()).await, first);
}

#[tokio::test]
async fn a_pdf_is_rendered_once_and_stays_the_same() {
    let fixture = Fixture::new().await;
    let db = fixture.db.db();
    let issued = fixture.issue(award()).await;
    assert!(fixture.find(issued.id).await.file_id.is_none());
    // Two readers at once, and the job behind them.
    let documents = &fixture.documents;
    let (first, second) = tokio::join!(documents.pdf(&db, issued.id), documents.pdf(&db, issued.id));
    let (document, pdf) = first.unwrap();
    assert!(second.unwrap().1 == pdf);
    let expected = base_files::hex(&base_files::sm3(&pdf.0));
    assert_eq!(document.sm3.as_deref(), Some(expected.as_str()));
    let again = documents.pdf(&db, issued.id).await.unwrap();
    assert!(again.1 == pdf && again.0 == document);
    if let Some(text) = text_of(&pdf.0) {
        assert!(text.contains(&issued.number), "{text}");
    }
}

#[tokio::test]
async fn the_background_job_renders() {
    let fixture = Fixture::new().await;
    let issued = fixture.issue(award()).await;
    let authorise: AuthoriseFn = Arc::new(|_, _| Box::pin(async { Ok(false) }));
    let slice = slice(&fixture.db.db(), &fixture.documents, authorise);
    let job = slice.jobs.iter().find(|job| job.name == "document.render").unwrap();
    (job.run)(fixture.db.db(), json!({ "document_id": issued.id })).await.unwrap();
    let rendered = fixture.find(issued.id).await;
    assert!(rendered.file_id.is_some());
    (job.run)(fixture.db.db(), json!({ "document_id": issued.id })).await.unwrap();
    assert_eq!(fixture.find(issued.id).await, rendered);
}

#[tokio::test]
async fn only_who_may_read_can_download() {
    let fixture = Fixture::new().await;
    let issued = fixture.issue(award()).await;
    let path = format!("/documents/{}", issued.id);
    let app = fixture.app();
    app.get(&path).await.expect(401);
    let stranger = app.acting_as(citizen("3100009999")).get(&path).await.expect(404);
    let missing =
        app.acting_as(citizen("3100001234")).get(&format!("/documents/{}", uuid::Uuid::nil())).await;
    assert_eq!(stranger.json()["detail"], missing.expect(404).json()["detail"]);
    let got = app.acting_as(citizen("3100001234")).get(&path).await.expect(200);
    assert!(got.body.starts_with(b"%PDF-"));
    assert_eq!(got.headers["content-type"], "application/pdf");
    let disposition = got.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("inline; filename*=UTF-8''") && disposition.ends_with("0000001.pdf"));
    let saved = app.acting_as(citizen("3100001234")).get(&format!("{path}?save=true")).await.expect(200);
    assert_eq!(saved.body, got.body);
    app.get("/documents/not-an-id").await.expect(401);
}

#[tokio::test]
async fn verification_tells_strangers_no_personal_data() {
    let fixture = Fixture::new().await;
    let issued = fixture.issue(award()).await;
    let code = &issued.verify_code;
    let spaced = format!("{} {}-{}", &code[..4], &code[4..8], &code[8..]).replace(' ', "%20");
    let answer = fixture.app().get(&format!("/verification/{spaced}")).await.expect(200);
    let body = answer.json();
    assert_eq!((body["valid"].as_bool(), &body["outcome"]), (Some(true), &json!("genuine")));
    assert_eq!(body["holder"], "张*国");
    assert_eq!(body["number"], issued.number);
    assert_eq!(body["facts"][1]["value"], "310*************14");
    for secret in ["张建国", "310104196603152814", "6222", "885940"] {
        assert!(!answer.text().contains(secret), "{secret}");
    }
    let wrong = fixture.app().get("/verification/0000000000000000").await.expect(200).json();
    assert_eq!((wrong["valid"].as_bool(), &wrong["outcome"]), (Some(false), &json!("unknown")));
    fixture.app().get("/verification/%27%3B--").await.expect(200);
}

#[tokio::test]
async fn known_and_unknown_codes_take_the_same_time() {
    let fixture = Fixture::new().await;
    let issued = fixture.issue(award()).await;
    let db = fixture.db.db();
    for code in [issued.verify_code.as_str(), "1234567812345678", ""] {
        let started = std::time::Instant::now();
        verify(&db, code).await.unwrap();
        let took = started.elapsed().as_millis();
        assert!(took >= 59, "{code}: {took} ms");
    }
}

#[tokio::test]
async fn an_expired_and_a_void_document_are_told_so() {
    let fixture = Fixture::new().await;
    let db = fixture.db.db();
    let issued = fixture.issue(Issue { valid_until: NaiveDate::from_ymd_opt(2026, 7, 1), ..award() }).await;
    assert_eq!(verify(&db, &issued.verify_code).await.unwrap().outcome, Outcome::Genuine);
    fixture.db.clock().advance(chrono::Duration::days(1));
    assert_eq!(verify(&db, &issued.verify_code).await.unwrap().outcome, Outcome::Expired);

    let mut tx = fixture.db.begin_as(Actor::system()).await;
    fixture.documents.void(&mut tx, issued.id, "核定错误，重新核定").await.unwrap();
    fixture.documents.void(&mut tx, issued.id, "再次").await.unwrap();
    let missing = fixture.documents.void(&mut tx, DocumentId(uuid::Uuid::nil()), "无").await;
    assert!(matches!(missing, Err(Error::NotFound)));
    tx.commit().await.unwrap();
    assert_eq!(fixture.find(issued.id).await.void_reason.as_deref(), Some("核定错误，重新核定"));
    assert_eq!(verify(&db, &issued.verify_code).await.unwrap().outcome, Outcome::Void);

    let path = format!("/documents/{}", issued.id);
    let refused = fixture.app().acting_as(citizen("3100001234")).get(&path).await.expect(409);
    assert_eq!(refused.code(), "document.void");
    let clerk =
        Actor { kind: ActorKind::Staff, permissions: vec!["casework.read".into()], ..Actor::system() };
    fixture.app().acting_as(clerk).get(&path).await.expect(200);
}

#[tokio::test]
async fn documents_of_a_case_are_listed_in_order() {
    let fixture = Fixture::new().await;
    let first = fixture.issue(award()).await;
    fixture.db.clock().advance(chrono::Duration::minutes(1));
    let second = fixture.issue(award()).await;
    let mut tx = fixture.db.begin_as(Actor::system()).await;
    let case = award().case_no.unwrap();
    let listed = fixture.documents.of_case(&mut tx, &case).await.unwrap();
    assert_eq!(listed.iter().map(|d| d.id).collect::<Vec<_>>(), [first.id, second.id]);
}

#[test]
fn names_and_long_numbers_are_masked() {
    use crate::{mask_digits, mask_name};
    assert_eq!(mask_name("王芳"), "王*");
    assert_eq!(mask_name("欧阳建国"), "欧**国");
    assert_eq!(mask_name("阿卜杜热伊木·买买提"), "阿********提");
    assert_eq!(
        mask_digits("证件31010419660115281X，编号2026-0000123"),
        "证件310*************1X，编号2026-0000123"
    );
    assert_eq!(mask_digits("13812345678 与 6222020200112233445"), "138******78 与 622**************45");
    assert_eq!(mask_digits("8868.20元"), "8868.20元");
}

#[tokio::test]
async fn every_statement_prepares() {
    let fixture = Fixture::new().await;
    base_db::prepare_all(&fixture.db.db(), crate::STATEMENTS).await.unwrap();
}
