//! Why the fund centre refuses.

use base_db::DbError;
use base_kernel::{Fault, PersonNo};
use engine_decision::RuleError;
use engine_ledger::LedgerError;

/// A refusal or failure of the fund centre.
#[derive(Debug, thiserror::Error)]
pub enum FundError {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The books refused.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A rule gave no figure, for example because the method of interest is not confirmed.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// The person has no account.
    #[error("person {0} has no account")]
    NoAccount(PersonNo),
    /// Years are credited one after another.
    #[error("interest of {asked} was asked for, {next} is next")]
    YearOutOfOrder {
        /// Year asked for.
        asked: i32,
        /// Year that comes next.
        next: i32,
    },
    /// Someone who draws from the account: no confirmed rule for a year with payments.
    #[error("account was drawn on in {0}")]
    DrawnOn(i32),
    /// The year is not over.
    #[error("year {0} is not over")]
    YearNotOver(i32),
    /// The account has movements already, so that no balance can be carried in before them.
    #[error("account of {0} has movements already")]
    AlreadyMoving(PersonNo),
    /// An amount that can't be.
    #[error("amount out of range: {0}")]
    Amount(&'static str),
}

impl From<sqlx::Error> for FundError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<FundError> for Fault {
    fn from(error: FundError) -> Self {
        match error {
            FundError::Db(error) => error.into(),
            FundError::Ledger(error) => error.into(),
            FundError::Rule(error) => error.into(),
            FundError::NoAccount(_) => {
                Self::not_found("fund.no_account", "该人员尚未建立个人账户，请先核对参保缴费记录")
                    .because(error)
            }
            FundError::YearOutOfOrder { asked, next } => Self::conflict(
                "fund.year_out_of_order",
                format!("个人账户应按年度依次计息，下一个应计息年度为 {next} 年，不能直接计 {asked} 年"),
            ),
            FundError::DrawnOn(year) => Self::conflict(
                "fund.drawn_on",
                format!("{year} 年已从个人账户支付待遇，支付年度的计息办法尚未确认，请转人工核定"),
            ),
            FundError::YearNotOver(year) => {
                Self::invalid("fund.year_not_over", format!("{year} 年度尚未结束，不能计息"))
            }
            FundError::AlreadyMoving(_) => {
                Self::conflict("fund.already_moving", "该个人账户已有记账，不能再结转期初余额").because(error)
            }
            FundError::Amount(_) => Self::internal(error),
        }
    }
}
