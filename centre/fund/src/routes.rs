//! HTTP face: one's own account.

use axum::extract::State;
use base_db::Db;
use base_kernel::{ActorKind, Fault, PersonNo};
use base_web::{Caller, Json, Problem, ProblemBody};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::model::AccountStatement;
use crate::statement::account_statement;

pub(crate) fn routes(db: Db) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(my_account)).with_state(db)
}

/// The caller's own personal account of the employees' pension insurance.
#[utoipa::path(get, path = "/me/account", tag = "基金管理", responses(
    (status = 200, description = "个人账户余额与历年记账", body = AccountStatement),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "不是个人用户", body = ProblemBody),
))]
async fn my_account(caller: Caller, State(db): State<Db>) -> Result<Json<AccountStatement>, Problem> {
    let person = own_person(&caller)?;
    let mut tx = db.begin(caller.ctx()).await?;
    Ok(Json(account_statement(&mut tx, &person).await?))
}

/// The person behind a citizen's account.
fn own_person(caller: &Caller) -> Result<PersonNo, Fault> {
    caller.require_kind(ActorKind::Citizen)?;
    let message = "您的账号尚未完成实名关联，请先完成实名认证";
    caller.actor.person.clone().ok_or_else(|| Fault::forbidden("fund.no_person", message))
}
