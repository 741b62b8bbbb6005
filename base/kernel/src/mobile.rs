//! Mainland mobile numbers.

use std::fmt;

/// Why a text is not a mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("手机号码应为 11 位数字，以 13 至 19 开头，请核对后重新填写")]
pub struct MobileError;

/// An eleven-digit mobile number. Masked when printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Reads a number; blanks, hyphens and a leading +86 are dropped.
    ///
    /// # Errors
    /// [`MobileError`].
    pub fn parse(text: &str) -> Result<Self, MobileError> {
        if text.len() > 32 {
            return Err(MobileError);
        }
        let text: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let digits = text.strip_prefix("+86").unwrap_or(&text);
        let shape = digits.len() == 11
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && digits.starts_with('1')
            && (b'3'..=b'9').contains(&digits.as_bytes()[1]);
        if shape { Ok(Self(digits.to_owned())) } else { Err(MobileError) }
    }

    /// The number, for storage (encrypted) and for sending.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What may be shown: `138****5678`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
