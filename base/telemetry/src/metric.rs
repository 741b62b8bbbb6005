//! Prometheus metrics.

use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::TelemetryError;

/// Names that more than one crate uses. Labels never carry numbers of persons, employers or cases.
pub mod names {
    /// Requests answered; labels `method`, `route` (the pattern, not the path), `status`.
    pub const REQUESTS: &str = "renshe_http_requests_total";
    /// Time to answer, seconds; labels `method`, `route`.
    pub const REQUEST_SECONDS: &str = "renshe_http_request_seconds";
    /// Requests at work.
    pub const REQUESTS_IN_FLIGHT: &str = "renshe_http_requests_in_flight";
    /// Connections of the pool; label `state`: `used` or `idle`.
    pub const POOL_CONNECTIONS: &str = "renshe_db_pool_connections";
    /// Cases opened; label `item`.
    pub const CASES_OPENED: &str = "renshe_cases_opened_total";
    /// Cases closed; labels `item`, `outcome`.
    pub const CASES_CLOSED: &str = "renshe_cases_closed_total";
}

/// Upper bounds of time histograms, seconds.
const SECONDS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0];
/// How often histograms are folded when nobody scrapes.
const UPKEEP: Duration = Duration::from_secs(10);

/// The recorder of this process. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Installs the recorder for the whole process.
    ///
    /// # Errors
    /// [`TelemetryError::Twice`] when there is one already.
    pub fn install() -> Result<Self, TelemetryError> {
        let twice = |error: metrics_exporter_prometheus::BuildError| TelemetryError::Twice(error.to_string());
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), SECONDS)
            .map_err(twice)?
            .install_recorder()
            .map_err(twice)?;
        describe();
        let upkeep = handle.clone();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(UPKEEP);
                upkeep.run_upkeep();
            }
        });
        Ok(Self(handle))
    }

    /// Everything, in the text form that Prometheus reads.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

fn describe() {
    use metrics::Unit;
    metrics::describe_counter!(names::REQUESTS, "Requests answered");
    metrics::describe_histogram!(names::REQUEST_SECONDS, Unit::Seconds, "Time to answer a request");
    metrics::describe_gauge!(names::REQUESTS_IN_FLIGHT, "Requests at work");
    metrics::describe_gauge!(names::POOL_CONNECTIONS, "Connections of the pool");
    metrics::describe_counter!(names::CASES_OPENED, "Cases opened");
    metrics::describe_counter!(names::CASES_CLOSED, "Cases closed");
    metrics::describe_gauge!("renshe_outbox_pending", "Events not yet delivered");
    metrics::describe_gauge!("renshe_outbox_dead", "Events given up");
    metrics::describe_gauge!(
        "renshe_outbox_oldest_seconds",
        Unit::Seconds,
        "Age of the oldest waiting event"
    );
    metrics::describe_histogram!("renshe_outbox_wait_seconds", Unit::Seconds, "Time an event waited");
    metrics::describe_counter!("renshe_outbox_failures_total", "Failures of receivers");
    metrics::describe_gauge!("renshe_jobs_pending", "Jobs that wait");
    metrics::describe_gauge!("renshe_jobs_dead", "Jobs given up");
    metrics::describe_counter!("renshe_jobs_total", "Jobs run");
}

/// Counts one answered request. `route` is the pattern (`/cases/{no}`), so that the number of series stays small and
/// no business number gets into a label.
pub fn record_request(method: &str, route: &str, status: u16, took: Duration) {
    let (method, route) = (method.to_owned(), route.to_owned());
    metrics::histogram!(names::REQUEST_SECONDS, "method" => method.clone(), "route" => route.clone())
        .record(took.as_secs_f64());
    metrics::counter!(names::REQUESTS, "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
}

/// Counts a request as at work for as long as it lives.
#[derive(Debug)]
pub struct InFlight(());

impl InFlight {
    /// From now on.
    #[must_use]
    pub fn begin() -> Self {
        metrics::gauge!(names::REQUESTS_IN_FLIGHT).increment(1);
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        metrics::gauge!(names::REQUESTS_IN_FLIGHT).decrement(1);
    }
}
