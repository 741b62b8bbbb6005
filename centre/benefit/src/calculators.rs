//! Public calculators: what anyone may work out without an account, over HTTP and on the command line alike.
//!
//! Nothing is stored and nobody is identified. The answers are estimates by the rules in force, with their derivation.

use axum::extract::State;
use base_kernel::{Fault, Fen, Month, RegionCode};
use base_web::{Json, Problem, ProblemBody};
use centre_policy::PolicyStore;
use engine_decision::{Derivation, ParameterSet, RuleError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::rules::{Category, PensionFacts, Transitional, pension, statutory};

/// Routes of the calculators.
pub fn routes(policy: PolicyStore) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(post_retirement)).routes(routes!(post_pension)).with_state(policy)
}

/// Question: when does someone retire?
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetirementRequest {
    /// Birth month.
    #[schema(value_type = String, example = "1970-05")]
    pub birth: Month,
    /// `M60` 男；`F55` 女，原 55 周岁；`F50` 女，原 50 周岁.
    #[schema(value_type = String, example = "M60")]
    pub category: Category,
}

/// Age in years and months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Age {
    /// Whole years.
    pub years: i32,
    /// Months beyond.
    pub months: i32,
}

/// Answer: statutory retirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetirementAnswer {
    /// Month in which the statutory age is reached.
    #[schema(value_type = String, example = "2031-09")]
    pub statutory_month: Month,
    /// Statutory age.
    pub age: Age,
    /// Months of delay.
    pub delay_months: i32,
    /// Minimum contribution months at that age.
    pub min_contribution_months: i32,
}

/// Answers a [`RetirementRequest`], with the derivation.
///
/// # Errors
/// As [`statutory`].
pub fn retirement(
    request: &RetirementRequest,
    set: &ParameterSet,
) -> Result<(RetirementAnswer, Derivation), RuleError> {
    let (it, derivation) = statutory(request.birth, request.category, set)?;
    let answer = RetirementAnswer {
        statutory_month: it.month,
        age: Age { years: it.age_months / 12, months: it.age_months % 12 },
        delay_months: it.delay_months,
        min_contribution_months: it.min_contribution_months,
    };
    Ok((answer, derivation))
}

/// Statutory retirement month.
#[utoipa::path(post, path = "/policy/retirement", tag = "政策计算", request_body = RetirementRequest, responses(
    (status = 200, description = "法定退休年龄和年月", body = RetirementAnswer),
    (status = 422, description = "填写有误，或没有适用的参数", body = ProblemBody),
))]
async fn post_retirement(
    State(policy): State<PolicyStore>,
    Json(request): Json<RetirementRequest>,
) -> Result<Json<RetirementAnswer>, Problem> {
    let (answer, _) = retirement(&request, &policy.current()).map_err(Fault::from)?;
    Ok(Json(answer))
}

/// Question: how much is the pension?
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PensionRequest {
    /// Region that awards.
    #[schema(value_type = String, example = "310000")]
    pub region: RegionCode,
    /// Retirement month.
    #[schema(value_type = String, example = "2025-12")]
    pub retire_month: Month,
    /// Age at retirement in months.
    #[schema(example = 723)]
    pub age_months: u32,
    /// Average contribution index, as text.
    #[serde(with = "rust_decimal::serde::str")]
    #[schema(value_type = String, example = "1.20")]
    pub average_index: Decimal,
    /// Contribution months, deemed months included.
    #[schema(example = 424)]
    pub service_months: u32,
    /// Account balance, fen.
    #[schema(example = 32_000_000)]
    pub account_balance_fen: i64,
    /// Facts of the transitional pension, or null.
    #[serde(default)]
    pub transitional: Option<TransitionalRequest>,
    /// Provisional calculation with the base of the year before.
    #[serde(default)]
    pub provisional: bool,
}

/// Facts of the transitional pension.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransitionalRequest {
    /// Deemed contribution years to 1992-12-31 as text, two decimals at most.
    #[serde(with = "rust_decimal::serde::str")]
    #[schema(value_type = String, example = "5.25")]
    pub deemed_years_to_1992: Decimal,
    /// Notional account total of 1993–1997, fen.
    #[schema(example = 2_400_000)]
    pub virtual_account_total_fen: i64,
}

