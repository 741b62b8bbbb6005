//! Why a posting is refused.

use base_db::DbError;
use base_kernel::{Fault, Month, TransferId};

/// A refusal or failure of the ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Amounts are positive; a negative or zero movement is a defect of the caller.
    #[error("transfer {0} has an amount of zero or less")]
    AmountNotPositive(TransferId),
    /// Debit and credit side are the same account, or lie in different books.
    #[error("transfer {0} does not join two accounts of one book")]
    AccountsDoNotPair(TransferId),
    /// The id was used before for another content.
    #[error("transfer id {0} was used before for something else")]
    IdReused(TransferId),
    /// The period, or a later one, is closed.
    #[error("book {book} is closed through {through}, period {period} takes no postings")]
    PeriodClosed {
        /// Book.
        book: String,
        /// Period asked for.
        period: Month,
        /// Last closed period.
        through: Month,
    },
    /// The account may not be overdrawn.
    #[error("an account would be overdrawn")]
    Overdrawn(#[source] DbError),
    /// The transfer to reverse is not there.
    #[error("transfer {0} to reverse does not exist")]
    NothingToReverse(TransferId),
    /// The transfer was reversed before.
    #[error("transfer {0} is reversed already")]
    AlreadyReversed(TransferId),
    /// What was written does not add up; the step must not commit.
    #[error("posting does not balance: {0}")]
    Unbalanced(String),
}

impl LedgerError {
    /// Sorts a database error of a posting by the constraint that refused it.
    pub(crate) fn of_posting(error: DbError) -> Self {
        match error.constraint() {
            Some("account_not_overdrawn") => Self::Overdrawn(error),
            _ => Self::Db(error),
        }
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Db(error) => error.into(),
            LedgerError::PeriodClosed { period, through, .. } => Self::conflict(
                "ledger.period_closed",
                format!("{period} 所在账期已结账（已结至 {through}），请记入当前账期或联系财务岗"),
            ),
            LedgerError::Overdrawn(_) => {
                Self::conflict("ledger.overdrawn", "账户余额不足，无法完成本次记账，请核对金额")
                    .because(error)
            }
            LedgerError::AlreadyReversed(_) => {
                Self::conflict("ledger.already_reversed", "该笔记账已冲正，请勿重复操作").because(error)
            }
            LedgerError::NothingToReverse(_) => {
                Self::not_found("ledger.nothing_to_reverse", "未找到需要冲正的记账，请核对后重试")
                    .because(error)
            }
            LedgerError::AmountNotPositive(_)
            | LedgerError::AccountsDoNotPair(_)
            | LedgerError::IdReused(_)
            | LedgerError::Unbalanced(_) => Self::internal(error),
        }
    }
}
