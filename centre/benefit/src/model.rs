//! Words of benefits.

use base_kernel::{AwardId, CaseNo, Fen, Month, PersonNo};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Partitions of a payment run.
pub(crate) const PARTS: u8 = 16;

/// The partition a person falls into: by the last two digits of the personal number, which a check digit spreads.
#[must_use]
pub(crate) fn part_of(person: &PersonNo) -> i16 {
    let digits = person.as_str().bytes().rev().take(2);
    let number =
        digits.enumerate().map(|(place, digit)| i16::from(digit & 0x0f) * if place == 0 { 1 } else { 10 });
    number.sum::<i16>() % i16::from(PARTS)
}

/// An award as stored.
#[derive(Debug, Clone)]
pub struct Award {
    /// Id.
    pub id: AwardId,
    /// Whose.
    pub person: PersonNo,
    /// Partition of payment runs.
    pub part: i16,
    /// Case that decided it.
    pub case_no: CaseNo,
    /// normal, early or late.
    pub retire_kind: String,
    /// Month of retirement.
    pub retire_month: Month,
    /// First month of payment.
    pub start_month: Month,
    /// 基础养老金.
    pub basic: Fen,
    /// 个人账户养老金.
    pub account: Fen,
    /// 过渡性养老金.
    pub transitional: Fen,
    /// Sum.
    pub total: Fen,
    /// 预核定: the base of the retirement year was not published.
    pub provisional: bool,
    /// Facts as known then.
    pub facts: Value,
    /// Derivation steps.
    pub derivation: Vec<Value>,
    /// Account holder.
    pub payee: Payee,
    /// active, void, replaced or ended.
    pub status: String,
    /// When.
    pub awarded_at: DateTime<Utc>,
}

/// Where a pension is paid to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payee {
    /// 户名.
    pub name: String,
    /// 开户银行.
    pub bank: String,
    /// 账号.
    pub account: String,
}

impl std::fmt::Debug for Payee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Payee(…)")
    }
}

/// What `benefit.calculate_pension` hands to `benefit.award`, through the case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Calculation {
    /// normal, early or late.
    pub retire_kind: String,
    /// Month of retirement.
    pub retire_month: Month,
    /// First month of payment.
    pub start_month: Month,
    /// Age in months.
    pub age_months: i32,
    /// 基础养老金.
    pub basic_fen: Fen,
    /// 个人账户养老金.
    pub account_fen: Fen,
    /// 过渡性养老金.
    pub transitional_fen: Fen,
    /// Sum.
    pub total_fen: Fen,
    /// 预核定.
    pub provisional: bool,
    /// Account balance, fen.
    pub balance_fen: Fen,
    /// Months paid.
    pub paid_months: u32,
    /// Deemed months.
    pub deemed_months: u32,
    /// Average index as text.
    pub average_index: String,
}

/// One payment due.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) person: PersonNo,
    pub(crate) award: AwardId,
    pub(crate) month: Month,
    pub(crate) amount: Fen,
    pub(crate) account: Fen,
}

/// What a payment run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RunReport {
    /// Month.
    #[schema(value_type = String)]
    pub month: String,
    /// Partitions finished, of sixteen.
    pub parts_done: i64,
    /// Payments.
    pub payments: i64,
    /// Sum, fen.
    pub amount_fen: i64,
}

/// A map from a serialisable value; empty when it is no object.
pub(crate) fn object<T: Serialize>(value: &T) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}
