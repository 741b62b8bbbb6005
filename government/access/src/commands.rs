//! What changes organisations, staff and grants, and who is entitled to a task.

use std::collections::{BTreeMap, BTreeSet};

use base_db::Tx;
use base_kernel::{OrgCode, UserId};

use crate::rights::reaches;
use crate::{Entitled, Error, Grant, Member, Organisation, ROLE_GRANT, Roles, Staff, Wanted, store};

/// Brings the stored tree in line with the catalogue; at every start.
///
/// # Errors
/// [`Error::Db`].
pub async fn load_organisations(tx: &mut Tx, tree: &[Organisation]) -> Result<(), Error> {
    store::organisations_put(tx, tree).await
}

/// All open organisations, by path.
///
/// # Errors
/// [`Error::Db`].
pub async fn organisations(tx: &mut Tx) -> Result<Vec<Organisation>, Error> {
    store::organisation_list(tx).await
}

/// One open organisation.
///
/// # Errors
/// [`Error::NoOrganisation`].
pub async fn find_organisation(tx: &mut Tx, code: &OrgCode) -> Result<Organisation, Error> {
    let found = store::organisation_get(tx, code.as_str()).await?;
    found.ok_or_else(|| Error::NoOrganisation(code.to_string()))
}

/// Enters or changes a member of staff; `government-identity` calls it with the account, in the same step.
///
/// # Errors
/// [`Error::NoOrganisation`].
pub async fn enrol(tx: &mut Tx, staff: &Staff) -> Result<(), Error> {
    find_organisation(tx, &staff.organisation).await?;
    store::staff_put(tx, staff).await
}

/// Everybody active who holds `role` at `path` or above it, by user; the caller lets `dispatch` choose.
///
/// # Errors
/// [`Error::Db`].
pub async fn entitled(tx: &mut Tx, role: &str, path: &str) -> Result<Vec<Entitled>, Error> {
    let codes: Vec<&str> = path.split('/').collect();
    store::entitled_list(tx, role, &codes).await
}

/// Staff whose home is `path` or below it, active or not, and how many there are in all. The caller checks the right to ask.
///
/// # Errors
/// [`Error::Db`].
pub async fn staff_within(
    tx: &mut Tx,
    path: &str,
    name: Option<&str>,
    page: (i64, i64),
) -> Result<(Vec<Member>, i64), Error> {
    store::staff_within(tx, path, name, page).await
}

/// Makes `wanted` the grants of `user`: what is missing is granted, what is not wanted is revoked, each under the rules of
/// delegation. Returns whether anything changed.
///
/// # Errors
/// Every refusal of [`Error`]; nothing is changed then.
pub async fn change_grants(
    tx: &mut Tx,
    roles: &Roles,
    user: UserId,
    wanted: &[Wanted],
) -> Result<bool, Error> {
    let actor = tx.actor();
    if !actor.may(ROLE_GRANT) {
        return Err(Error::NotAllowed);
    }
    if actor.user == user {
        return Err(Error::Oneself);
    }
    let home = store::staff_lock(tx, user).await?.ok_or(Error::NoStaff)?;
    if !tx.actor().covers(&home) {
        return Err(Error::NoStaff);
    }
    let held = store::grant_list(tx, user).await?;
    let wanted = dated(wanted, &held, tx);
    exclusions(roles, &wanted)?;

    let revoked: Vec<&Grant> = held.iter().filter(|grant| !wanted.contains(grant)).collect();
    let granted: Vec<&Grant> = wanted.iter().filter(|grant| !held.contains(grant)).collect();
    let mut places = Places::default();
    for grant in &revoked {
        places.yours(tx, roles, grant).await?;
    }
    for grant in &granted {
        let place = places.yours(tx, roles, grant).await?;
        let role = roles.get(&grant.role).ok_or_else(|| Error::NoRole(grant.role.clone()))?;
        let place = place.ok_or_else(|| Error::NoOrganisation(grant.organisation.to_string()))?;
        if !role.levels.contains(&place.level) {
            let (role, organisation) = (grant.role.clone(), grant.organisation.to_string());
            return Err(Error::WrongLevel { role, organisation });
        }
    }
    for grant in &revoked {
        store::grant_revoke(tx, user, grant).await?;
    }
    for grant in &granted {
        // A grant that ran out, or one with another last day, gives way to the new one.
        store::grant_revoke(tx, user, grant).await?;
        store::grant_put(tx, user, grant).await?;
    }
    Ok(!revoked.is_empty() || !granted.is_empty())
}

/// Without repetitions, and without those whose last day is past. No last day means the one the grant has now, so that a
/// screen that knows no dates can't make a temporary grant permanent by sending it back.
fn dated(wanted: &[Wanted], held: &[Grant], tx: &Tx) -> Vec<Grant> {
    let today = tx.today();
    let mut grants: BTreeMap<(&str, &str), Grant> = BTreeMap::new();
    for one in wanted.iter().filter(|one| one.until.is_none_or(|until| until >= today)) {
        let same = |grant: &&Grant| grant.role == one.role && grant.organisation.0 == one.org;
        let until = one.until.or_else(|| held.iter().find(same).and_then(|grant| grant.until));
        let organisation = OrgCode(one.org.clone());
        grants.insert((&one.role, &one.org), Grant { role: one.role.clone(), organisation, until });
    }
    grants.into_values().collect()
}

fn exclusions(roles: &Roles, wanted: &[Grant]) -> Result<(), Error> {
    let codes: BTreeSet<&str> = wanted.iter().map(|grant| grant.role.as_str()).collect();
    for code in &codes {
        if let Some(other) = roles.excluded_by(code).into_iter().find(|other| codes.contains(other)) {
            return Err(Error::Exclusive((*code).to_owned(), other.to_owned()));
        }
    }
    Ok(())
}

/// Organisations looked up once in a change.
#[derive(Default)]
struct Places(BTreeMap<String, Option<Organisation>>);

impl Places {
    /// The place of `grant` when the actor may give or take it there. A closed place has no level and no path: only the
    /// root's administrators clear it away.
    async fn yours(
        &mut self,
        tx: &mut Tx,
        roles: &Roles,
        grant: &Grant,
    ) -> Result<Option<Organisation>, Error> {
        let code = grant.organisation.as_str();
        if !self.0.contains_key(code) {
            let place = store::organisation_get(tx, code).await?;
            self.0.insert(code.to_owned(), place);
        }
        let place = self.0.get(code).cloned().flatten();
        let actor = tx.actor();
        let in_subtree = match &place {
            Some(place) => actor.covers(&place.path),
            None => actor.scope.as_deref().is_some_and(|scope| reaches(scope, "310000")),
        };
        if !in_subtree {
            return Err(Error::OutsideSubtree(code.to_owned()));
        }
        let mine = |held: &String| {
            *held == grant.role || roles.get(held).is_some_and(|role| role.administers.contains(&grant.role))
        };
        let system = actor.kind == base_kernel::ActorKind::System;
        if !system && !actor.roles.iter().any(mine) {
            return Err(Error::NotYours(grant.role.clone()));
        }
        Ok(place)
    }
}
