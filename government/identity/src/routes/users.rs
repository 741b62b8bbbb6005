//! Accounts, for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use base_kernel::{EmployerNo, OrgCode, PersonNo, UserId};
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use chrono::{DateTime, Utc};
use government_access::{Held, ROLE_GRANT, USER_MANAGE, USER_READ, Wanted};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::session::{Coded, EmployerRef, SessionView};
use crate::Identity;
use crate::model::{AccountKind, NewAccount, OneTimePassword};
use crate::store::account::Listed;
use crate::users::Act;

/// What a list of accounts is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UserFilter {
    /// Beginning of the login, or part of the name.
    #[param(max_length = 60)]
    query: Option<String>,
    /// Kind of account.
    kind: Option<AccountKind>,
}

/// A role somebody holds.
#[derive(Debug, Serialize, ToSchema)]
struct RoleAt {
    /// Role.
    role: String,
    /// Its name.
    role_name: String,
    /// Organisation it was granted at.
    org: String,
    /// Name of that organisation.
    org_name: String,
}

/// An account as administrators see it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserRow {
    /// Id.
    id: Uuid,
    /// Login.
    login: String,
    /// Name.
    name: String,
    /// Kind.
    kind: AccountKind,
    /// Home organisation of staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<Coded>,
    /// Employer an operator acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    employer: Option<EmployerRef>,
    /// Whether it may sign in.
    status: Status,
    /// Whether the password must be changed at the next sign-in.
    must_change_password: bool,
    /// Roles.
    roles: Vec<RoleAt>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Last sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sign_in_at: Option<DateTime<Utc>>,
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// 启用.
    Active,
    /// 停用.
    Disabled,
}

fn row(identity: &Identity, listed: Listed) -> UserRow {
    let account = listed.account;
    let role = |held: Held| RoleAt {
        role_name: identity
            .access()
            .roles()
            .get(&held.role)
            .map_or_else(String::new, |role| role.name.clone()),
        role: held.role,
        org: held.organisation,
        org_name: held.organisation_name,
    };
    let employer = account.employer.zip(account.employer_name);
    let organisation = account.organisation.zip(account.organisation_name);
    UserRow {
        id: account.id.0,
        login: account.login,
        name: account.name,
        kind: account.kind,
        organisation: organisation.map(|(code, name)| Coded { code: code.0, name }),
        employer: employer.map(|(employer_no, name)| EmployerRef { employer_no: employer_no.0, name }),
        status: if account.active { Status::Active } else { Status::Disabled },
        must_change_password: account.must_change_password,
        roles: listed.held.into_iter().map(role).collect(),
        created_at: account.created_at,
        last_sign_in_at: account.last_sign_in_at,
    }
}

/// Accounts within the caller's subtree.
#[utoipa::path(get, path = "/users", tag = "用户管理", params(UserFilter, PageQuery), responses(
    (status = 200, description = "用户", body = Page<UserRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
))]
pub(crate) async fn list(
    caller: Caller,
    State(identity): State<Identity>,
    Query(filter): Query<UserFilter>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<UserRow>>, Problem> {
    caller.require(USER_READ)?;
    let mut tx = identity.db().begin(caller.ctx()).await?;
    let window = (page.limit(), page.offset());
    let (rows, total) = identity.users(&mut tx, filter.query.as_deref(), filter.kind, window).await?;
    let rows = rows.into_iter().map(|listed| row(&identity, listed)).collect();
    Ok(Json(Page::new(page, rows, total)))
}

/// One account with its lock.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserView {
    /// The account.
    #[serde(flatten)]
    row: UserRow,
    /// Until when the login is locked after failures.
    #[serde(skip_serializing_if = "Option::is_none")]
    locked_until: Option<DateTime<Utc>>,
}

/// One account within the caller's subtree.
#[utoipa::path(get, path = "/users/{id}", tag = "用户管理", params(("id" = Uuid, Path, description = "用户")),
    responses(
        (status = 200, description = "用户", body = UserView),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
))]
pub(crate) async fn get(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<Json<UserView>, Problem> {
    caller.require(USER_READ)?;
    let mut tx = identity.db().begin(caller.ctx()).await?;
    let found = identity.user(&mut tx, UserId(id)).await?;
    let locked_until = identity.locked_until(&mut tx, &found.account.login).await?;
    Ok(Json(UserView { row: row(&identity, found), locked_until }))
}

/// An account to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    /// Kind.
    kind: AccountKind,
    /// Login: 3 to 64 letters, digits, `.`, `_`, `@`, `-`.
    #[schema(min_length = 3, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._@-]*$")]
    login: String,
    /// Display name.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// Home organisation; required for staff.
    #[schema(pattern = "^[0-9]{6}(-[0-9]{2,3})?$")]
    organisation: Option<String>,
    /// Personal number; required for citizens.
    #[schema(pattern = "^[0-9]{10}$")]
    person_no: Option<String>,
    /// Employer number; required for employer operators.
    #[schema(pattern = "^[0-9]{10}$")]
    employer_no: Option<String>,
    /// Name of the employer; required for employer operators.
    #[schema(min_length = 1, max_length = 120)]
    employer_name: Option<String>,
}

/// A one-time password; shown once, to be changed at the first sign-in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Issued {
    /// The account.
    id: Uuid,
    /// Login.
    login: String,
    /// One-time password.
    password: String,
}

