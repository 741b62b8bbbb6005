//! Years of contributions of a demonstration person, through the same books as everybody's.

use base_db::Tx;
use base_kernel::{EmployerNo, Fen, Month, MonthSpan, PersonNo};
use centre_contribution::{HistorySeed, Insurance, LegacyRates, history_seed};
use centre_enrolment::{Employment, Insurance as Enrolled, NewEnrolment, enrol_one};

use super::people::DemoPerson;
use crate::app::App;

/// Insurances of an employee.
const INSURANCES: [Insurance; 4] =
    [Insurance::Pension, Insurance::Unemployment, Insurance::Medical, Insurance::Injury];

/// Joins the employer's staff, enrols, and pays from the person's first month to the month before `this`.
///
/// # Errors
/// Whatever a neighbour refuses.
pub(crate) async fn bring_in(
    app: &App,
    tx: &mut Tx,
    person: &PersonNo,
    employer: &EmployerNo,
    demo: &DemoPerson,
    this: Month,
) -> anyhow::Result<()> {
    let (since, percent) = (demo.since, i64::from(demo.wage_percent));
    let wage = move |month: Month| wage(month, percent);
    let enrolment = NewEnrolment {
        person: person.clone(),
        employer: employer.clone(),
        insurances: vec![Enrolled::Pension, Enrolled::Unemployment, Enrolled::Medical, Enrolled::Injury],
        start: since,
        wage: wage(this),
        employment: Employment {
            hire_date: since.first_day(),
            contract_type: "2".to_owned(),
            contract_end: None,
            add_reason: "01".to_owned(),
            hukou: Some("11".to_owned()),
            education: None,
        },
    };
    let set = app.policy.current();
    enrol_one(tx, &set, &enrolment).await?;
    let seed = HistorySeed {
        person: person.clone(),
        employer: employer.clone(),
        span: MonthSpan { from: since, to: this.plus(-1) },
        insurances: &INSURANCES,
        wage: &wage,
        legacy: LegacyRates::default(),
        opening: None,
    };
    history_seed(tx, &set, &seed).await?;
    Ok(())
}

/// A wage that follows the city's average closely enough for a demonstration: 5,500 yuan in 2014, 500 more each year.
fn wage(month: Month, percent: i64) -> Fen {
    let years = i64::from(month.year() - 2014).max(0);
    Fen((550_000 + 50_000 * years) * percent / 100)
}
