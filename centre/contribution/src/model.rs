//! Words of the contribution centre.

use base_kernel::{EmployerNo, Fen, Month, PersonNo};
use chrono::NaiveDate;

use crate::rules::Insurance;

/// Who is billed through whom, for what, from when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Liability {
    /// Person.
    pub person: PersonNo,
    /// Employer the bill goes to.
    pub employer: EmployerNo,
    /// Insurance.
    pub insurance: Insurance,
    /// First month.
    pub from: Month,
    /// Last month; none while open.
    pub to: Option<Month>,
}

/// The end of a liability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiabilityStop {
    /// Person.
    pub person: PersonNo,
    /// Employer.
    pub employer: EmployerNo,
    /// Insurance.
    pub insurance: Insurance,
    /// Last month owed. Unpaid bills beyond it are cancelled.
    pub last: Month,
}

/// A declared monthly wage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageDeclaration {
    /// Person.
    pub person: PersonNo,
    /// Employer.
    pub employer: EmployerNo,
    /// First month it holds.
    pub from: Month,
    /// Wage a month, fen.
    pub wage: Fen,
}

/// Standing of a bill line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStatus {
    /// Billed, not paid.
    Due,
    /// Paid.
    Paid,
}

impl LineStatus {
    /// Code in answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Paid => "paid",
        }
    }

    /// Chinese name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Due => "未到账",
            Self::Paid => "已到账",
        }
    }
}

/// One insurance of one person in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Contribution month.
    pub month: Month,
    /// Insurance.
    pub insurance: Insurance,
    /// Employer it was billed to.
    pub employer: EmployerNo,
    /// Declared wage, fen.
    pub wage: Fen,
    /// Contribution base, fen.
    pub base: Fen,
    /// Employer's share, fen.
    pub employer_share: Fen,
    /// Person's share, fen.
    pub personal_share: Fen,
    /// Part recorded on the personal account, fen.
    pub account: Fen,
    /// Standing.
    pub status: LineStatus,
    /// Brought in from an older system rather than billed here.
    pub imported: bool,
    /// Parameters that were not confirmed when it was computed.
    pub unconfirmed: Vec<String>,
    /// Day the money arrived.
    pub settled_on: Option<NaiveDate>,
}

/// An unpaid line of a month that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrear {
    /// Contribution month.
    pub month: Month,
    /// Insurance.
    pub insurance: Insurance,
    /// Who owes it.
    pub employer: EmployerNo,
    /// Both shares, fen.
    pub amount: Fen,
}

/// Paid months of one insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidMonths {
    /// Insurance.
    pub insurance: Insurance,
    /// Months, each once.
    pub months: u32,
    /// First paid month.
    pub first: Month,
    /// Last paid month.
    pub last: Month,
}

/// Deemed contribution (视同缴费), as established from the personnel file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeemedService {
    /// Months in all.
    pub months: u32,
    /// Of these, to 1992-12-31.
    pub months_to_1992: u32,
    /// Notional account total of 1993–1997 (虚账实记), fen.
    pub virtual_account: Fen,
    /// What it rests on.
    pub basis: String,
}
