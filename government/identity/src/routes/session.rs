//! The caller's own session.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, RequestExt};
use axum_extra::extract::cookie::{Cookie, SameSite};
use base_kernel::SessionId;
use base_web::{Caller, Json, Path, Problem, ProblemBody, RequestInfo, SESSION_COOKIE};
use chrono::{DateTime, Utc};
use government_access::Post;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::model::{AccountKind, ChannelName};
use crate::session::{CurrentSession, Token};
use crate::sign_in::Attempt;
use crate::store::session as store;
use crate::{Error, Identity};

/// Login and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// Login.
    #[schema(max_length = 64)]
    login: String,
    /// Password.
    #[schema(max_length = 128)]
    password: String,
    /// Channel; by default the counter for staff and the web for others.
    channel: Option<ChannelName>,
}

/// A code with its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Coded {
    /// Code.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
}

/// An employer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmployerRef {
    /// Employer number.
    pub(crate) employer_no: String,
    /// Name.
    pub(crate) name: String,
}

/// A place the caller may work at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PostRow {
    /// Organisation.
    code: String,
    /// Its name.
    name: String,
    /// Roles that count there.
    roles: Vec<String>,
    /// Whether it is the one in use.
    current: bool,
}

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// Account.
    user_id: Uuid,
    /// Login.
    login: String,
    /// Name.
    name: String,
    /// Kind of account.
    kind: AccountKind,
    /// Home organisation of staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<Coded>,
    /// The natural person.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_no: Option<String>,
    /// The employer an operator acts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    employer: Option<EmployerRef>,
    /// Roles that count at the post in use.
    roles: Vec<Coded>,
    /// Permissions they give.
    permissions: Vec<String>,
    /// Places the caller may work at.
    posts: Vec<PostRow>,
    /// Whether the password must be changed before anything else.
    must_change_password: bool,
    /// When the session ends if nothing more is asked.
    expires_at: DateTime<Utc>,
    /// Session token for programs; only in the answer to signing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

fn describe(identity: &Identity, caller: &Caller, session: CurrentSession, token: Option<&Token>) -> Me {
    let actor = &caller.actor;
    let named = |code: &String| {
        let name = identity.access().roles().get(code).map_or_else(String::new, |role| role.name.clone());
        Coded { code: code.clone(), name }
    };
    let current = session.post.as_ref().map(|post| post.organisation.clone());
    let post = |post: Post| PostRow {
        current: current.as_ref() == Some(&post.organisation),
        code: post.organisation,
        name: post.name,
        roles: post.roles,
    };
    let employer = actor.employer.as_ref().zip(session.employer_name);
    Me {
        user_id: actor.user.0,
        login: session.login,
        name: actor.name.clone(),
        kind: session.kind,
        organisation: session.organisation.map(|(code, name)| Coded { code, name }),
        person_no: actor.person.as_ref().map(ToString::to_string),
        employer: employer
            .map(|(employer_no, name)| EmployerRef { employer_no: employer_no.to_string(), name }),
        roles: actor.roles.iter().map(named).collect(),
        permissions: actor.permissions.clone(),
        posts: session.posts.into_iter().map(post).collect(),
        must_change_password: session.must_change_password,
        expires_at: session.expires_at,
        token: token.map(|token| token.as_str().to_owned()),
    }
}

/// Signs in. The answer sets the session cookie and holds the token for programs.
#[utoipa::path(post, path = "/session", tag = "登录", request_body = SignIn, responses(
    (status = 200, description = "已登录", body = Me),
    (status = 401, description = "用户名或密码不正确", body = ProblemBody),
    (status = 403, description = "账号已停用", body = ProblemBody),
    (status = 422, description = "内容有误", body = ProblemBody),
    (status = 429, description = "已锁定或过于频繁", body = ProblemBody),
))]
pub(crate) async fn sign_in(
    State(identity): State<Identity>,
    mut request: axum::extract::Request,
) -> Result<Response, Problem> {
    let info = RequestInfo::of(request.extensions());
    let previous = request.extensions_mut().remove::<CurrentSession>();
    let caller = request.extensions_mut().remove::<Caller>();
    let Json(body) = request.extract::<Json<SignIn>, _>().await?;
    let attempt = Attempt {
        login: body.login,
        password: Zeroizing::new(body.password),
        channel: body.channel,
        client: info.client,
        request: info.id,
    };
    let token = identity.sign_in(attempt).await?;
    if let Some((caller, previous)) = caller.zip(previous) {
        // Who signs in anew from a living session leaves that one.
        let mut tx = identity.db().begin(caller.ctx()).await?;
        crate::session::end(&mut tx, &caller, previous.id, "signed_in_anew").await?;
        tx.commit().await?;
    }
    let Some((actor, channel, session)) = identity.load(&token).await? else {
        return Err(Error::NoSession.into());
    };
    let caller = Caller { actor, channel, request: info.id };
    let me = describe(&identity, &caller, session, Some(&token));
    let mut response = Json(me).into_response();
    set_cookie(&mut response, &identity, Some(&token))?;
    Ok(response)
}

