//! Password rules, history, expiry, and the bounded pool.

use chrono::Duration;

use super::*;

#[test]
fn which_passwords_are_accepted() {
    let accepted = |password: &str| policy::check(password, "zhoumin").is_ok();
    for good in ["Zq7+mapletree", "correct-Horse-battery", "沪A·13579地铁x9Q", "aB3aB3aB3xx"] {
        assert!(accepted(good), "{good}");
    }
    let long = format!("aB3-{}", "xy".repeat(70));
    for bad in [
        "Zq7+maple",     // nine characters
        "zq7mapletree",  // two classes
        "ZhouMin-2026x", // the login
        "xNIMUOHZ-2026", // the login backwards
        "P@ssw0rd-2026", // the well-known one in disguise
        "Shanghai#2026", // the town
        "Abcdef-98xyq",  // counts up
        "Qx-54321-mno7", // counts down
        "Qx7-aaaaa-mno", // repeats
        "Zq7+maple\u{7}tree",
        long.as_str(),
    ] {
        assert!(!accepted(bad), "{bad}");
    }
}

#[test]
fn generated_passwords_are_accepted_and_differ() {
    let mut rng = rand::rngs::SysRng;
    let made: std::collections::BTreeSet<String> =
        (0..200).map(|_| users::generated(&mut rng).unwrap().as_str().to_owned()).collect();
    assert_eq!(made.len(), 200);
    for password in &made {
        assert_eq!(password.len(), 16);
        assert!(policy::check(password, "zhoumin").is_ok(), "{password}");
    }
}

async fn change(app: &TestApp, old: &str, new: &str) -> TestResponse {
    app.put("/api/v1/session/password", json!({ "old": old, "new": new })).await
}

#[tokio::test]
async fn changing_ends_the_other_sessions() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let (here, there) = (home.session(user).await, home.session(user).await);
    change(&here, PASSWORD, "Kp4=riverstone").await.expect(204);
    here.get("/api/v1/session").await.expect(200);
    there.get("/api/v1/session").await.expect(401);
    home.try_sign_in("wangxm", PASSWORD).await.expect(401);
    home.try_sign_in("wangxm", "Kp4=riverstone").await.expect(200);
}

#[tokio::test]
async fn the_old_password_counts_like_a_sign_in() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let app = home.session(user).await;
    for _ in 0..4 {
        let refused = change(&app, "wrong", "Kp4=riverstone").await.expect(422);
        assert_eq!(refused.json()["errors"][0]["field"], "old");
    }
    change(&app, "wrong", "Kp4=riverstone").await.expect(429);
    change(&app, PASSWORD, "Kp4=riverstone").await.expect(429);
}

#[tokio::test]
async fn rules_and_history() {
    let home = Home::new().await;
    let user = home.citizen("wangxm").await;
    let app = home.session(user).await;
    let weak = change(&app, PASSWORD, "short").await.expect(422);
    assert_eq!(weak.json()["errors"][0]["field"], "new");
    let mut old = PASSWORD.to_owned();
    for n in 1..=5 {
        change(&app, &old, &old).await.expect(422);
        let new = format!("Kp{n}=riverstone");
        change(&app, &old, &new).await.expect(204);
        change(&app, &new, PASSWORD).await.expect(422);
        old = new;
        home.db.clock().advance(Duration::minutes(1));
    }
    // Five others later the first may come back.
    change(&app, &old, "Kp6=riverstone").await.expect(204);
    change(&app, "Kp6=riverstone", PASSWORD).await.expect(204);
}

#[tokio::test]
async fn staff_passwords_age() {
    let home = Home::new().await;
    home.staff("zhoumin", "310104-01", &["R27@310104-01"]).await;
    home.citizen("wangxm").await;
    home.db.clock().advance(Duration::days(91));
    let citizen = home.try_sign_in("wangxm", PASSWORD).await.expect(200).json();
    assert_eq!(citizen["must_change_password"], false);
    let response = home.try_sign_in("zhoumin", PASSWORD).await.expect(200);
    assert_eq!(response.json()["must_change_password"], true);
    let app = home.app.bearing(&token(&response));
    assert_eq!(app.get("/api/v1/users").await.expect(403).code(), "identity.must_change");
    assert_eq!(app.get("/api/v1/sessions").await.expect(403).code(), "identity.must_change");
    app.get("/api/v1/session").await.expect(200);
    change(&app, PASSWORD, "Kp4=riverstone").await.expect(204);
    app.get("/api/v1/users").await.expect(200);
}

#[tokio::test]
async fn hashing_is_bounded() {
    let config = IdentityConfig { hashes_at_once: 1, hashes_waiting: 2, ..IdentityConfig::default() };
    let hasher = password::Hasher::new(&config).unwrap();
    let mut set = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let hasher = hasher.clone();
        set.spawn(async move { hasher.hash("Zq7+mapletree".to_owned().into()).await });
    }
    let (mut made, mut refused) = (0, 0);
    while let Some(outcome) = set.join_next().await {
        match outcome.unwrap() {
            Ok(hash) => {
                assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
                made += 1;
            }
            Err(Error::Busy) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(made >= 2 && refused >= 1, "{made} made, {refused} refused");
    // The queue is empty again.
    hasher.hash("Zq7+mapletree".to_owned().into()).await.unwrap();
}

#[tokio::test]
async fn verifying_takes_as_long_without_an_account() {
    let hasher = password::Hasher::new(&IdentityConfig::default()).unwrap();
    let stored = hasher.hash("Zq7+mapletree".to_owned().into()).await.unwrap();
    let verdict = |password: &str, stored: Option<String>| {
        let (hasher, password) = (hasher.clone(), password.to_owned());
        async move { hasher.verify(password.into(), stored).await.unwrap() }
    };
    use password::Verdict;
    assert_eq!(verdict("Zq7+mapletree", Some(stored.clone())).await, Verdict::Right);
    assert_eq!(verdict("other", Some(stored)).await, Verdict::Wrong);
    // The decoy is never right, not even for its own password.
    assert_eq!(verdict("a password nobody has", None).await, Verdict::Wrong);
}
