//! Prefilled fields of forms.

use base_db::Tx;
use base_kernel::{Fault, Month};
use base_slice::CaseInput;
use centre_party::PartyError;
use serde_json::{Map, Value, json};

use crate::EnrolmentError;
use crate::commands::billed;
use crate::model::Insurance;
use crate::store::period;

/// `enrolment.history`: one's insurances with first and last month. Empty as long as it is not known who applies.
pub(crate) async fn history(tx: &mut Tx, input: &CaseInput) -> Result<Map<String, Value>, Fault> {
    let person = match centre_party::subject_of(tx, input).await {
        Ok(person) => person,
        Err(PartyError::PersonNotFound | PartyError::NoScope) => return Ok(Map::new()),
        Err(error) => return Err(error.into()),
    };
    let today = Month::of(tx.today()).map_err(EnrolmentError::from)?;
    let periods = period::of_people(tx, std::slice::from_ref(&person.no)).await?;
    let paid = centre_contribution::months_total(tx, &person.no).await?;
    let own: Vec<&str> = Insurance::ALL
        .into_iter()
        .filter(|one| {
            periods.iter().any(|period| period.insurance == *one && period.start <= today)
                || paid.iter().any(|total| total.insurance == billed(*one))
        })
        .map(Insurance::code)
        .collect();
    let first = periods.iter().map(|period| period.start).chain(paid.iter().map(|total| total.first)).min();
    let last = periods
        .iter()
        .map(|period| period.end.unwrap_or(today).min(today))
        .chain(paid.iter().map(|total| total.last))
        .max();
    let mut fields = Map::new();
    if let (Some(first), Some(last)) = (first, last.filter(|_| !own.is_empty())) {
        fields.insert("insurance_types".into(), json!(own));
        fields.insert("from_month".into(), json!(first.min(last)));
        fields.insert("to_month".into(), json!(last));
    }
    Ok(fields)
}
