//! The only files of the slice that run SQL.

pub(crate) mod batch;
pub(crate) mod period;

use base_db::DbError;
use base_kernel::Month;

use crate::EnrolmentError;

pub(crate) type Result<T> = std::result::Result<T, EnrolmentError>;

pub(crate) fn month(stored: i32) -> Result<Month> {
    Month::from_yyyymm(stored).map_err(|error| inconsistent("enrolment.period", &error.to_string()))
}

pub(crate) fn inconsistent(table: &'static str, detail: &str) -> EnrolmentError {
    EnrolmentError::Db(DbError::Inconsistent { table, detail: detail.to_owned() })
}
