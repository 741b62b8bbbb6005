//! HTTP face of identity.

mod session;
mod users;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Identity;

pub(crate) fn routes(identity: Identity) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::me, session::sign_out))
        .routes(routes!(session::change_password))
        .routes(routes!(session::take_post))
        .routes(routes!(session::own_sessions))
        .routes(routes!(session::end_own_session))
        .routes(routes!(users::list, users::create))
        .routes(routes!(users::get))
        .routes(routes!(users::set_status))
        .routes(routes!(users::unlock))
        .routes(routes!(users::reset_password))
        .routes(routes!(users::set_roles))
        .routes(routes!(users::sessions, users::end_sessions))
        .with_state(identity)
}
