//! The session key: where it comes from, and which keys are refused.
//!
//! Whoever knows the key and can read the database can't make sessions from it (tokens are random), but could match
//! tokens to sessions; whoever replaces it signs everybody out. It is never in the repository, never in the environment
//! and never in a log.

use std::fmt;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use rand::TryRng;
use rand::rngs::SysRng;
use sm3::Sm3;
use zeroize::Zeroizing;

use crate::Error;

/// How strict to be at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A missing key is made; demonstration accounts are allowed.
    Trial,
    /// A missing, weak or exposed key and demonstration accounts stop the start.
    Production,
}

/// Bytes a key needs at least.
const LEAST: usize = 32;

/// Texts that stand in manuals and other people's repositories. Compared in lower case; a key that merely repeats or
/// contains one at length is refused by the other rules.
const KNOWN: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789abcdef0123456789abcdef",
    "00112233445566778899aabbccddeeff",
    "changeme",
    "change-me",
    "secret",
    "password",
    "renshe",
];

/// The key under which session tokens are digested.
#[derive(Clone)]
pub struct SessionKey(Zeroizing<Vec<u8>>);

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

impl SessionKey {
    /// Reads the key from `path`; in a trial, makes it first when there is none.
    ///
    /// # Errors
    /// [`Error::Secret`]: missing (production), shorter than 32 bytes, a known example, without variety, or readable
    /// by other users of the machine (production).
    pub fn read(path: &Path, mode: Mode) -> Result<Self, Error> {
        let place = path.display();
        if mode == Mode::Trial && !path.exists() {
            make(path).map_err(|error| Error::Secret(format!("{place} can't be made: {error}")))?;
        }
        let text = fs::read(path).map(Zeroizing::new).map_err(|error| {
            Error::Secret(format!("{place} can't be read ({error}); make it with: openssl rand -hex 32"))
        })?;
        if mode == Mode::Production {
            let rights = fs::metadata(path).map(|meta| meta.permissions().mode() & 0o077).unwrap_or(0o077);
            if rights != 0 {
                return Err(Error::Secret(format!("{place} is open to other users; run: chmod 600 {place}")));
            }
        }
        Self::new(text.trim_ascii()).map_err(|reason| Error::Secret(format!("{place} {reason}")))
    }

    /// A key from bytes.
    ///
    /// # Errors
    /// The reason, to follow the name of its file.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() < LEAST {
            return Err(format!("is shorter than {LEAST} bytes; make it with: openssl rand -hex 32"));
        }
        let lower = bytes.to_ascii_lowercase();
        if KNOWN.iter().any(|known| lower.windows(known.len()).any(|part| part == known.as_bytes())) {
            return Err("holds a known example; make it with: openssl rand -hex 32".to_owned());
        }
        if !varied(&lower) {
            return Err("repeats itself; make it with: openssl rand -hex 32".to_owned());
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// A fresh random key, for tests and the first start of a trial.
    ///
    /// # Errors
    /// [`Error::Entropy`].
    pub fn random() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new(vec![0; LEAST]);
        SysRng.try_fill_bytes(&mut bytes).map_err(|_| Error::Entropy)?;
        Ok(Self(bytes))
    }

    /// HMAC-SM3 of `what` in the domain `purpose`, so that digests for one purpose mean nothing for another.
    pub(crate) fn digest(&self, purpose: &str, what: &[u8]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(what);
        mac.finalize().into_bytes().into()
    }
}

/// At least ten different bytes (random hexadecimal has up to sixteen), no period up to half the length, and no run such as
/// `aaaa…` or `abcd…` over a quarter of it.
fn varied(bytes: &[u8]) -> bool {
    let mut seen = [false; 256];
    bytes.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let different = seen.iter().filter(|seen| **seen).count();
    let periodic =
        (1..=bytes.len() / 2).any(|p| bytes.iter().zip(&bytes[p..]).all(|(one, other)| one == other));
    let steps = bytes.windows(3).filter(|w| {
        let (first, second) = (w[1].wrapping_sub(w[0]), w[2].wrapping_sub(w[1]));
        first == second && matches!(first, 0 | 1 | 255)
    });
    different >= 10 && !periodic && steps.count() < bytes.len() / 4
}

fn make(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut bytes = Zeroizing::new([0_u8; LEAST]);
    SysRng.try_fill_bytes(&mut *bytes).map_err(std::io::Error::other)?;
    let text: Zeroizing<String> = Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
