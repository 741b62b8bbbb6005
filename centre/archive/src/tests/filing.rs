//! From the event of a closed case to the archivist's list, against a real database.

use std::path::PathBuf;
use std::sync::Arc;

use base_files::{Files, hex, sm3};
use base_jobs::{Relay, enqueue_event};
use base_kernel::{Actor, ActorKind, CaseNo};
use base_slice::{Registry, Slice};
use base_testdb::TestDb;
use base_web::testing::TestApp;
use engine_document::{DocumentConfig, Documents, Holder, Issue, Issued, Renderer};
use serde_json::{Value, json};

use super::{retention, root};
use crate::{MIGRATIONS, READ, slice};

struct Fixture {
    db: TestDb,
    documents: Documents,
    folder: PathBuf,
}

impl Fixture {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("renshe-archive-{}", uuid::Uuid::new_v4()));
        let renderer =
            Renderer::new(&root().join("tools/fonts"), &root().join("catalogue/templates")).unwrap();
        let config = DocumentConfig { verify_base: "https://rs.example.gov.cn/verify/".into(), parallel: 1 };
        let documents = Documents::new(Arc::new(renderer), Files::local(&folder).unwrap(), config);
        let schema = [base_jobs::MIGRATIONS, base_files::MIGRATIONS, engine_document::MIGRATIONS, MIGRATIONS];
        Self { db: TestDb::new(&schema).await, documents, folder }
    }

    fn slice(&self) -> Slice {
        slice(&self.db.db(), &retention(), &self.documents)
    }

    async fn deliver(&self, key: &str, payload: &Value) {
        let mut tx = self.db.begin_as(Actor::system()).await;
        enqueue_event(&mut tx, "casework.case_closed", key, payload).await.unwrap();
        tx.commit().await.unwrap();
        let registry = Registry::fold(&[self.slice()]).unwrap();
        Relay::new(self.db.db(), registry).drain().await.unwrap();
    }

    async fn issue(&self) -> Issued {
        let data = std::fs::read(root().join("catalogue/templates/samples/pension-award.json")).unwrap();
        let mut tx = self.db.begin_as(Actor::system()).await;
        let issue = Issue {
            template: "pension-award".into(),
            title: "基本养老金核定表".into(),
            number_prefix: "YLHD".into(),
            issuer: "上海市徐汇区社会保险事业管理中心".into(),
            holder: Holder::Person("3100001234".into(), "张建国".into()),
            data: serde_json::from_slice(&data).unwrap(),
            facts: Vec::new(),
            valid_until: None,
            case_no: Some(CaseNo("C1".into())),
            key: None,
        };
        let issued = self.documents.issue(&mut tx, issue).await.unwrap();
        tx.commit().await.unwrap();
        issued
    }

    fn app(&self, scope: &str) -> TestApp {
        let archivist = Actor {
            kind: ActorKind::Staff,
            scope: Some(scope.into()),
            permissions: vec![READ.into()],
            ..Actor::system()
        };
        TestApp::new(self.slice().routes).acting_as(archivist)
    }

    async fn only_row(&self) -> Value {
        let page = self.app("310000").get("/archives").await.expect(200).json();
        assert_eq!(page["total"], 1, "{page}");
        page["rows"][0].clone()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn closed(case_no: &str, org_path: &str) -> Value {
    json!({
        "case_no": case_no, "item_code": "SI-YL-001", "item_name": "职工正常退休申请", "org_path": org_path,
        "outcome": "approved", "recipients": [], "variables": {},
        "subject": { "person_no": "3100001234", "employer_no": "3100098765", "name": "张建国" },
        "archive": { "category": "养老保险待遇类", "link": "待遇核定", "class": "YL", "retention": "D100",
            "subject": "person", "mark": "K/U" },
        "components": [
            { "kind": "form", "name": "申请表", "data": { "name": "张建国", "retire_kind": "normal" } },
            { "kind": "log", "name": "办理记录", "data": [{ "node": "accept", "action": "pass" }] },
            { "kind": "material", "data": { "code": "M12", "files": [
                { "id": "018f0000-0000-7000-8000-000000000001", "name": "档案1.pdf", "media_type": "application/pdf",
                  "size": 1024, "sm3": hex(&sm3(b"one")) },
                { "id": "018f0000-0000-7000-8000-000000000002", "name": "档案2.jpg", "size": 2048, "sm3": hex(&sm3(b"two")) }
            ] } }
        ]
    })
}

#[tokio::test]
async fn a_closed_case_is_filed_with_its_components() {
    let fixture = Fixture::new().await;
    fixture.deliver("C1", &closed("C1", "310000/310104/310104-01")).await;
    let row = fixture.only_row().await;
    assert_eq!(row["archive_no"], "310104-SB·2026-D100-YL.HD-0000001");
    assert_eq!((row["retention_name"].as_str(), row["mark"].as_str()), (Some("定期100年"), Some("K/U")));
    assert_eq!(
        (row["closed_on"].as_str(), row["keep_until"].as_str()),
        (Some("2026-07-01"), Some("2126-12-31"))
    );
    assert_eq!(row["complete"], true);
    let path = format!("/archives/{}", row["id"].as_str().unwrap());
    let detail = fixture.app("310000").get(&path).await.expect(200).json();
    let components = detail["components"].as_array().unwrap();
    let names: Vec<_> = components.iter().map(|component| component["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["申请表", "办理记录", "M12：档案1.pdf", "M12：档案2.jpg"]);
    let form = r#"{"name":"张建国","retire_kind":"normal"}"#;
    assert_eq!(components[0]["sm3"], hex(&sm3(form.as_bytes())));
    assert_eq!(detail["checks"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_case_is_filed_once() {
    let fixture = Fixture::new().await;
    fixture.deliver("C1", &closed("C1", "310000/310104")).await;
    fixture.deliver("C1-again", &closed("C1", "310000/310104")).await;
    fixture.only_row().await;
    fixture.deliver("C2", &closed("C2", "310000/310104")).await;
    let page = fixture.app("310000").get("/archives?query=310104-SB").await.expect(200).json();
    let numbers: Vec<_> =
        page["rows"].as_array().unwrap().iter().map(|row| row["archive_no"].clone()).collect();
    assert!(numbers.contains(&json!("310104-SB·2026-D100-YL.HD-0000002")), "{numbers:?}");
}

#[tokio::test]
async fn an_item_without_archive_block_is_not_filed() {
    let fixture = Fixture::new().await;
    let mut payload = closed("C1", "310000/310104");
    payload.as_object_mut().unwrap().remove("archive");
    fixture.deliver("C1", &payload).await;
    let page = fixture.app("310000").get("/archives").await.expect(200).json();
    assert_eq!(page["total"], 0);
}

#[tokio::test]
async fn a_document_rendered_later_completes_the_record() {
    let fixture = Fixture::new().await;
    let issued = fixture.issue().await;
    let mut payload = closed("C1", "310000/310104");
    let document = json!({ "kind": "document", "name": "基本养老金核定表", "number": issued.number,
        "document_id": issued.id });
    payload["components"].as_array_mut().unwrap().push(document);
    fixture.deliver("C1", &payload).await;
    let row = fixture.only_row().await;
    assert_eq!(row["complete"], false);

    let slice = fixture.slice();
    let job = slice.jobs.iter().find(|job| job.name == "archive.complete").unwrap();
    let args = json!({ "record_id": row["id"] });
    (job.run)(fixture.db.db(), args.clone()).await.unwrap();
    (job.run)(fixture.db.db(), args).await.unwrap();
    assert_eq!(fixture.only_row().await["complete"], true);
    let path = format!("/archives/{}", row["id"].as_str().unwrap());
    let detail = fixture.app("310000").get(&path).await.expect(200).json();
    let (document, _) = fixture.documents.pdf(&fixture.db.db(), issued.id).await.unwrap();
    assert_eq!(detail["components"][4]["sm3"], document.sm3.unwrap());
    assert_eq!(detail["components"][4]["name"], format!("基本养老金核定表 {}", issued.number));
}

#[tokio::test]
async fn archivists_see_their_part_of_the_tree() {
    let fixture = Fixture::new().await;
    fixture.deliver("C1", &closed("C1", "310000/310104/310104-01")).await;
    fixture.deliver("C2", &closed("C2", "310000/310105")).await;
    let total = async |scope: &str, query: &str| {
        let app = fixture.app(scope);
        app.get(&format!("/archives{query}")).await.expect(200).json()["total"].as_i64()
    };
    assert_eq!(total("310000", "").await, Some(2));
    assert_eq!(total("310000/310104", "").await, Some(1));
    assert_eq!(total("310000/31010", "").await, Some(0));
    assert_eq!(total("310000/______", "").await, Some(0));
    assert_eq!(total("310000", "?query=C2").await, Some(1));
    assert_eq!(total("310000", "?query=%E5%BC%A0%E5%BB%BA%E5%9B%BD").await, Some(2));
    assert_eq!(total("310000", "?query=%25").await, Some(0));
    let row = fixture.app("310000/310105").get("/archives").await.expect(200).json()["rows"][0].clone();
    let path = format!("/archives/{}", row["id"].as_str().unwrap());
    fixture.app("310000/310104").get(&path).await.expect(404);

    let routes = TestApp::new(fixture.slice().routes);
    routes.get("/archives").await.expect(401);
    let clerk = Actor { kind: ActorKind::Staff, permissions: Vec::new(), ..Actor::system() };
    routes.acting_as(clerk).get("/archives").await.expect(403);
}

#[tokio::test]
async fn every_statement_prepares() {
    let fixture = Fixture::new().await;
    base_db::prepare_all(&fixture.db.db(), crate::STATEMENTS).await.unwrap();
}