/// Sets the session cookie, or takes it away.
fn set_cookie(response: &mut Response, identity: &Identity, token: Option<&Token>) -> Result<(), Problem> {
    let value = token.map_or_else(String::new, |token| token.as_str().to_owned());
    let mut cookie = Cookie::build((SESSION_COOKIE, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(identity.config().secure_cookie)
        .build();
    if token.is_none() {
        cookie.make_removal();
    }
    let value = HeaderValue::from_str(&cookie.to_string()).map_err(base_kernel::Fault::internal)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

/// Who the caller is and what they may do now.
#[utoipa::path(get, path = "/session", tag = "登录", responses(
    (status = 200, description = "当前用户", body = Me),
    (status = 401, description = "未登录", body = ProblemBody),
))]
pub(crate) async fn me(
    caller: Caller,
    Extension(session): Extension<CurrentSession>,
    State(identity): State<Identity>,
) -> Json<Me> {
    Json(describe(&identity, &caller, session, None))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "登录", responses(
    (status = 204, description = "已退出"),
    (status = 401, description = "未登录", body = ProblemBody),
))]
pub(crate) async fn sign_out(
    caller: Caller,
    Extension(session): Extension<CurrentSession>,
    State(identity): State<Identity>,
) -> Result<Response, Problem> {
    let mut tx = identity.db().begin(caller.ctx()).await?;
    crate::session::end(&mut tx, &caller, session.id, "signed_out").await?;
    tx.commit().await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    set_cookie(&mut response, &identity, None)?;
    Ok(response)
}

/// Old and new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangePassword {
    /// The password in force.
    #[schema(max_length = 128)]
    old: String,
    /// At least 10 characters of three classes.
    #[schema(min_length = 10, max_length = 128)]
    new: String,
}

/// Changes the caller's password and ends their other sessions.
#[utoipa::path(put, path = "/session/password", tag = "登录", request_body = ChangePassword, responses(
    (status = 204, description = "已修改，其他会话已退出"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 422, description = "原密码不正确或新密码不符合要求", body = ProblemBody),
    (status = 429, description = "已锁定", body = ProblemBody),
))]
pub(crate) async fn change_password(
    caller: Caller,
    Extension(session): Extension<CurrentSession>,
    State(identity): State<Identity>,
    Json(body): Json<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let (old, new) = (Zeroizing::new(body.old), Zeroizing::new(body.new));
    identity.change_password(&caller, session.id, old, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Another post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakePost {
    /// Organisation of the post.
    #[schema(example = "310104-01", pattern = "^[0-9]{6}(-[0-9]{2,3})?$")]
    organisation: String,
}

/// Works at another of the caller's posts from now on.
#[utoipa::path(put, path = "/session/post", tag = "登录", request_body = TakePost, responses(
    (status = 204, description = "已切换，下一请求起生效"),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 422, description = "没有该岗位", body = ProblemBody),
))]
pub(crate) async fn take_post(
    caller: Caller,
    Extension(session): Extension<CurrentSession>,
    State(identity): State<Identity>,
    Json(body): Json<TakePost>,
) -> Result<StatusCode, Problem> {
    let mut tx = identity.db().begin(caller.ctx()).await?;
    identity.take_post(&mut tx, &session, &body.organisation).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A living session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Id.
    id: Uuid,
    /// Channel.
    channel: String,
    /// Address it was opened from.
    client: Option<String>,
    /// When it was opened.
    opened_at: DateTime<Utc>,
    /// Last use, to the minute.
    last_seen_at: DateTime<Utc>,
    /// Whether it is the one asking.
    current: bool,
}

impl SessionView {
    pub(crate) fn of(row: store::Listed, current: Option<SessionId>) -> Self {
        Self {
            current: current == Some(SessionId(row.id)),
            id: row.id,
            channel: row.channel,
            client: row.client,
            opened_at: row.opened_at,
            last_seen_at: row.last_seen_at,
        }
    }
}

/// The caller's living sessions.
#[utoipa::path(get, path = "/sessions", tag = "登录", responses(
    (status = 200, description = "本人的登录会话", body = Vec<SessionView>),
    (status = 401, description = "未登录", body = ProblemBody),
))]
pub(crate) async fn own_sessions(
    caller: Caller,
    Extension(session): Extension<CurrentSession>,
    State(identity): State<Identity>,
) -> Result<Json<Vec<SessionView>>, Problem> {
    let mut tx = identity.db().begin(caller.ctx()).await?;
    let rows = store::list(&mut tx, caller.actor.user, identity.config().idle()).await?;
    Ok(Json(rows.into_iter().map(|row| SessionView::of(row, Some(session.id))).collect()))
}

/// Ends one of the caller's sessions.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "登录", params(("id" = Uuid, Path, description = "会话")),
    responses(
        (status = 204, description = "已退出"),
        (status = 401, description = "未登录", body = ProblemBody),
        (status = 404, description = "没有该会话", body = ProblemBody),
))]
pub(crate) async fn end_own_session(
    caller: Caller,
    State(identity): State<Identity>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let mut tx = identity.db().begin(caller.ctx()).await?;
    crate::session::end(&mut tx, &caller, SessionId(id), "ended_by_owner").await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
