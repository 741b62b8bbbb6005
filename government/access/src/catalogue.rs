//! Reading `catalogue/roles.yaml` and `catalogue/organisations.yaml`, with every mistake named.

use std::collections::{BTreeMap, BTreeSet};

use base_kernel::OrgCode;
use base_slice::Permission;
use serde::Deserialize;

use crate::{Error, Level, Organisation};

/// A role as the catalogue describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `R01` to `R29`.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// Levels of organisation it is granted at; empty for roles that people are not given.
    pub levels: Vec<Level>,
    /// Permission codes.
    pub permissions: Vec<String>,
    /// Roles a holder may grant besides those they hold.
    #[serde(default)]
    pub administers: Vec<String>,
}

/// All roles.
#[derive(Debug, Clone)]
pub struct Roles {
    roles: BTreeMap<String, Role>,
    exclusive: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesFile {
    roles: Vec<Role>,
    exclusive: Vec<Vec<String>>,
}

impl Roles {
    /// Reads `roles.yaml`.
    ///
    /// # Errors
    /// [`Error::Catalogue`]: not readable, a role twice, an unknown role named.
    pub fn parse(yaml: &str) -> Result<Self, Error> {
        let file: RolesFile = serde_yaml_ng::from_str(yaml)
            .map_err(|error| Error::Catalogue(format!("roles.yaml: {error}")))?;
        let mut roles = BTreeMap::new();
        for role in file.roles {
            if let Some(twice) = roles.insert(role.code.clone(), role) {
                return Err(Error::Catalogue(format!("roles.yaml: {} stands twice", twice.code)));
            }
        }
        let administered = roles.values().flat_map(|role: &Role| &role.administers);
        let named = administered.chain(file.exclusive.iter().flatten());
        if let Some(unknown) = named.into_iter().find(|code| !roles.contains_key(*code)) {
            return Err(Error::Catalogue(format!("roles.yaml: {unknown} is named but not described")));
        }
        Ok(Self { roles, exclusive: file.exclusive })
    }

    /// One role.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Role> {
        self.roles.get(code)
    }

    /// All roles by code.
    pub fn iter(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }

    /// Roles that nobody may hold together with `code`.
    #[must_use]
    pub fn excluded_by(&self, code: &str) -> Vec<&str> {
        let groups = self.exclusive.iter().filter(|group| group.iter().any(|member| member == code));
        groups.flatten().map(String::as_str).filter(|member| *member != code).collect()
    }

    /// What the slices declare against what the roles give: unknown permissions, and permissions nobody can hold.
    #[must_use]
    pub fn compare(&self, declared: &[Permission]) -> Vec<String> {
        let declared: BTreeSet<&str> = declared.iter().map(|permission| permission.code).collect();
        let given: BTreeSet<&str> =
            self.roles.values().flat_map(|role| &role.permissions).map(String::as_str).collect();
        let unknown = given.difference(&declared).map(|code| {
            let role = self.roles.values().find(|role| role.permissions.iter().any(|held| held == code));
            let role = role.map_or("", |role| role.code.as_str());
            format!("roles.yaml: permission {code} of {role} is declared by no slice")
        });
        let idle =
            declared.difference(&given).map(|code| format!("roles.yaml: no role gives permission {code}"));
        unknown.chain(idle).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationsFile {
    city: City,
    district: DistrictShape,
    community: CommunityShape,
    districts: Vec<District>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct City {
    code: String,
    name: String,
    bodies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DistrictShape {
    name: String,
    bodies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommunityShape {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct District {
    code: String,
    name: String,
    streets: BTreeMap<String, String>,
}

/// Reads `organisations.yaml` and spells out the tree, parents before children.
///
/// # Errors
/// [`Error::Catalogue`]: not readable, or a code twice.
pub fn parse_organisations(yaml: &str) -> Result<Vec<Organisation>, Error> {
    let wrong = |mistake: String| Error::Catalogue(format!("organisations.yaml: {mistake}"));
    let file: OrganisationsFile = serde_yaml_ng::from_str(yaml).map_err(|error| wrong(error.to_string()))?;
    let root = node(file.city.code, file.city.name, Level::City, None);
    let mut tree = vec![root.clone()];
    for (suffix, name) in file.city.bodies {
        tree.push(node(format!("{}-{suffix}", root.code), name, Level::City, Some(&root)));
    }
    for district in file.districts {
        let named = |shape: &str| shape.replace("{district}", &district.name);
        let bureau = node(district.code.clone(), named(&file.district.name), Level::District, Some(&root));
        for (suffix, name) in &file.district.bodies {
            let code = format!("{}-{suffix}", district.code);
            tree.push(node(code, named(name), Level::District, Some(&bureau)));
        }
        for (suffix, street) in &district.streets {
            let name = named(&file.community.name).replace("{street}", street);
            let code = format!("{}-{suffix}", district.code);
            tree.push(node(code, name, Level::Community, Some(&bureau)));
        }
        tree.push(bureau);
    }
    tree.sort_by(|one, other| one.path.cmp(&other.path));
    match tree.windows(2).find(|pair| pair[0].code == pair[1].code) {
        Some(pair) => Err(wrong(format!("{} stands twice", pair[0].code))),
        None => Ok(tree),
    }
}

fn node(code: String, name: String, level: Level, parent: Option<&Organisation>) -> Organisation {
    let path = parent.map_or_else(|| code.clone(), |parent| format!("{}/{code}", parent.path));
    Organisation { code: OrgCode(code), name, level, parent: parent.map(|parent| parent.code.clone()), path }
}
