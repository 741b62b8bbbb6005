//! Why the contribution centre refuses.

use base_db::DbError;
use base_kernel::{EmployerNo, Fault, Month};
use centre_fund::FundError;
use centre_party::PartyError;
use engine_decision::RuleError;

/// A refusal or failure of the contribution centre.
#[derive(Debug, thiserror::Error)]
pub enum ContributionError {
    /// The database refused or failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The registers refused.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// The fund refused.
    #[error(transparent)]
    Fund(#[from] FundError),
    /// A rule gave no figure.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A month is already billed to another employer.
    #[error("month is billed already")]
    BilledTwice(#[source] DbError),
    /// The injury class of an employer is outside 1 to 8.
    #[error("injury class of employer {0} is unknown")]
    InjuryClass(EmployerNo),
    /// Nothing is due for that employer and month.
    #[error("nothing is due for {0} in {1}")]
    NothingDue(EmployerNo, Month),
    /// Deemed months contradict each other.
    #[error("deemed months are implausible")]
    Deemed,
    /// The span of an import is empty or too long.
    #[error("span of the import is empty or longer than 70 years")]
    Span,
}

impl From<sqlx::Error> for ContributionError {
    fn from(error: sqlx::Error) -> Self {
        let error = DbError::from(error);
        match error.constraint() {
            Some("receivable_once_a_month") => Self::BilledTwice(error),
            Some("deemed_plausible") => Self::Deemed,
            _ => Self::Db(error),
        }
    }
}

impl From<ContributionError> for Fault {
    fn from(error: ContributionError) -> Self {
        match error {
            ContributionError::Db(error) => error.into(),
            ContributionError::Party(error) => error.into(),
            ContributionError::Fund(error) => error.into(),
            ContributionError::Rule(error) => error.into(),
            ContributionError::BilledTwice(_) => {
                Self::conflict("contribution.billed_twice", "该月该险种已有缴费记录，请先核对并处理重复缴费")
                    .because(error)
            }
            ContributionError::InjuryClass(_) => Self::conflict(
                "contribution.injury_class",
                "单位未登记工伤保险行业风险类别，请先完善单位信息",
            )
            .because(error),
            ContributionError::NothingDue(_, month) => Self::conflict(
                "contribution.nothing_due",
                format!("该单位 {month} 没有待收的应缴费款，请核对所属期"),
            ),
            ContributionError::Deemed => Self::invalid(
                "contribution.deemed",
                "视同缴费月数应在 0 至 840 之间，且 1992 年底前月数不超过总月数",
            ),
            ContributionError::Span => {
                Self::invalid("contribution.span", "起止年月有误：截止年月不能早于起始年月，跨度不超过 70 年")
            }
        }
    }
}
