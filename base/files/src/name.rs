//! File names that people give, made safe to store, show and send.

/// Longest name, in characters.
const LONGEST: usize = 120;

/// Takes the last path part of `given`, without control and direction characters, at most 120 characters long, its
/// extension kept. A name of which nothing remains becomes `未命名`.
#[must_use]
pub fn safe_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| fit(*c)).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    if kept.is_empty() {
        return "未命名".into();
    }
    shorten(kept)
}

/// Value of a `Content-Disposition` header (RFC 6266) that carries a Chinese name.
#[must_use]
pub fn disposition(name: &str, inline: bool) -> String {
    use std::fmt::Write;
    let mut header = String::from(if inline { "inline" } else { "attachment" });
    header.push_str("; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            header.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(header, "%{byte:02X}");
        }
    }
    header
}

fn fit(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    !c.is_control() && !turns_direction && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{FEFF}')
}

fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) if extension.chars().count() <= 8 => format!(".{extension}"),
        _ => String::new(),
    };
    let stem = LONGEST - extension.chars().count();
    name.chars().take(stem).chain(extension.chars()).collect()
}
