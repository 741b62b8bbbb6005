//! Words that have no place in the repository: promises of later work, paths of somebody's machine.

use super::files::Files;

/// Put together here so that this file does not find itself.
fn banned() -> Vec<(String, &'static str)> {
    let word = |front: &str, back: &str| format!("{front}{back}");
    vec![
        (word("TO", "DO"), "do it or open an issue"),
        (word("FIX", "ME"), "mend it or open an issue"),
        (word("XX", "X:"), "say what is meant"),
        (word("todo!", "("), "finish it"),
        (word("unimplemented!", "("), "finish it"),
        (word("/ro", "ot/"), "a path of one machine"),
        (word("/wo", "rk/main"), "a path of one machine"),
        (word("/ho", "me/"), "a path of one machine"),
        (word("registry.", "npmjs.org"), "lock files carry no host names; see .npmrc"),
        (word("registry.", "npmmirror"), "lock files carry no host names; see .npmrc"),
    ]
}

/// Files in which a banned word is somebody else's or a rule about it.
const LET_BE: [&str; 3] = ["Cargo.lock", "xtask/src/tidy/words.rs", ".gitignore"];

pub(super) fn check(files: &Files) -> Vec<String> {
    let banned = banned();
    let mut findings = Vec::new();
    for (path, text) in files.all() {
        if LET_BE.contains(&path) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for (word, advice) in &banned {
                if has_word(line, word) {
                    findings.push(format!("{path}:{}: “{word}”: {advice}", number + 1));
                }
            }
        }
    }
    findings
}

/// Whether the word stands there by itself, so that TODOLIST or /proot/ are no findings.
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(part) && word.starts_with(part);
        let after = line[at + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        !before && !after
    })
}
