//! Who calls. `government-identity` puts the [`Caller`] of a request into its extensions; handlers take it from
//! there. A handler without a `Caller` argument is public.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base_kernel::{Actor, ActorKind, Channel, Ctx, Fault, FaultKind, RequestId};

use crate::Problem;

/// A signed-in caller with the rights in force at this request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// Through which channel.
    pub channel: Channel,
    /// This request.
    pub request: RequestId,
}

impl Caller {
    /// The context for a business step.
    #[must_use]
    pub fn ctx(&self) -> Ctx {
        Ctx { actor: self.actor.clone(), channel: self.channel, case: None, request: self.request }
    }

    /// Refuses unless the caller holds `permission`.
    ///
    /// # Errors
    /// [`FaultKind::Forbidden`].
    pub fn require(&self, permission: &str) -> Result<(), Fault> {
        if self.actor.may(permission) { Ok(()) } else { Err(forbidden()) }
    }

    /// Refuses unless the caller is of `kind`.
    ///
    /// # Errors
    /// [`FaultKind::Forbidden`].
    pub fn require_kind(&self, kind: ActorKind) -> Result<(), Fault> {
        if self.actor.kind == kind { Ok(()) } else { Err(forbidden()) }
    }
}

fn forbidden() -> Fault {
    Fault::forbidden("access.forbidden", "您没有进行此操作的权限。如确需办理，请联系本单位管理员")
}

pub(crate) fn not_signed_in() -> Fault {
    let message = "您尚未登录，或登录已失效，请重新登录";
    Fault::new(FaultKind::Unauthenticated, "identity.not_signed_in", message)
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem(not_signed_in()))
    }
}

/// The caller if there is one, for pages that differ by who looks.
#[derive(Debug, Clone)]
pub struct MaybeCaller(pub Option<Caller>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Caller>().cloned()))
    }
}
