//! Interest of a year for everybody.

use std::sync::Arc;

use base_db::Db;
use base_kernel::{Ctx, Fault, RequestId};
use base_slice::JobFn;
use centre_policy::PolicyStore;
use engine_decision::ParameterSet;
use serde::Deserialize;
use uuid::Uuid;

use crate::rules::InterestMethod;
use crate::{FundError, InterestChoice, account_year_interest, store};

/// Accounts handled by one step.
const BATCH: i64 = 200;

/// Arguments of the job `fund.year_interest`.
#[derive(Debug, Deserialize)]
struct Args {
    year: i32,
    /// Chosen method with its reason; none asks the parameter.
    method: Option<InterestMethod>,
    #[serde(default)]
    reason: String,
}

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InterestRun {
    /// Accounts credited.
    pub credited: usize,
    /// Accounts left to a person: drawn on, or first contribution after the year.
    pub left: usize,
}

/// The job `fund.year_interest` {year, method?, reason?}.
pub(crate) fn year_interest(policy: PolicyStore) -> JobFn {
    Arc::new(move |db, args| {
        let policy = policy.clone();
        Box::pin(async move {
            let args: Args = serde_json::from_value(args).map_err(Fault::internal)?;
            let choice = match args.method {
                Some(method) => InterestChoice::Chosen { method, reason: args.reason },
                None => InterestChoice::InForce,
            };
            let run = year_interest_run(&db, &policy.current(), args.year, &choice).await?;
            tracing::info!(year = args.year, credited = run.credited, left = run.left, "interest credited");
            Ok(())
        })
    })
}

/// Credits a year's interest on every account it is due on, in steps of some hundred accounts; stopped anywhere and run
/// again, it goes on where it stood.
///
/// # Errors
/// [`FundError::Rule`] when method or rate is not confirmed; finished steps stay finished.
pub async fn year_interest_run(
    db: &Db,
    set: &ParameterSet,
    year: i32,
    choice: &InterestChoice,
) -> Result<InterestRun, FundError> {
    let mut run = InterestRun::default();
    let mut after = String::new();
    loop {
        let mut tx = db.begin(Ctx::system(RequestId(Uuid::new_v4()))).await?;
        let people = store::accounts_for_interest(&mut tx, &after, year, BATCH).await?;
        let Some(last) = people.last() else { return Ok(run) };
        last.as_str().clone_into(&mut after);
        let mut step = InterestRun::default();
        for person in &people {
            match account_year_interest(&mut tx, set, person, year, choice).await {
                Ok(_) => step.credited += 1,
                Err(FundError::DrawnOn(_) | FundError::YearOutOfOrder { .. } | FundError::NoAccount(_)) => {
                    step.left += 1;
                }
                Err(error) => return Err(error),
            }
        }
        tx.commit().await?;
        run.credited += step.credited;
        run.left += step.left;
    }
}
