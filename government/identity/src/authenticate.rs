//! The middleware that finds out who calls.

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base_web::{Caller, Problem, PublicRoute, RequestInfo, presented_token, require_session};

use crate::session::Token;
use crate::{Error, Identity};

impl Identity {
    /// Puts authentication around `router`: every route needs a session unless `public` lists it (route templates with
    /// their full prefix). The result goes into [`base_web::stack`].
    pub fn protect(&self, router: Router, public: &'static [PublicRoute]) -> Router {
        require_session(router, public).layer(from_fn_with_state(self.clone(), authenticate))
    }
}

/// Puts [`Caller`] and [`crate::CurrentSession`] into the request when it carries a living session. A dead one is like
/// none: public pages still answer.
async fn authenticate(State(identity): State<Identity>, mut request: Request, next: Next) -> Response {
    let Some(token) = presented_token(request.headers()).and_then(Token::presented) else {
        return next.run(request).await;
    };
    let (actor, channel, session) = match identity.load(&token).await {
        Ok(Some(found)) => found,
        Ok(None) => return next.run(request).await,
        Err(error) => return Problem::from(error).into_response(),
    };
    if session.must_change_password && !serves_password_change(&request) {
        return Problem::from(Error::MustChange).into_response();
    }
    let info = RequestInfo::of(request.extensions());
    let caller = Caller { actor, channel, request: info.id };
    request.extensions_mut().insert(session);
    info.admit(request.extensions_mut(), caller);
    next.run(request).await
}

/// Seeing oneself, changing the password, signing out; and everything that is not the API, or the page that asks for the
/// new password could not be shown.
fn serves_password_change(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    !route.starts_with("/api/") || route.ends_with("/session") || route.ends_with("/session/password")
}
