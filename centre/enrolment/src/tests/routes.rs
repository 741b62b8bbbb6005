//! Who sees what.

use base_kernel::ActorKind;
use base_web::testing::TestApp;
use calamine::{Reader, Xlsx};

use super::{World, batch, case, citizen, clerk, csv_of, operator, row, single};
use crate::READ;
use crate::rules::Column;

async fn world() -> (World, TestApp) {
    let world = World::new().await;
    let app = TestApp::new(world.slice().routes);
    (world, app)
}

#[tokio::test]
async fn a_citizen_reads_their_own_insurances() {
    let (world, app) = world().await;
    let (employer, person, other) = (world.employer(0).await, world.person(1).await, world.person(2).await);
    let form = single(&employer, case(1), 1, &["110", "410"]);
    world.effect("enrolment.enrol", &operator(&employer), &form).await.unwrap();
    app.get("/me/insurance").await.expect(401);
    app.acting_as(operator(&employer)).get("/me/insurance").await.expect(403);
    app.acting_as(clerk("310000", &[READ])).get("/me/insurance").await.expect(403);
    let own = app.acting_as(citizen(&person)).get("/me/insurance").await.expect(200).json();
    assert_eq!(own["enrolments"].as_array().unwrap().len(), 2);
    assert_eq!(own["enrolments"][0]["employer_name"], "测试单位0");
    assert_eq!(own["months_total"], 0);
    assert!(own["person"]["id_no"].as_str().unwrap().contains('*'));
    let others = app.acting_as(citizen(&other)).get("/me/insurance").await.expect(200).json();
    assert_eq!(others["enrolments"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn an_employer_reads_its_own_staff_and_a_clerk_those_of_the_area() {
    let (world, app) = world().await;
    let (employer, other) = (world.employer(0).await, world.employer(1).await);
    let form = single(&employer, case(1), 1, &["110"]);
    world.effect("enrolment.enrol", &operator(&employer), &form).await.unwrap();
    let person = world.person(2).await;
    app.get("/employer/staff").await.expect(401);
    app.acting_as(citizen(&person)).get("/employer/staff").await.expect(403);
    let own =
        app.acting_as(operator(&employer)).get("/employer/staff?query=测试&page=1&size=10").await.expect(200);
    let own = own.json();
    assert_eq!(own["total"], 1);
    assert_eq!(own["rows"][0]["wage_fen"], 1_000_000);
    assert_eq!(own["rows"][0]["status"], "active");
    let others = app.acting_as(operator(&other));
    assert_eq!(others.get("/employer/staff").await.expect(200).json()["total"], 0);
    let foreign = format!("/employer/staff?employer_no={employer}");
    others.get(&foreign).await.expect(404);
    for (actor, status) in [
        (clerk("310000/310104", &[READ]), 200),
        (clerk("310000", &[READ]), 200),
        (clerk("310000/310105", &[READ]), 404),
        (clerk("310000/310104", &[]), 403),
    ] {
        app.acting_as(actor).get(&foreign).await.expect(status);
    }
    app.acting_as(clerk("310000", &[READ])).get("/employer/staff").await.expect(404);
}

#[tokio::test]
async fn a_roster_is_shown_to_its_employer_and_to_clerks_of_the_area_only() {
    let (world, app) = world().await;
    let (employer, other) = (world.employer(0).await, world.employer(1).await);
    let who = operator(&employer);
    let mut wrong = row(2);
    wrong[Column::Wage as usize] = "+1=2".into();
    let file = world.file(&who, "a.csv", csv_of(&[row(1), wrong])).await;
    let form = batch(&employer, Some(case(1)), file);
    world.effect("enrolment.check_batch", &who, &form).await.unwrap();
    world.effect("enrolment.import_batch", &who, &form).await.unwrap();
    let path = format!("/employer/batches/{}", case(1));
    let result = format!("{path}/result");
    let person = world.person(9).await;
    for path in [&path, &result] {
        app.get(path).await.expect(401);
        app.acting_as(who.clone()).get(path).await.expect(200);
        app.acting_as(clerk("310000/310104", &[READ])).get(path).await.expect(200);
        for actor in [
            operator(&other),
            citizen(&person),
            clerk("310000/310105", &[READ]),
            clerk("310000/310104", &[]),
            base_kernel::Actor { kind: ActorKind::Employer, employer: None, ..who.clone() },
        ] {
            app.acting_as(actor).get(path).await.expect(404);
        }
    }
    app.acting_as(who.clone()).get(&format!("/employer/batches/{}", case(2))).await.expect(404);
    let shown = app.acting_as(who.clone()).get(&path).await.json();
    assert_eq!((shown["ok"].as_i64(), shown["failed"].as_i64()), (Some(1), Some(1)));
    assert_eq!(shown["failures"][0]["row"], 3);
    assert_eq!(shown["failures"][0]["code"], "E105");
    assert_eq!(shown["failures"][0]["column"], "wage");
    let body = app.acting_as(who).get(&result).await.body;
    let mut book = Xlsx::new(std::io::Cursor::new(body.to_vec())).unwrap();
    let failed = book.worksheet_range("失败明细").unwrap();
    assert_eq!(failed.get_value((1, 3)).unwrap().to_string(), "+1=2");
    assert!(book.worksheet_formula("失败明细").unwrap().is_empty());
    let good = book.worksheet_range("成功明细").unwrap();
    assert_eq!(good.get_value((1, 1)).unwrap().to_string(), "测试1");
}

#[tokio::test]
async fn everybody_signed_in_may_have_the_template() {
    let (world, app) = world().await;
    let employer = world.employer(0).await;
    app.get("/employer/batches/template").await.expect(401);
    let template = app.acting_as(operator(&employer)).get("/employer/batches/template").await.expect(200);
    assert!(template.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(Xlsx::new(std::io::Cursor::new(template.body.to_vec())).is_ok());
}
