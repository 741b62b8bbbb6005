//! Public calculator of a month's contributions, over HTTP and on the command line alike. Nothing is stored.
//!
//! It estimates: unconfirmed parameters are accepted and named in the answer, so that nobody takes it for a bill.

use axum::extract::State;
use base_kernel::{Fault, Fen, Month, RegionCode};
use base_web::{Json, Problem, ProblemBody};
use centre_policy::PolicyStore;
use chrono::NaiveDate;
use engine_decision::{Derivation, ParameterSet, RuleError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::rules::{BillLine, ContributionFacts, FloatTier, InjuryClass, Insurance, PayerKind, bill};

/// Routes of the calculator.
pub fn routes(policy: PolicyStore) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(post_contribution)).with_state(policy)
}

/// Question: what is due for a month?
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContributionRequest {
    /// Contribution month.
    #[schema(value_type = String, example = "2026-07")]
    pub month: Month,
    /// Monthly wage, or the chosen base of a flexible payer, fen.
    #[schema(example = 1_200_000)]
    pub wage_fen: i64,
    /// Region.
    #[schema(value_type = String, example = "310000")]
    pub region: RegionCode,
    /// Injury risk class `I` to `VIII`; not for flexible payers.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "I")]
    pub injury_class: Option<InjuryClass>,
    /// Floating tier `down_2`, `down_1`, `base`, `up_1`, `up_2`.
    #[serde(default)]
    #[schema(value_type = String, example = "base")]
    pub injury_float: FloatTier,
    /// `employee`, `flexible` or `retiree_injury`.
    #[schema(value_type = String, example = "employee")]
    pub kind: PayerKind,
}

/// One insurance of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionLine {
    /// Insurance.
    #[schema(value_type = String, example = "pension")]
    pub insurance: Insurance,
    /// Chinese name.
    pub name: String,
    /// Employer's share, fen.
    pub employer_fen: i64,
    /// Person's share, fen.
    pub employee_fen: i64,
}

/// A parameter in the answer that is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnconfirmedUse {
    /// Key.
    pub key: String,
    /// Chinese name.
    pub name: String,
    /// Value used.
    pub value: String,
    /// First day of its window.
    pub from: NaiveDate,
}

/// Answer: contributions of the month, fen, with the derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContributionAnswer {
    /// Contribution base.
    pub base_fen: i64,
    /// By insurance.
    pub lines: Vec<ContributionLine>,
    /// Employer's sum.
    pub employer_total_fen: i64,
    /// Person's sum.
    pub employee_total_fen: i64,
    /// What is recorded on the pension account.
    pub account_fen: i64,
    /// Unconfirmed parameters in the figures; empty when all are confirmed.
    pub unconfirmed: Vec<UnconfirmedUse>,
    /// Steps: label, formula, inputs, parameters with document numbers, rounding, result, law.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Derivation,
}

impl From<&BillLine> for ContributionLine {
    fn from(line: &BillLine) -> Self {
        Self {
            insurance: line.insurance,
            name: line.insurance.name().into(),
            employer_fen: line.employer.0,
            employee_fen: line.employee.0,
        }
    }
}

/// Answers a [`ContributionRequest`].
///
/// # Errors
/// As [`bill`], but unconfirmed values are accepted and named.
pub fn contribution_estimate(
    request: &ContributionRequest,
    set: &ParameterSet,
) -> Result<ContributionAnswer, RuleError> {
    let facts = ContributionFacts {
        month: request.month,
        region: request.region,
        kind: request.kind,
        wage: Fen(request.wage_fen),
        injury_class: request.injury_class,
        injury_float: request.injury_float,
    };
    let (it, derivation) = bill(&facts, &set.accepting_unconfirmed())?;
    let unconfirmed = derivation.unconfirmed().into_iter().map(|used| UnconfirmedUse {
        key: used.key.clone(),
        name: used.name.clone(),
        value: used.value.clone(),
        from: used.from,
    });
    Ok(ContributionAnswer {
        base_fen: it.base.0,
        lines: it.lines.iter().map(ContributionLine::from).collect(),
        employer_total_fen: it.employer_total.0,
        employee_total_fen: it.employee_total.0,
        account_fen: it.account.0,
        unconfirmed: unconfirmed.collect(),
        derivation,
    })
}

/// Contributions of a month.
#[utoipa::path(post, path = "/policy/contribution", tag = "政策计算", request_body = ContributionRequest, responses(
    (status = 200, description = "当月应缴社会保险费及计算过程", body = ContributionAnswer),
    (status = 422, description = "填写有误，或没有适用的参数", body = ProblemBody),
))]
async fn post_contribution(
    State(policy): State<PolicyStore>,
    Json(request): Json<ContributionRequest>,
) -> Result<Json<ContributionAnswer>, Problem> {
    Ok(Json(contribution_estimate(&request, &policy.current()).map_err(Fault::from)?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use base_web::testing::TestApp;
    use centre_policy::Catalogue;
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn anyone_may_work_out_a_month() {
        let app = TestApp::new(routes(PolicyStore::of_catalogue(Catalogue::shipped().unwrap())));
        let mut body = json!({
            "month": "2026-07", "wage_fen": 4_000_000, "region": "310000", "injury_class": "I", "kind": "employee"
        });
        let answer = app.post("/policy/contribution", body.clone()).await.expect(200).json();
        assert_eq!(answer["employer_total_fen"], 969_687);
        assert_eq!(answer["employee_total_fen"], 396_176);
        assert_eq!(answer["lines"][0]["name"], "养老保险");
        assert_eq!(answer["unconfirmed"][0]["key"], "contribution.unemployment.employer_rate");
        body["month"] = json!("2027-03");
        let missing = app.post("/policy/contribution", body.clone()).await.expect(422);
        assert!(
            missing.text().contains("contribution.medical.employer_rate")
                && missing.text().contains("2027-03-01")
        );
        body["month"] = json!("2025-12");
        body["wage_fen"] = json!(-1);
        assert_eq!(app.post("/policy/contribution", body.clone()).await.expect(422).code(), "rule.input");
        body["wage_fen"] = json!(1.5);
        app.post("/policy/contribution", body.clone()).await.expect(422);
        body["injury_class"] = json!("IX");
        app.post("/policy/contribution", body).await.expect(422);
    }
}
