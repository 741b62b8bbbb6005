//! Words of the fund centre.

use base_kernel::{Fen, Month};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Standing of a personal account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Contributions come in.
    Open,
    /// Its owner retired in that month; pensions go out.
    Retired(Month),
    /// Paid out or transferred away.
    Closed,
}

/// A year of an account with interest credited.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountYearRow {
    /// Calendar year.
    pub year: i32,
    /// Balance at the beginning of the year.
    pub opening: Fen,
    /// Deposits of the year.
    pub contributed: Fen,
    /// Interest of the year.
    pub interest: Fen,
    /// Balance at the end of the year.
    pub balance: Fen,
    /// Method by code; `carried` for a balance brought in from an older system.
    pub method: String,
    /// Why this method, when no confirmed parameter decided.
    pub chosen: Option<String>,
    /// How the interest came about.
    pub derivation: Value,
}

/// An account with what moved in each year.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountStatement {
    /// Balance now, fen.
    #[schema(value_type = i64, example = 26_854_137)]
    pub balance_fen: Fen,
    /// Years, latest first.
    pub years: Vec<StatementYear>,
}

/// One year of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct StatementYear {
    /// Calendar year.
    pub year: i32,
    /// Brought in from an older system, fen.
    #[schema(value_type = i64)]
    pub carried_fen: Fen,
    /// Contributions recorded, fen.
    #[schema(value_type = i64)]
    pub contributed_fen: Fen,
    /// Interest credited, fen.
    #[schema(value_type = i64)]
    pub interest_fen: Fen,
    /// Pensions paid from the account, fen.
    #[schema(value_type = i64)]
    pub paid_fen: Fen,
    /// Balance at the end of the year (or now), fen.
    #[schema(value_type = i64)]
    pub balance_fen: Fen,
}
