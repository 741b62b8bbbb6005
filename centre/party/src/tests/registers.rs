//! Registering and changing.

use base_kernel::{Month, Sex};
use serde_json::Map;

use super::{MAN, WOMAN, database, day, new_employer, new_person, system};
use crate::{
    Category, KeyChange, NewEmployer, NewPerson, PartyError, Scope, employer_by_uscc, employer_register,
    person_by_id_no, person_by_no, person_change_key, person_history, person_register, person_register_many,
    person_set_category, person_set_receiving,
};

const ALL: Scope = Scope::System("test");

#[tokio::test]
async fn every_statement_prepares() {
    let db = database().await;
    for statements in crate::STATEMENTS {
        base_db::prepare_all(&db.db(), statements).await.unwrap();
    }
}

#[tokio::test]
async fn a_person_is_registered_once() {
    let db = database().await;
    let mut tx = system(&db).await;
    let person = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    assert!(crate::person_no_valid(person.no.as_str()), "{}", person.no);
    assert_eq!((person.birth, person.sex, person.version), (day("1965-12-31"), Sex::Male, 1));
    let again = person_register(&mut tx, &new_person("张国建", MAN)).await;
    assert!(matches!(again, Err(PartyError::IdTaken)));
    let history = person_history(&mut tx, &ALL, &person.no).await.unwrap();
    assert_eq!(history.len(), 1);
    assert!(history[0].before.is_none());
}

#[tokio::test]
async fn a_batch_keeps_known_numbers() {
    let db = database().await;
    let mut tx = system(&db).await;
    let known = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    let people = [new_person("陈静", WOMAN), new_person("张建国", MAN), new_person("陈静", WOMAN)];
    let numbers = person_register_many(&mut tx, &people).await.unwrap();
    assert!(numbers[0].1 && !numbers[1].1);
    assert_eq!(numbers[1].0, known.no);
    assert_eq!(numbers[0].0, numbers[2].0);
}

#[tokio::test]
async fn wrong_documents_are_refused_with_their_field() {
    let db = database().await;
    let mut tx = system(&db).await;
    for wrong in ["310115196512310012", "31011519651231001", "310115196513310011", "x"] {
        let refused = person_register(&mut tx, &new_person("张建国", wrong)).await;
        assert!(matches!(refused, Err(PartyError::Identity(_))), "{wrong}");
    }
    let foreign =
        NewPerson { id_type: "08".into(), id_no: "E1234567".into(), ..new_person("John Smith", "") };
    assert!(matches!(person_register(&mut tx, &foreign).await, Err(PartyError::Fields(_))));
    let complete = NewPerson { birth: Some(day("1980-02-03")), sex: Some(Sex::Male), ..foreign };
    person_register(&mut tx, &complete).await.unwrap();
}

#[tokio::test]
async fn two_registrations_at_the_same_moment_give_one_person() {
    let db = database().await;
    let register = || async {
        let mut tx = system(&db).await;
        let done = person_register_many(&mut tx, &[new_person("陈静", WOMAN)]).await.unwrap();
        tx.commit().await.unwrap();
        done[0].clone()
    };
    let (first, second) = tokio::join!(register(), register());
    assert_eq!(first.0, second.0);
    assert!(first.1 != second.1);
}

#[tokio::test]
async fn a_key_change_keeps_before_and_after_and_tells_the_others() {
    let db = database().await;
    let mut tx = system(&db).await;
    let person = person_register(&mut tx, &new_person("刘小强", MAN)).await.unwrap();
    let change = KeyChange { name: Some("刘子墨".into()), basis: Map::new(), ..KeyChange::default() };
    let (before, after) = person_change_key(&mut tx, &person.no, &change).await.unwrap();
    assert_eq!((before.name.as_str(), after.name.as_str(), after.version), ("刘小强", "刘子墨", 2));
    let history = person_history(&mut tx, &ALL, &person.no).await.unwrap();
    assert_eq!(history[0].before.as_ref().unwrap().name, "刘小强");
    let events: Vec<String> =
        sqlx::query_scalar("SELECT topic FROM base.outbox").fetch_all(tx.conn()).await.unwrap();
    assert_eq!(events, ["party.key_changed"]);
    // Taking it back is a change like any other.
    let back = KeyChange { name: Some("刘小强".into()), ..KeyChange::default() };
    person_change_key(&mut tx, &person.no, &back).await.unwrap();
    assert_eq!(person_by_no(&mut tx, &ALL, &person.no).await.unwrap().version, 3);
}

#[tokio::test]
async fn a_number_of_someone_else_is_refused_by_the_register_itself() {
    let db = database().await;
    let mut tx = system(&db).await;
    let man = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    // Same day and sex, another sequence.
    let brother = "310115196512310070";
    person_register(&mut tx, &new_person("张建军", brother)).await.unwrap();
    let change = KeyChange { id_no: Some(brother.into()), ..KeyChange::default() };
    let refused = person_change_key(&mut tx, &man.no, &change).await;
    assert!(matches!(refused, Err(PartyError::IdTaken)), "{refused:?}");
}

#[tokio::test]
async fn history_and_people_are_never_deleted() {
    let db = database().await;
    let mut tx = system(&db).await;
    person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    employer_register(&mut tx, &new_employer()).await.unwrap();
    tx.commit().await.unwrap();
    for statement in [
        "DELETE FROM party.person",
        "DELETE FROM party.employer",
        "DELETE FROM party.person_history",
        "UPDATE party.employer_history SET action = 'x'",
    ] {
        assert!(sqlx::query(statement).execute(db.db().pool()).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn category_and_pension_leave_their_trace() {
    let db = database().await;
    let mut tx = system(&db).await;
    let woman = person_register(&mut tx, &new_person("陈静", WOMAN)).await.unwrap();
    let wrong = person_set_category(&mut tx, &woman.no, Category::M60, "档案", None, None).await;
    assert!(matches!(wrong, Err(PartyError::Fields(_))));
    person_set_category(&mut tx, &woman.no, Category::F50, "末次劳动合同", None, None).await.unwrap();
    let august = Month::new(2026, 8).unwrap();
    person_set_receiving(&mut tx, &woman.no, Some(august)).await.unwrap();
    person_set_receiving(&mut tx, &woman.no, Some(august)).await.unwrap();
    let now = person_by_id_no(&mut tx, &ALL, "01", WOMAN).await.unwrap().unwrap();
    assert_eq!((now.category, now.receiving_from, now.version), (Some(Category::F50), Some(august), 3));
}

#[tokio::test]
async fn an_employer_is_registered_once() {
    let db = database().await;
    let mut tx = system(&db).await;
    let employer = employer_register(&mut tx, &new_employer()).await.unwrap();
    assert!(crate::employer_no_valid(employer.no.as_str()));
    assert_eq!(employer_by_uscc(&mut tx, &ALL, super::USCC).await.unwrap().unwrap().no, employer.no);
    let wrong = NewEmployer { uscc: "91310115MA1K3ABC98".into(), ..new_employer() };
    assert!(matches!(employer_register(&mut tx, &wrong).await, Err(PartyError::Uscc(_))));
    assert!(matches!(employer_register(&mut tx, &new_employer()).await, Err(PartyError::UsccTaken)));
}
