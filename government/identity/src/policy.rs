//! Which passwords are accepted; pure.

use crate::Error;

const SHORTEST: usize = 10;
/// Longer texts only cost time.
const LONGEST: usize = 128;

/// What everybody tries first; compared without case and after undoing the usual swaps (`@` for a, `0` for o …).
const WELL_KNOWN: [&str; 14] = [
    "password", "passwort", "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "admin", "welcome", "letmein",
    "iloveyou", "woaini", "shanghai", "renshe", "shebao",
];

/// Accepts or says in Chinese what to change.
///
/// # Errors
/// [`Error::PasswordRule`].
pub(crate) fn check(password: &str, login: &str) -> Result<(), Error> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Error::PasswordRule("密码至少 10 位，请加长"));
    }
    if length > LONGEST {
        return Err(Error::PasswordRule("密码最多 128 位，请缩短"));
    }
    if password.chars().any(char::is_control) {
        return Err(Error::PasswordRule("密码不能含有控制字符，请更换"));
    }
    if classes(password) < 3 {
        return Err(Error::PasswordRule("密码须包含大写字母、小写字母、数字、符号中的至少三类"));
    }
    let lower = password.to_lowercase();
    let backwards: String = login.chars().rev().collect();
    if login.chars().count() >= 3 && (lower.contains(login) || lower.contains(&backwards)) {
        return Err(Error::PasswordRule("密码不能包含用户名，请更换"));
    }
    let plain = plain(&lower);
    if WELL_KNOWN.iter().any(|word| plain.contains(word)) || runs(&lower) {
        return Err(Error::PasswordRule("密码过于常见或含有连续、重复字符，请更换"));
    }
    Ok(())
}

fn classes(password: &str) -> usize {
    let has = |class: fn(char) -> bool| usize::from(password.chars().any(class));
    has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric())
}

fn plain(lower: &str) -> String {
    let undo = |c| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '$' | '5' => 's',
        '3' => 'e',
        other => other,
    };
    lower.chars().map(undo).collect()
}

/// Five or more characters that repeat or count up or down.
fn runs(lower: &str) -> bool {
    let codes: Vec<u32> = lower.chars().map(u32::from).collect();
    let step = |pair: &[u32]| i64::from(pair[1]) - i64::from(pair[0]);
    let steps: Vec<i64> = codes.windows(2).map(step).collect();
    steps.windows(4).any(|run| matches!(run[0], -1..=1) && run.iter().all(|step| *step == run[0]))
}
