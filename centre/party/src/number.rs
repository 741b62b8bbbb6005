//! Personal and employer numbers: nine digits from a sequence and a check digit (ISO 7064 MOD 11,10, as GB/T 17710).

/// Appends the check digit.
pub(crate) fn with_check(nine: i64) -> String {
    let digits = format!("{nine:09}");
    let check = check_digit(digits.as_bytes());
    format!("{digits}{check}")
}

fn check_digit(digits: &[u8]) -> u32 {
    let mut product = 10;
    for digit in digits {
        let sum = (product + u32::from(digit - b'0')) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    (11 - product) % 10
}

fn valid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().all(u8::is_ascii_digit)
        && check_digit(&bytes[..9]) == u32::from(bytes[9] - b'0')
}

/// Whether `text` can be a personal number: a mistyped digit or two exchanged neighbours are noticed.
#[must_use]
pub fn person_no_valid(text: &str) -> bool {
    valid(text) && !text.starts_with('2')
}

/// Whether `text` can be an employer number.
#[must_use]
pub fn employer_no_valid(text: &str) -> bool {
    valid(text) && text.starts_with('2')
}
