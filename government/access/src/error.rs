//! What can go wrong with organisations and grants.

use base_db::DbError;
use base_kernel::Fault;

/// A refusal or failure of this slice.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A catalogue file is wrong; the text names file, place and mistake.
    #[error("catalogue: {0}")]
    Catalogue(String),
    /// No such member of staff, or outside the actor's subtree.
    #[error("no such member of staff")]
    NoStaff,
    /// No such organisation, or closed.
    #[error("no open organisation {0}")]
    NoOrganisation(String),
    /// No such role.
    #[error("no role {0}")]
    NoRole(String),
    /// The actor may not touch grants there.
    #[error("organisation {0} lies outside the actor's subtree")]
    OutsideSubtree(String),
    /// The actor neither holds nor administers the role.
    #[error("role {0} is not the actor's to give or take")]
    NotYours(String),
    /// The role is not for organisations of that level.
    #[error("role {role} is not granted at {organisation}")]
    WrongLevel {
        /// Role.
        role: String,
        /// Organisation.
        organisation: String,
    },
    /// Two roles exclude each other.
    #[error("roles {0} and {1} exclude each other")]
    Exclusive(String, String),
    /// Nobody changes their own grants.
    #[error("own grants")]
    Oneself,
    /// The actor holds no right to grant.
    #[error("not allowed")]
    NotAllowed,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Catalogue(_) => Self::internal(error),
            Error::NoStaff => Self::not_found("access.no_user", "未找到该用户"),
            Error::NoOrganisation(code) => {
                let message = format!("机构 {code} 不存在或已撤销，请重新选择");
                Self::invalid_field("access.no_organisation", "organisation", message)
            }
            Error::NoRole(code) => {
                Self::invalid_field("access.no_role", "roles", format!("角色 {code} 不存在，请重新选择"))
            }
            Error::OutsideSubtree(code) => {
                let message = format!("机构 {code} 不在您的管理范围内，请联系上级管理员");
                Self::forbidden("access.outside_subtree", message)
            }
            Error::NotYours(role) => {
                let message = format!("您不能授予或收回角色 {role}，请联系上级管理员");
                Self::forbidden("access.role_not_yours", message)
            }
            Error::WrongLevel { role, organisation } => {
                let message = format!("角色 {role} 不能授在机构 {organisation} 这一级，请更换机构或角色");
                Self::invalid_field("access.wrong_level", "roles", message)
            }
            Error::Exclusive(one, other) => {
                let message = format!("角色 {one} 与 {other} 不得由同一人担任，请先收回其中一个");
                Self::invalid_field("access.exclusive_roles", "roles", message)
            }
            Error::Oneself => Self::forbidden("access.oneself", "不能更改本人的角色，请由其他管理员办理"),
            Error::NotAllowed => {
                Self::forbidden("access.forbidden", "您没有进行此操作的权限。如确需办理，请联系本单位管理员")
            }
            Error::Db(error) => error.into(),
        }
    }
}
