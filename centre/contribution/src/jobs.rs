//! Background work.

use std::sync::Arc;

use base_kernel::{Fault, Month, shanghai_today};
use base_slice::JobFn;
use centre_policy::PolicyStore;
use serde::Deserialize;

use crate::levy::{self, Unconfirmed};

/// Arguments of the job `contribution.levy`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Args {
    /// Month; none: the running one.
    month: Option<Month>,
    /// Who accepts unconfirmed parameters and why.
    accept_unconfirmed: Option<String>,
}

/// The job `contribution.levy` {month?, accept_unconfirmed?}.
pub(crate) fn levy(policy: PolicyStore) -> JobFn {
    Arc::new(move |db, args| {
        let policy = policy.clone();
        Box::pin(async move {
            // A timer hands over its own fields or nothing at all.
            let args: Args = if args.is_null() {
                Args::default()
            } else {
                serde_json::from_value(args).map_err(Fault::internal)?
            };
            let running = Month::of(shanghai_today(db.now())).map_err(Fault::internal)?;
            let unconfirmed = match args.accept_unconfirmed {
                Some(reason) => Unconfirmed::Accept { reason },
                None => Unconfirmed::Withhold,
            };
            let month = args.month.unwrap_or(running);
            let report = levy::levy_run(&db, &levy::system(), &policy.current(), month, &unconfirmed).await?;
            tracing::info!(
                month = %month,
                lines = report.lines_added,
                withheld = report.lines_withheld,
                failed = report.failed,
                "levy run"
            );
            Ok(())
        })
    })
}
