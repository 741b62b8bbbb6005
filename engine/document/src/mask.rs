//! What strangers may see of a holder.

/// `张建国` → `张*国`, `王芳` → `王*`: first and last character of a name.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let characters: Vec<char> = name.trim().chars().collect();
    match characters.as_slice() {
        [] => String::new(),
        [only] => only.to_string(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// Hides the middle of every run of eleven or more digits (identity, account and telephone numbers), an `X` at the end
/// included: the first three and the last two characters stay.
#[must_use]
pub fn mask_digits(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < characters.len() {
        let mut end = at;
        while characters.get(end).is_some_and(char::is_ascii_digit) {
            end += 1;
        }
        if end - at >= 11 {
            if matches!(characters.get(end), Some('X' | 'x')) {
                end += 1;
            }
            shown.extend(&characters[at..at + 3]);
            shown.extend(std::iter::repeat_n('*', end - at - 5));
            shown.extend(&characters[end - 2..end]);
        } else {
            end = end.max(at + 1);
            shown.extend(&characters[at..end]);
        }
        at = end;
    }
    shown
}
