//! Reference files that tests keep true.

use std::path::Path;

/// Set to anything, reference files are rewritten instead of compared (`make golden`).
const UPDATE: &str = "RENSHE_UPDATE_GOLDEN";

/// Compares `text` with the file at `path`, relative to the root of the repository, and rewrites it when asked to.
///
/// # Panics
/// When they differ; the message names the first line that does.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests, read here and nowhere else")]
pub fn assert_golden(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var(UPDATE).is_ok() {
        let written =
            file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text));
        assert!(written.is_ok(), "can't write {path}: {written:?}");
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    if let Some(difference) = first_difference(&kept, text) {
        panic!("{path} is out of date ({difference}); run `make golden` and review the change");
    }
}

pub(crate) fn first_difference(kept: &str, now: &str) -> Option<String> {
    if kept == now {
        return None;
    }
    let same = kept.lines().zip(now.lines()).take_while(|(old, new)| old == new).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("end of file").to_owned();
    Some(format!("line {}: “{}”, now “{}”", same + 1, line(kept), line(now)))
}
