//! HTTP face of access.

use axum::extract::State;
use base_db::Db;
use base_web::{Caller, Json, Problem, ProblemBody};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{Access, Level, Organisation, Role, USER_READ, commands};

#[derive(Clone)]
struct Shared {
    db: Db,
    access: Access,
}

pub(crate) fn routes(db: Db, access: Access) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(organisations))
        .routes(routes!(roles))
        .with_state(Shared { db, access })
}

/// One organisation.
#[derive(Debug, Serialize, ToSchema)]
struct OrganisationRow {
    /// Code.
    #[schema(example = "310104-01")]
    code: String,
    /// Name.
    name: String,
    /// Level.
    level: Level,
    /// The organisation above.
    parent: Option<String>,
    /// Codes from the root down.
    #[schema(example = "310000/310104/310104-01")]
    path: String,
}

impl From<Organisation> for OrganisationRow {
    fn from(one: Organisation) -> Self {
        let parent = one.parent.map(|parent| parent.0);
        Self { code: one.code.0, name: one.name, level: one.level, parent, path: one.path }
    }
}

/// All organisations in force, parents before children.
#[utoipa::path(get, path = "/organisations", tag = "授权管理", responses(
    (status = 200, description = "机构树，按路径排列", body = Vec<OrganisationRow>),
    (status = 401, description = "未登录", body = ProblemBody),
))]
async fn organisations(
    caller: Caller,
    State(shared): State<Shared>,
) -> Result<Json<Vec<OrganisationRow>>, Problem> {
    let mut tx = shared.db.begin(caller.ctx()).await?;
    let tree = commands::organisations(&mut tx).await?;
    Ok(Json(tree.into_iter().map(OrganisationRow::from).collect()))
}

/// A code with its name.
#[derive(Debug, Serialize, ToSchema)]
struct Coded {
    /// Code.
    code: String,
    /// Name.
    name: String,
}

/// One role.
#[derive(Debug, Serialize, ToSchema)]
struct RoleRow {
    /// Code.
    #[schema(example = "R03")]
    code: String,
    /// Name.
    name: String,
    /// Levels of organisation it is granted at.
    levels: Vec<Level>,
    /// What it allows.
    permissions: Vec<Coded>,
    /// Roles nobody may hold beside it.
    excludes: Vec<String>,
    /// Whether the caller may grant it.
    grantable: bool,
}

/// All roles with what they allow.
#[utoipa::path(get, path = "/roles", tag = "授权管理", responses(
    (status = 200, description = "角色及其权限", body = Vec<RoleRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
async fn roles(caller: Caller, State(shared): State<Shared>) -> Result<Json<Vec<RoleRow>>, Problem> {
    caller.require(USER_READ)?;
    let access = &shared.access;
    let grantable = |role: &Role| {
        let administered = |held: &String| {
            *held == role.code
                || access.roles().get(held).is_some_and(|held| held.administers.contains(&role.code))
        };
        caller.actor.may(crate::ROLE_GRANT)
            && !role.levels.is_empty()
            && caller.actor.roles.iter().any(administered)
    };
    let named = |code: &String| Coded { code: code.clone(), name: access.permission_name(code).to_owned() };
    let row = |role: &Role| RoleRow {
        code: role.code.clone(),
        name: role.name.clone(),
        levels: role.levels.clone(),
        permissions: role.permissions.iter().map(named).collect(),
        excludes: access.roles().excluded_by(&role.code).into_iter().map(str::to_owned).collect(),
        grantable: grantable(role),
    };
    Ok(Json(access.roles().iter().map(row).collect()))
}
