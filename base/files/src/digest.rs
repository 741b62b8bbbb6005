//! SM3 (GB/T 32905).

use sm3::{Digest, Sm3};

/// SM3 of `content`.
#[must_use]
pub fn sm3(content: &[u8]) -> [u8; 32] {
    Sm3::digest(content).into()
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
