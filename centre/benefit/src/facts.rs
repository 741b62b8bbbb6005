//! The facts a retirement is judged by, gathered from the neighbours: the only file that asks them.

use base_db::Tx;
use base_kernel::{Month, RegionCode};
use base_slice::CaseInput;
use centre_party::Person;
use engine_decision::ParameterSet;
use serde_json::Value;

use crate::error::Error;
use crate::rules::{Category, Statutory, statutory};
use crate::rules::{Eligibility, EligibilityFacts, RetireKind, eligibility};

/// The region whose parameters decide.
pub(crate) const REGION: RegionCode = RegionCode::SHANGHAI;

/// Everything known about a retirement.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) person: Person,
    pub(crate) category: Category,
    pub(crate) birth: Month,
    pub(crate) kind: RetireKind,
    pub(crate) chosen: Option<Month>,
    pub(crate) paid_months: u32,
    pub(crate) deemed_months: u32,
    pub(crate) set: ParameterSet,
}

impl Facts {
    /// Months in all.
    pub(crate) fn total_months(&self) -> u32 {
        self.paid_months + self.deemed_months
    }

    /// Age, month, delay and limits.
    pub(crate) fn statutory(&self) -> Result<Statutory, Error> {
        Ok(statutory(self.birth, self.category, &self.set)?.0)
    }

    /// Whether a pension may be drawn, with the derivation.
    pub(crate) fn eligibility(&self) -> Result<(Eligibility, engine_decision::Derivation), Error> {
        let facts = EligibilityFacts {
            birth: self.birth,
            category: self.category,
            kind: self.kind,
            chosen: self.chosen,
            contribution_months: self.total_months(),
        };
        Ok(eligibility(&facts, &self.set)?)
    }
}

/// Gathers the facts for a form; none when the form does not yet say whom it is about.
pub(crate) async fn gather(tx: &mut Tx, set: ParameterSet, input: &CaseInput) -> Result<Facts, Error> {
    let person = centre_party::subject_of(tx, input).await.map_err(base_kernel::Fault::from)?;
    let category = category(&person, input)?;
    let birth = text(input, "birth_archive").and_then(|day| day.get(..7)?.parse().ok());
    let birth = match birth {
        Some(birth) => birth,
        None => Month::of(person.archive_birth.unwrap_or(person.birth))
            .map_err(|_| Error::Form("birth_archive"))?,
    };
    let paid_months =
        centre_contribution::paid_months(tx, &person.no).await.map_err(base_kernel::Fault::from)?;
    Ok(Facts {
        category,
        birth,
        kind: kind(text(input, "retire_kind")),
        chosen: text(input, "chosen_month").and_then(|month| month.parse().ok()),
        paid_months,
        deemed_months: number(input, "deemed_months"),
        person,
        set,
    })
}

/// The category on record; for a woman without one, what the form says of her post.
fn category(person: &Person, input: &CaseInput) -> Result<Category, Error> {
    if let Some(category) = person.category {
        return category.code().parse().map_err(|_| Error::NoCategory);
    }
    let code = match (person.sex, text(input, "post_kind")) {
        (base_kernel::Sex::Male, _) => "M60",
        (base_kernel::Sex::Female, Some("worker")) => "F50",
        (base_kernel::Sex::Female, Some("manager")) => "F55",
        (base_kernel::Sex::Female, _) => return Err(Error::NoCategory),
    };
    code.parse().map_err(|_| Error::NoCategory)
}

pub(crate) fn kind(word: Option<&str>) -> RetireKind {
    match word {
        Some("early") => RetireKind::Early,
        Some("late") => RetireKind::Late,
        _ => RetireKind::Normal,
    }
}

pub(crate) fn text<'a>(input: &'a CaseInput, key: &str) -> Option<&'a str> {
    input.form.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

pub(crate) fn number(input: &CaseInput, key: &str) -> u32 {
    input.form.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}