impl From<OneTimePassword> for Issued {
    fn from(one: OneTimePassword) -> Self {
        Self { id: one.user.0, login: one.login, password: one.password.as_str().to_owned() }
    }
}

/// Makes an account and tells its one-time password.
#[utoipa::path(post, path = "/users", tag = "用户管理", request_body = NewUser, responses(
    (status = 201, description = "已建立，密码只显示一次", body = Issued),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 422, description = "内容有误", body = ProblemBody),
))]
pub(crate) async fn create(
    caller: Caller,
    State(identity): State<Identity>,
    Json(body): Json<NewUser>,
) -> Result<(StatusCode, Json<Issued>), Problem> {
    caller.require(USER_MANAGE)?;
    let new = NewAccount {
        kind: body.kind,
        login: body.login,
        name: body.name,
        person: body.person_no.map(PersonNo),
        employer: body.employer_no.map(EmployerNo),
        employer_name: body.employer_name,
        organisation: body.organisation.map(OrgCode),
    };
    let issued = identity.create(&caller, new).await?;
    Ok((StatusCode::CREATED, Json(issued.into())))
}

/// The status an account shall have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetStatus {
    /// Status.
    status: Status,
}

/// Enables or disables an account. A disabled one is signed out everywhere at once.
#[utoipa::path(put, path = "/users/{id}/status", tag = "用户管理", params(("id" = Uuid, Path, description = "用户")),
    request_body = SetStatus, responses(
        (status = 204, description = "已更改，下一请求起生效"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
        (status = 422, description = "内容有误", body = ProblemBody),
))]
pub(crate) async fn set_status(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
    Json(body): Json<SetStatus>,
) -> Result<StatusCode, Problem> {
    let act = if body.status == Status::Active { Act::Enable } else { Act::Disable };
    act_on(&caller, &identity, id, act).await
}

/// Unlocks a login after failures.
#[utoipa::path(post, path = "/users/{id}/unlock", tag = "用户管理", params(("id" = Uuid, Path, description = "用户")),
    responses(
        (status = 204, description = "已解锁"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
))]
pub(crate) async fn unlock(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    act_on(&caller, &identity, id, Act::Unlock).await
}

/// Ends all sessions of an account.
#[utoipa::path(delete, path = "/users/{id}/sessions", tag = "用户管理",
    params(("id" = Uuid, Path, description = "用户")), responses(
        (status = 204, description = "已全部退出"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
))]
pub(crate) async fn end_sessions(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    act_on(&caller, &identity, id, Act::EndSessions).await
}

async fn act_on(caller: &Caller, identity: &Identity, id: Uuid, act: Act) -> Result<StatusCode, Problem> {
    caller.require(USER_MANAGE)?;
    let mut tx = identity.db().begin(caller.ctx()).await?;
    identity.act(&mut tx, UserId(id), act).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Living sessions of an account.
#[utoipa::path(get, path = "/users/{id}/sessions", tag = "用户管理",
    params(("id" = Uuid, Path, description = "用户")), responses(
        (status = 200, description = "登录会话", body = Vec<SessionView>),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
))]
pub(crate) async fn sessions(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<SessionView>>, Problem> {
    caller.require(USER_READ)?;
    let mut tx = identity.db().begin(caller.ctx()).await?;
    identity.user(&mut tx, UserId(id)).await?;
    let rows = crate::store::session::list(&mut tx, UserId(id), identity.config().idle()).await?;
    Ok(Json(rows.into_iter().map(|row| SessionView::of(row, None)).collect()))
}

/// Replaces a forgotten password by a one-time password and ends all sessions.
#[utoipa::path(post, path = "/users/{id}/password", tag = "用户管理",
    params(("id" = Uuid, Path, description = "用户")), responses(
        (status = 200, description = "已重置，密码只显示一次", body = Issued),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
))]
pub(crate) async fn reset_password(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<Json<Issued>, Problem> {
    caller.require(USER_MANAGE)?;
    Ok(Json(identity.reset_password(&caller, UserId(id)).await?.into()))
}

/// The roles somebody shall have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetRoles {
    /// All of them; what is missing here is taken away.
    #[schema(max_items = 50)]
    roles: Vec<Wanted>,
}

/// Grants and revokes, so that the account holds exactly these roles.
#[utoipa::path(put, path = "/users/{id}/roles", tag = "用户管理", params(("id" = Uuid, Path, description = "用户")),
    request_body = SetRoles, responses(
        (status = 204, description = "已更改，下一请求起生效"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 403, description = "没有权限，或超出管理范围", body = ProblemBody),
        (status = 404, description = "没有该用户", body = ProblemBody),
        (status = 422, description = "内容有误", body = ProblemBody),
))]
pub(crate) async fn set_roles(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
    Json(body): Json<SetRoles>,
) -> Result<StatusCode, Problem> {
    caller.require(ROLE_GRANT)?;
    if body.roles.len() > 50 {
        let message = "一次最多 50 个角色，请减少";
        return Err(Problem(base_kernel::Fault::invalid_field("identity.roles", "roles", message)));
    }
    let mut tx = identity.db().begin(caller.ctx()).await?;
    identity.set_roles(&mut tx, UserId(id), &body.roles).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
