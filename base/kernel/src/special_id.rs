//! Identity numbers of people who are not mainland citizens, as a type of their own where only those are allowed.

use chrono::NaiveDate;

use crate::{IdentityError, IdentityKind, IdentityNumber};

/// A residence permit number (81/82/83) or a foreign permanent-resident number (leading 9).
///
/// Foreigners without such a card get a special social-security number (人社部令16号 annex) whose rule is not
/// confirmed (`policy.md` U16); this type refuses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpecialId(IdentityNumber);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpecialIdError {
    /// Not a number of this pattern at all.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A mainland citizen's number.
    #[error("该号码是居民身份证号码，请改选证件类型“居民身份证”")]
    Citizen,
}

impl SpecialId {
    /// Reads a number.
    ///
    /// # Errors
    /// [`SpecialIdError`].
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, SpecialIdError> {
        let number = IdentityNumber::parse(text, today)?;
        match number.kind() {
            IdentityKind::Citizen => Err(SpecialIdError::Citizen),
            _ => Ok(Self(number)),
        }
    }

    /// The number with its parts.
    #[must_use]
    pub fn number(&self) -> IdentityNumber {
        self.0
    }
}
