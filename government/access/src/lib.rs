#![doc = include_str!("../README.md")]

mod catalogue;
mod commands;
mod error;
mod model;
mod rights;
mod routes;
mod store;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use base_db::{Db, Migration};
use base_slice::{Permission, Registry, Slice};

pub use catalogue::{Role, Roles, parse_organisations};
pub use commands::{
    change_grants, enrol, entitled, find_organisation, load_organisations, organisations, staff_within,
};
pub use error::Error;
pub use model::{Entitled, Grant, Level, Member, Organisation, Staff, Wanted};
pub use rights::{Held, Post, Rights};
pub use store::sql_files;

/// Schema files.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 120, name: "access", sql: include_str!("../migrations/0120_access.sql") }];

/// Look at accounts.
pub const USER_READ: &str = "access.user.read";
/// Create, disable and unlock accounts.
pub const USER_MANAGE: &str = "access.user.manage";
/// Grant and revoke roles.
pub const ROLE_GRANT: &str = "access.role.grant";

const PERMISSIONS: &[Permission] = &[
    Permission { code: USER_READ, name: "查看用户" },
    Permission { code: USER_MANAGE, name: "管理用户账号" },
    Permission { code: ROLE_GRANT, name: "授予和收回角色" },
];

/// The roles in force, shared by everything that decides on rights. Cheap to clone.
#[derive(Clone)]
pub struct Access(Arc<Inner>);

struct Inner {
    roles: Roles,
    /// Declared permissions with their Chinese names, once all slices are known.
    permissions: OnceLock<Vec<Permission>>,
}

impl Access {
    /// Joins the roles of the catalogue.
    #[must_use]
    pub fn new(roles: Roles) -> Self {
        Self(Arc::new(Inner { roles, permissions: OnceLock::new() }))
    }

    /// The roles.
    #[must_use]
    pub fn roles(&self) -> &Roles {
        &self.0.roles
    }

    /// The rights of a citizen or employer operator: R01, no post, no data scope.
    #[must_use]
    pub fn applicant(&self) -> Rights {
        let permissions = self.0.roles.get("R01").map(|role| role.permissions.clone()).unwrap_or_default();
        Rights { roles: vec!["R01".to_owned()], permissions, scope: None, post: None }
    }

    /// Compares the roles with what the slices declare, both ways, and keeps the names for the screens. To be called
    /// once at start-up; the process must not run on an error.
    ///
    /// # Errors
    /// [`Error::Catalogue`] lists every permission that nobody declares or that no role gives.
    pub fn attach(&self, registry: &Registry) -> Result<(), Error> {
        let findings = self.0.roles.compare(registry.permissions());
        if !findings.is_empty() {
            return Err(Error::Catalogue(findings.join("; ")));
        }
        // Attaching twice is attaching once.
        let _ = self.0.permissions.set(registry.permissions().to_vec());
        Ok(())
    }

    fn permission_name(&self, code: &str) -> &str {
        let declared = self.0.permissions.get().map_or(PERMISSIONS, Vec::as_slice);
        declared.iter().find(|permission| permission.code == code).map_or("", |permission| permission.name)
    }
}

/// What this slice brings.
#[must_use]
pub fn slice(db: Db, access: Access) -> Slice {
    Slice {
        name: "government-access",
        routes: routes::routes(db, access),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        ..Slice::default()
    }
}