/// Answer: monthly pension by component, fen, with its derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PensionAnswer {
    /// 基础养老金.
    pub basic_fen: i64,
    /// 个人账户养老金.
    pub account_fen: i64,
    /// 过渡性养老金.
    pub transitional_fen: i64,
    /// Sum.
    pub total_fen: i64,
    /// Steps: label, formula, inputs, parameters with document numbers, rounding, result, law.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Derivation,
}

/// Answers a [`PensionRequest`]. Unconfirmed parameters are refused.
///
/// # Errors
/// As [`pension`].
pub fn pension_estimate(request: PensionRequest, set: &ParameterSet) -> Result<PensionAnswer, RuleError> {
    let facts = PensionFacts {
        region: request.region,
        retire_month: request.retire_month,
        age_months: request.age_months,
        average_index: request.average_index,
        service_months: request.service_months,
        account_balance: Fen(request.account_balance_fen),
        transitional: request.transitional.map(|facts| Transitional {
            deemed_years_to_1992: facts.deemed_years_to_1992,
            virtual_account_total: Fen(facts.virtual_account_total_fen),
        }),
        provisional: request.provisional,
    };
    let (it, derivation) = pension(&facts, set)?;
    Ok(PensionAnswer {
        basic_fen: it.basic.0,
        account_fen: it.account.0,
        transitional_fen: it.transitional.0,
        total_fen: it.total.0,
        derivation,
    })
}

/// Monthly pension at retirement.
#[utoipa::path(post, path = "/policy/pension", tag = "政策计算", request_body = PensionRequest, responses(
    (status = 200, description = "月基本养老金及计算过程", body = PensionAnswer),
    (status = 422, description = "填写有误，或没有适用的参数，或参数尚未确认", body = ProblemBody),
))]
async fn post_pension(
    State(policy): State<PolicyStore>,
    Json(request): Json<PensionRequest>,
) -> Result<Json<PensionAnswer>, Problem> {
    Ok(Json(pension_estimate(request, &policy.current()).map_err(Fault::from)?))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use base_web::testing::TestApp;
    use centre_policy::Catalogue;
    use serde_json::json;

    use super::*;

    fn app() -> TestApp {
        TestApp::new(routes(PolicyStore::of_catalogue(Catalogue::shipped().unwrap())))
    }

    #[tokio::test]
    async fn anyone_may_ask_when_they_retire() {
        let body = json!({ "birth": "1970-03", "category": "M60" });
        let answer = app().post("/policy/retirement", body).await.expect(200).text();
        let wanted = r#"{"statutory_month":"2031-07","age":{"years":61,"months":4},"delay_months":16,"min_contribution_months":192}"#;
        assert_eq!(answer, wanted);
        for body in [
            json!({ "birth": "1970-13", "category": "M60" }),
            json!({ "birth": "1970-03", "category": "M65" }),
            json!({ "birth": "1970-03" }),
            json!({ "birth": "1901-03", "category": "M60" }),
        ] {
            app().post("/policy/retirement", body).await.expect(422);
        }
    }

    #[tokio::test]
    async fn anyone_may_estimate_a_pension() {
        let mut body = json!({
            "region": "310000", "retire_month": "2025-12", "age_months": 723, "average_index": "1.20",
            "service_months": 424, "account_balance_fen": 32_000_000,
            "transitional": { "deemed_years_to_1992": "5.25", "virtual_account_total_fen": 2_400_000 }
        });
        let answer = app().post("/policy/pension", body.clone()).await.expect(200).json();
        assert_eq!((&answer["total_fen"], &answer["basic_fen"]), (&json!(814_660), &json!(483_250)));
        assert!(answer["derivation"].as_array().unwrap().len() > 5);
        let keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["basic_fen", "account_fen", "transitional_fen", "total_fen", "derivation"]);
        body["retire_month"] = json!("2019-12");
        let refused = app().post("/policy/pension", body.clone()).await.expect(422);
        assert_eq!(refused.code(), "parameter.unconfirmed");
        body["retire_month"] = json!("2027-01");
        let missing = app().post("/policy/pension", body.clone()).await.expect(422);
        assert_eq!(missing.code(), "parameter.missing");
        assert!(missing.text().contains("pension.base") && missing.text().contains("2027-01-01"));
        body["average_index"] = json!("NaN");
        app().post("/policy/pension", body).await.expect(422);
    }
}
