//! From grants to the rights of a request.

use super::*;

fn held(role: &str, path: &str) -> Held {
    let organisation = path.rsplit('/').next().unwrap().to_owned();
    Held { role: role.to_owned(), organisation, organisation_name: String::new(), path: path.to_owned() }
}

#[test]
fn nothing_held_is_nothing_allowed() {
    let rights = Rights::at(&roles(), &[], None);
    assert_eq!(rights, Rights::default());
    assert_eq!(rights.scope, None);
}

#[test]
fn one_post() {
    let rights = Rights::at(&roles(), &[held("R02", "310000/310104/310104-01")], None);
    assert_eq!(rights.scope.as_deref(), Some("310000/310104/310104-01"));
    assert!(rights.permissions.contains(&"casework.task.act".to_owned()));
    assert!(!rights.permissions.contains(&"casework.case.read_any".to_owned()));
}

#[test]
fn a_role_counts_where_it_was_granted_and_below_never_elsewhere() {
    let grants = [
        held("R20", "310000/310104"),
        held("R03", "310000/310104/310104-01"),
        held("R02", "310000/310101/310101-101"),
        // A neighbour whose code begins alike is no subordinate.
        held("R05", "310000/310104/310104-01-9"),
    ];
    let at = |post: &str| {
        let rights = Rights::at(&roles(), &grants, Some(post));
        (rights.scope.unwrap(), rights.roles.join(" "))
    };
    assert_eq!(at("310104"), ("310000/310104".to_owned(), "R20".to_owned()));
    assert_eq!(at("310104-01"), ("310000/310104/310104-01".to_owned(), "R03 R20".to_owned()));
    assert_eq!(at("310101-101"), ("310000/310101/310101-101".to_owned(), "R02".to_owned()));
    assert_eq!(at("310104-01-9"), ("310000/310104/310104-01-9".to_owned(), "R05 R20".to_owned()));
}

#[test]
fn the_first_post_has_most_roles_and_of_equals_the_widest() {
    let grants = [held("R03", "310000/310104/310104-01"), held("R20", "310000/310104")];
    let rights = Rights::at(&roles(), &grants, None);
    assert_eq!(rights.post.unwrap().organisation, "310104-01");
    let grants = [held("R03", "310000/310104/310104-01"), held("R20", "310000/310101")];
    assert_eq!(Post::all(&grants)[0].organisation, "310101");
    // A post that was taken away falls back to the first.
    let rights = Rights::at(&roles(), &grants, Some("310115"));
    assert_eq!(rights.scope.as_deref(), Some("310000/310101"));
}

#[test]
fn permissions_add_up_without_repetition() {
    let path = "310000/310104/310104-01";
    let rights = Rights::at(&roles(), &[held("R03", path), held("R05", path), held("R99", path)], None);
    let mut unique = rights.permissions.clone();
    unique.dedup();
    assert_eq!(rights.permissions, unique);
    assert!(rights.permissions.contains(&"casework.handover".to_owned()));
}
