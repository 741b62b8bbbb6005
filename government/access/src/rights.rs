//! From grants to the rights of one request; pure.

use std::collections::BTreeSet;

use crate::Roles;

/// A grant in force, as loaded for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Role code.
    pub role: String,
    /// Organisation it was granted at.
    pub organisation: String,
    /// Name of that organisation.
    pub organisation_name: String,
    /// Path of that organisation.
    pub path: String,
}

/// A place to work at with the roles that count there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Organisation.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// Its path: the data scope.
    pub path: String,
    /// Roles granted here or above.
    pub roles: Vec<String>,
}

/// The rights at one post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Roles that count.
    pub roles: Vec<String>,
    /// Permissions they give.
    pub permissions: Vec<String>,
    /// Path of the post; none without any grant, and then nothing is in scope.
    pub scope: Option<String>,
    /// The post itself.
    pub post: Option<Post>,
}

impl Rights {
    /// The rights at the `wanted` post, or at the first of [`Post::all`] when that is not (or no longer) one of them.
    #[must_use]
    pub fn at(roles: &Roles, held: &[Held], wanted: Option<&str>) -> Self {
        let mut posts = Post::all(held);
        let chosen =
            wanted.and_then(|code| posts.iter().position(|post| post.organisation == code)).unwrap_or(0);
        if posts.is_empty() {
            return Self::default();
        }
        let post = posts.swap_remove(chosen);
        let known = post.roles.iter().filter_map(|code| roles.get(code));
        let permissions: BTreeSet<String> = known.flat_map(|role| role.permissions.iter().cloned()).collect();
        Self {
            roles: post.roles.clone(),
            permissions: permissions.into_iter().collect(),
            scope: Some(post.path.clone()),
            post: Some(post),
        }
    }
}

impl Post {
    /// Every post the grants offer: the one with most roles first, of equals the widest.
    #[must_use]
    pub fn all(held: &[Held]) -> Vec<Self> {
        let mut posts: Vec<Self> = Vec::new();
        for place in held {
            if posts.iter().any(|post| post.path == place.path) {
                continue;
            }
            let count_here: BTreeSet<&String> = held
                .iter()
                .filter(|grant| reaches(&grant.path, &place.path))
                .map(|grant| &grant.role)
                .collect();
            posts.push(Self {
                organisation: place.organisation.clone(),
                name: place.organisation_name.clone(),
                path: place.path.clone(),
                roles: count_here.into_iter().cloned().collect(),
            });
        }
        posts.sort_by(|one, other| {
            let by_roles = other.roles.len().cmp(&one.roles.len());
            by_roles
                .then_with(|| depth(&one.path).cmp(&depth(&other.path)))
                .then_with(|| one.path.cmp(&other.path))
        });
        posts
    }
}

/// Whether what is granted at `from` counts at `to`: the same organisation or one below.
pub(crate) fn reaches(from: &str, to: &str) -> bool {
    to.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn depth(path: &str) -> usize {
    path.split('/').count()
}
