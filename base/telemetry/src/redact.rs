//! Masks numbers that name a person or an account.

use std::borrow::Cow;
use std::io::{self, Write};

use tracing_subscriber::fmt::MakeWriter;

/// Digits left readable at the front: the area of an identity number, the network of a mobile number.
const KEPT: usize = 3;

/// Masks digit runs that are an identity number (15 or 18 characters, the last may be X), a bank account (15 to 19
/// digits) or a mobile number (11 digits, from 13 to 19). Case numbers (23 digits) and our ten-digit numbers stay.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut masked: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        if at - start == 17 && bytes.get(at).is_some_and(|next| matches!(next, b'X' | b'x')) {
            at += 1;
        }
        if is_sensitive(&bytes[start..at]) {
            masked.get_or_insert_with(|| bytes.to_vec())[start + KEPT..at].fill(b'*');
        }
    }
    // Only ASCII was replaced, by ASCII.
    masked.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn is_sensitive(run: &[u8]) -> bool {
    match run.len() {
        15..=19 => true,
        11 => run[0] == b'1' && (b'3'..=b'9').contains(&run[1]),
        _ => false,
    }
}

/// A writer that masks every line on its way. The log layer hands over one whole event at a time.
#[derive(Debug, Clone, Default)]
pub struct Redacting<W>(pub W);

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(buffer);
        self.0.write_all(redact(&text).as_bytes())?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = Redacting<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Redacting(self.0.make_writer())
    }
}
