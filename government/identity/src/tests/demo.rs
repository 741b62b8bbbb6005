//! Demonstration accounts, and that a production system will not have them.

use std::os::unix::fs::PermissionsExt;

use super::*;

fn demo_users() -> Vec<DemoUser> {
    let organisation = Some(OrgCode("310104-01".to_owned()));
    vec![
        DemoUser {
            account: NewAccount { organisation, ..account(AccountKind::Staff, "demo.shenpi") },
            roles: vec![wanted("R05@310104-01")],
        },
        DemoUser {
            account: NewAccount {
                person: Some(PersonNo("0000000001".to_owned())),
                ..account(AccountKind::Citizen, "demo.wang")
            },
            roles: Vec::new(),
        },
    ]
}

#[tokio::test]
async fn passwords_are_drawn_once() {
    let home = Home::new().await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let made = home.identity.demo_seed(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(made.len(), 2);
    assert_ne!(made[0].password, made[1].password);
    assert!(!format!("{:?}", made[0]).contains(made[0].password.as_str()));
    for one in &made {
        home.try_sign_in(&one.login, &one.password).await.expect(200);
    }
    let mut tx = home.db.begin_as(Actor::system()).await;
    assert!(
        home.identity.demo_seed(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.unwrap().is_empty()
    );
}

#[tokio::test]
async fn many_share_one_password() {
    let home = Home::new().await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let made = home.identity.demo_seed_alike(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(made.len(), 2);
    assert_eq!(made[0].password, made[1].password);
    for one in &made {
        home.try_sign_in(&one.login, &one.password).await.expect(200);
    }
    let mut tx = home.db.begin_as(Actor::system()).await;
    assert!(Identity::check_production(&mut tx).await.is_err());
    assert!(home.identity.demo_seed_alike(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.is_err());
}

#[tokio::test]
async fn production_refuses_a_database_with_them() {
    let home = Home::new().await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    Identity::check_production(&mut tx).await.unwrap();
    home.identity.demo_seed(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.unwrap();
    let refused = Identity::check_production(&mut tx).await.unwrap_err();
    assert!(refused.to_string().starts_with("2 demonstration accounts exist"), "{refused}");
}

#[tokio::test]
async fn the_file_is_for_its_owner_alone() {
    let home = Home::new().await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let made = home.identity.demo_seed(&mut tx, &demo_users(), &mut rand::rngs::SysRng).await.unwrap();
    let folder = std::env::temp_dir().join(format!("renshe-demo-{}", uuid::Uuid::new_v4()));
    let path = folder.join("demo-passwords.txt");
    write_demo_passwords(&path, &made).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(&format!("demo.wang\t{}\n", made[1].password.as_str())));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(write_demo_passwords(&path, &made).is_err());
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn the_first_administrators() {
    let home = Home::new().await;
    let mut tx = home.db.begin_as(Actor::system()).await;
    let first = home.identity.appoint(&mut tx, "anquan", "安全管理员", "R28").await.unwrap();
    let again = home.identity.appoint(&mut tx, "anquan2", "安全管理员", "R28").await;
    assert!(matches!(again, Err(Error::Appointed(_))));
    tx.commit().await.unwrap();
    let response = home.try_sign_in("anquan", &first.password).await.expect(200);
    assert_eq!(response.json()["must_change_password"], true);
    // No demonstration account: production starts with it.
    let mut tx = home.db.begin_as(Actor::system()).await;
    Identity::check_production(&mut tx).await.unwrap();
}
