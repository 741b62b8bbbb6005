//! Single enrolment, stop, retirement.

use base_kernel::{Fen, PersonNo};
use centre_party::Scope;
use serde_json::json;

use super::{World, case, day, id_no, month, operator, single};
use crate::{
    Employment, EnrolmentError, Insurance, NewEnrolment, PeriodStatus, employer_of, employs, enrol_one,
    history, months_insured, retire, stop, unretire,
};

const ALL: [&str; 4] = ["110", "210", "310", "410"];

async fn number(world: &World, of: u32) -> PersonNo {
    let mut tx = world.system().await;
    let scope = Scope::System("test");
    centre_party::person_by_id_no(&mut tx, &scope, "01", &id_no(of)).await.unwrap().unwrap().no
}

#[tokio::test]
async fn one_employee_is_enrolled_once_with_a_receipt_and_a_message() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let who = operator(&employer);
    let form = single(&employer, case(1), 1, &ALL);
    let first = world.effect("enrolment.enrol", &who, &form).await.unwrap();
    let document = &first.values["document"];
    assert_eq!(document["employer_name"], "测试单位0");
    assert_eq!(document["people"][0]["insurances"], "养老、失业、医疗、工伤");
    assert_eq!(document["people"][0]["start_month"], "2026-07");
    assert_eq!(document["insurances"].as_array().unwrap().len(), 4);
    assert!(!first.values["facts"].to_string().contains("测试"), "facts are shown to everybody");
    // Repeated for the same case: the same answer, nothing new.
    let again = world.effect("enrolment.enrol", &who, &form).await.unwrap();
    assert_eq!(again.values["person_no"], first.values["person_no"]);
    let person = number(&world, 1).await;
    let mut tx = world.system().await;
    assert!(employs(&mut tx, &employer, &person).await.unwrap());
    assert_eq!(employer_of(&mut tx, &person).await.unwrap(), Some(employer.clone()));
    assert!(centre_party::staff_is(&mut tx, &employer, &person).await.unwrap());
    let periods = history(&mut tx, &Scope::Employer(employer.clone()), &person).await.unwrap();
    assert_eq!(periods.len(), 4);
    assert_eq!(periods[0].case_no.as_deref(), Some(case(1).as_str()));
    let events: Vec<serde_json::Value> =
        sqlx::query_scalar("SELECT payload FROM base.outbox WHERE topic = 'enrolment.enrolled'")
            .fetch_all(tx.conn())
            .await
            .unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["template"], "employee-enrolled");
    assert_eq!(events[0]["recipients"], json!([{ "person_no": person }]));
    assert_eq!(events[0]["variables"]["start_month"], "2026-07");
}

#[tokio::test]
async fn a_second_employer_must_wait_for_the_first() {
    let world = World::new().await;
    let (first, second) = (world.employer(0).await, world.employer(1).await);
    world.effect("enrolment.enrol", &operator(&first), &single(&first, case(1), 1, &ALL)).await.unwrap();
    let form = single(&second, case(2), 1, &ALL);
    let outcome = world.check("enrolment.not_insured_elsewhere", &operator(&second), &form).await;
    assert!(!outcome.passed);
    assert!(!outcome.detail.contains("测试单位"), "the other employer is not named: {}", outcome.detail);
    let refused = world.effect("enrolment.enrol", &operator(&second), &form).await.unwrap_err();
    assert_eq!(refused.code, "enrolment.refused");
    // Injury insurance runs beside.
    let beside = single(&second, case(3), 1, &["410"]);
    world.effect("enrolment.enrol", &operator(&second), &beside).await.unwrap();
    let person = number(&world, 1).await;
    let mut tx = world.system().await;
    stop(&mut tx, &first, &person, &[], month("2026-07"), "6313").await.unwrap();
    assert!(!employs(&mut tx, &first, &person).await.unwrap());
    assert!(!centre_party::staff_is(&mut tx, &first, &person).await.unwrap());
    tx.commit().await.unwrap();
    let mut next = single(&second, case(4), 1, &["110"]);
    let overlap = world.effect("enrolment.enrol", &operator(&second), &next).await.unwrap_err();
    assert!(overlap.fields[0].message.contains("2026-07"), "{overlap}");
    next.form.insert("start_month".into(), json!("2026-08"));
    world.effect("enrolment.enrol", &operator(&second), &next).await.unwrap();
}

#[tokio::test]
async fn two_employers_at_the_same_moment_can_not_both_succeed() {
    let world = World::new().await;
    let (first, second) = (world.employer(0).await, world.employer(1).await);
    world.person(1).await;
    let (one, two) = (single(&first, case(1), 1, &ALL), single(&second, case(2), 1, &ALL));
    let (left, right) = (operator(&first), operator(&second));
    let (a, b) = tokio::join!(
        world.effect("enrolment.enrol", &left, &one),
        world.effect("enrolment.enrol", &right, &two)
    );
    assert!(a.is_ok() != b.is_ok(), "{:?} {:?}", a.is_ok(), b.is_ok());
}

