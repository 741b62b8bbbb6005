//! No weak, missing, shipped or exposed secret is accepted.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("renshe-secret-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self, text: &str, mode: u32) -> PathBuf {
        let path = self.0.join("session.key");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const GOOD: &str = "9f3c17e80b52d46ac1f7035e8d94b26a7ce1505fd83b92467fa0c6e41b5d8320";

fn refusal(path: &std::path::Path, mode: Mode) -> String {
    match SessionKey::read(path, mode) {
        Ok(_) => panic!("accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn production_needs_a_key_of_its_own() {
    let folder = Folder::new();
    let missing = folder.0.join("none.key");
    let why = refusal(&missing, Mode::Production);
    assert!(why.contains("none.key") && why.contains("openssl rand -hex 32"), "{why}");
    assert!(!missing.exists(), "nothing is made behind the operator's back");
    SessionKey::read(&folder.file(GOOD, 0o600), Mode::Production).unwrap();
    SessionKey::read(&folder.file(&format!("{GOOD}\n"), 0o400), Mode::Production).unwrap();
}

#[test]
fn weak_keys_are_refused_in_every_mode() {
    let folder = Folder::new();
    for weak in [
        "",
        "short",
        &GOOD[..31],
        // The secret of a well-known starter project, and others from manuals, alone or padded.
        "abcdefghijklmnopqrstuvwxyz",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "ChangeMe-ChangeMe-ChangeMe-ChangeMe",
        "my-super-secret-session-key-of-production-2026",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "renshe-session-key-9f3c17e80b52d46ac1f7035e8d94",
        // No variety.
        &"a".repeat(64),
        &"0".repeat(64),
        &"9f3c17e80b52d46ac1f7035e8d94b26a".repeat(2),
        "qwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqw",
        "zyxwvutsrqponmlkjihgfedcba9876543210",
    ] {
        let path = folder.file(weak, 0o600);
        for mode in [Mode::Production, Mode::Trial] {
            assert!(refusal(&path, mode).contains("session.key"), "{weak}");
        }
    }
}

#[test]
fn a_key_others_can_read_is_refused_in_production() {
    let folder = Folder::new();
    for mode in [0o640, 0o604, 0o644, 0o660] {
        let why = refusal(&folder.file(GOOD, mode), Mode::Production);
        assert!(why.contains("chmod 600"), "{why}");
    }
}

#[test]
fn a_trial_makes_its_own_key_once() {
    let folder = Folder::new();
    let path = folder.0.join("secrets/session.key");
    let first = SessionKey::read(&path, Mode::Trial).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let second = SessionKey::read(&path, Mode::Trial).unwrap();
    assert_eq!(first.digest("x", b"y"), second.digest("x", b"y"));
    let elsewhere = SessionKey::read(&folder.0.join("other.key"), Mode::Trial).unwrap();
    assert_ne!(first.digest("x", b"y"), elsewhere.digest("x", b"y"));
    // What the trial made is good enough for production.
    SessionKey::read(&path, Mode::Production).unwrap();
}

#[test]
fn random_keys_pass_the_rules() {
    for _ in 0..500 {
        let bytes = *uuid::Uuid::new_v4().as_bytes();
        let more = *uuid::Uuid::new_v4().as_bytes();
        let hex: String = bytes.iter().chain(&more).map(|byte| format!("{byte:02x}")).collect();
        SessionKey::new(hex.as_bytes()).unwrap();
    }
}

#[test]
fn keys_are_not_printed_and_purposes_do_not_mix() {
    let key = SessionKey::new(GOOD.as_bytes()).unwrap();
    assert_eq!(format!("{key:?}"), "SessionKey(…)");
    assert_ne!(key.digest("session", b"x"), key.digest("login", b"x"));
    assert_ne!(key.digest("session", b"x"), key.digest("sessio", b"n\0x"));
}

#[test]
fn the_digest_is_hmac_sm3() {
    // HMAC-SM3 of a published vector is checked by the library; here its use: key, domain, zero byte, text.
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sm3::Sm3>::new_from_slice(GOOD.as_bytes()).unwrap();
    mac.update(b"session\0token");
    let expected: [u8; 32] = mac.finalize().into_bytes().into();
    assert_eq!(SessionKey::new(GOOD.as_bytes()).unwrap().digest("session", b"token"), expected);
}
