//! Whose data: a citizen's own, an employer's staff, a clerk's area.

use base_kernel::{ActorKind, PersonNo};
use base_web::PageQuery;

use super::{MAN, WOMAN, actor, database, day, new_employer, new_person, system};
use crate::{
    PartyError, Scope, employer_by_no, employer_register, people_by_no, people_search, person_by_id_no,
    person_by_no, person_register, staff_join, staff_leave, staff_of_employer,
};

const PAGE: PageQuery = PageQuery { page: 1, size: 20 };

#[tokio::test]
async fn nobody_sees_beyond_their_scope() {
    let db = database().await;
    let mut tx = system(&db).await;
    let man = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    let woman = person_register(&mut tx, &new_person("陈静", WOMAN)).await.unwrap();
    let employer = employer_register(&mut tx, &new_employer()).await.unwrap();
    staff_join(&mut tx, &employer.no, &[(man.no.clone(), day("2020-01-01"))]).await.unwrap();
    let both = [man.no.clone(), woman.no.clone()];

    for (scope, sees) in [
        (Scope::Person(man.no.clone()), vec![&man]),
        (Scope::Person(PersonNo("3100000000".into())), vec![]),
        (Scope::Employer(employer.no.clone()), vec![&man]),
        (Scope::Area("310000".into()), vec![&man, &woman]),
        (Scope::Area(super::XUHUI.into()), vec![&man, &woman]),
        (Scope::Area("310000/310104/310104-101".into()), vec![]),
        (Scope::Area("310000/310105".into()), vec![]),
        (Scope::Area("310000/31010".into()), vec![]),
    ] {
        let listed = people_by_no(&mut tx, &scope, &both).await.unwrap();
        assert_eq!(listed.iter().collect::<Vec<_>>(), sees, "{scope:?}");
        let (found, total) = people_search(&mut tx, &scope, None, PAGE).await.unwrap();
        assert_eq!((found.len(), total), (sees.len(), sees.len() as i64), "{scope:?}");
        for person in [&man, &woman] {
            let one = person_by_no(&mut tx, &scope, &person.no).await;
            let by_id = person_by_id_no(&mut tx, &scope, "01", &person.id_no).await.unwrap();
            assert_eq!(one.is_ok(), sees.contains(&person), "{scope:?}");
            assert_eq!(by_id.is_some(), sees.contains(&person), "{scope:?}");
        }
    }
    let citizen = Scope::Person(man.no.clone());
    assert!(matches!(
        employer_by_no(&mut tx, &citizen, &employer.no).await,
        Err(PartyError::EmployerNotFound)
    ));
}

#[tokio::test]
async fn who_has_left_is_no_longer_visible_to_the_employer() {
    let db = database().await;
    let mut tx = system(&db).await;
    let man = person_register(&mut tx, &new_person("张建国", MAN)).await.unwrap();
    let employer = employer_register(&mut tx, &new_employer()).await.unwrap();
    let scope = Scope::Employer(employer.no.clone());
    staff_join(&mut tx, &employer.no, &[(man.no.clone(), day("2020-01-01"))]).await.unwrap();
    assert!(person_by_no(&mut tx, &scope, &man.no).await.is_ok());
    staff_leave(&mut tx, &employer.no, &[(man.no.clone(), day("2026-06-30"))]).await.unwrap();
    assert!(person_by_no(&mut tx, &scope, &man.no).await.is_err());
    assert_eq!(staff_of_employer(&mut tx, &employer.no, None, PAGE).await.unwrap().1, 0);
    staff_join(&mut tx, &employer.no, &[(man.no.clone(), day("2026-07-01"))]).await.unwrap();
    let (staff, _) = staff_of_employer(&mut tx, &employer.no, Some("张"), PAGE).await.unwrap();
    assert_eq!(staff[0].1, day("2026-07-01"));
}

#[test]
fn an_account_tied_to_nothing_sees_nothing() {
    for kind in [ActorKind::Citizen, ActorKind::Employer, ActorKind::Staff] {
        assert!(matches!(Scope::of(&actor(kind)), Err(PartyError::NoScope)));
    }
    assert_eq!(Scope::of(&actor(ActorKind::System)).unwrap(), Scope::System("job or timer"));
}