fn new(person: &PersonNo, employer: &base_kernel::EmployerNo, start: &str) -> NewEnrolment {
    NewEnrolment {
        person: person.clone(),
        employer: employer.clone(),
        insurances: vec![Insurance::Pension, Insurance::Medical],
        start: month(start),
        wage: Fen(1_000_000),
        employment: Employment {
            hire_date: day("2020-01-01"),
            contract_type: "2".into(),
            contract_end: None,
            add_reason: "01".into(),
            hukou: None,
            education: None,
        },
    }
}

#[tokio::test]
async fn retirement_ends_everything_and_can_be_taken_back() {
    let world = World::new().await;
    let (employer, person) = (world.employer(0).await, world.person(1).await);
    let set = super::POLICY.current();
    let mut tx = world.system().await;
    enrol_one(&mut tx, &set, &new(&person, &employer, "2020-01")).await.unwrap();
    let twice = enrol_one(&mut tx, &set, &new(&person, &employer, "2026-07")).await;
    assert!(matches!(twice, Err(EnrolmentError::Refused(_))));
    retire(&mut tx, &person, month("2026-07")).await.unwrap();
    retire(&mut tx, &person, month("2026-07")).await.unwrap();
    let system = Scope::System("test");
    let periods = history(&mut tx, &system, &person).await.unwrap();
    assert!(
        periods.iter().all(|one| one.status == PeriodStatus::Retired && one.end == Some(month("2026-06")))
    );
    let through = month("2026-12");
    assert_eq!(months_insured(&mut tx, &person, Insurance::Pension, through).await.unwrap(), 78);
    assert_eq!(employer_of(&mut tx, &person).await.unwrap(), None);
    unretire(&mut tx, &person, month("2026-07")).await.unwrap();
    let periods = history(&mut tx, &system, &person).await.unwrap();
    assert!(periods.iter().all(|one| one.status == PeriodStatus::Active && one.end.is_none()));
    assert!(centre_party::staff_is(&mut tx, &employer, &person).await.unwrap());
    assert_eq!(months_insured(&mut tx, &person, Insurance::Pension, through).await.unwrap(), 84);
}

#[tokio::test]
async fn who_draws_a_pension_is_enrolled_in_injury_insurance_only() {
    let world = World::new().await;
    let (employer, person) = (world.employer(0).await, world.person(1).await);
    let mut tx = world.system().await;
    centre_party::person_set_receiving(&mut tx, &person, Some(month("2026-01"))).await.unwrap();
    tx.commit().await.unwrap();
    let who = operator(&employer);
    let all = single(&employer, case(1), 1, &ALL);
    assert!(!world.check("enrolment.not_retired", &who, &all).await.passed);
    assert!(world.check("enrolment.not_insured_elsewhere", &who, &all).await.passed);
    let injury = single(&employer, case(2), 1, &["410"]);
    assert!(world.check("enrolment.not_retired", &who, &injury).await.passed);
    world.effect("enrolment.enrol", &who, &injury).await.unwrap();
}

#[tokio::test]
async fn the_start_month_is_this_or_the_next() {
    let world = World::new().await;
    let employer = world.employer(0).await;
    let who = operator(&employer);
    for (start, passes) in [("2026-06", false), ("2026-07", true), ("2026-08", true), ("2026-09", false)] {
        let mut form = single(&employer, case(1), 1, &ALL);
        form.form.insert("start_month".into(), json!(start));
        assert_eq!(world.check("enrolment.start_month", &who, &form).await.passed, passes, "{start}");
    }
    let mut late = single(&employer, case(1), 1, &ALL);
    late.form.insert("start_month".into(), json!("2026-06"));
    assert!(world.effect("enrolment.enrol", &who, &late).await.is_err());
}

#[tokio::test]
async fn the_schema_itself_refuses_two_active_periods() {
    let world = World::new().await;
    let (employer, person) = (world.employer(0).await, world.person(1).await);
    let mut tx = world.system().await;
    enrol_one(&mut tx, &super::POLICY.current(), &new(&person, &employer, "2020-01")).await.unwrap();
    let copy = "INSERT INTO enrolment.period (person_no, id, insurance, employer_no, start_month, wage_fen, hire_date, \
                contract_type, add_reason, recorded_at, changed_at) \
                SELECT person_no, gen_random_uuid(), insurance, '2999999999', start_month, wage_fen, hire_date, \
                contract_type, add_reason, now(), now() FROM enrolment.period";
    let error = sqlx::query(copy).execute(tx.conn()).await.unwrap_err();
    assert_eq!(base_db::DbError::from(error).constraint(), Some("period_one_active"));
}
