//! The catalogue files, and mistakes in them.

use std::collections::BTreeSet;

use base_slice::{Permission, Registry, Slice};

use super::*;

#[test]
fn the_tree_is_whole() {
    let tree = parse_organisations(ORGANISATIONS).unwrap();
    let of = |level| tree.iter().filter(|one| one.level == level).count();
    assert_eq!((of(Level::City), of(Level::District), of(Level::Community)), (10, 16 * 7, 215));
    let paths: BTreeSet<&str> = tree.iter().map(|one| one.path.as_str()).collect();
    for one in &tree {
        match &one.parent {
            None => assert_eq!(one.path, "310000"),
            Some(_) => assert!(paths.contains(one.path.rsplit_once('/').unwrap().0), "{}", one.path),
        }
    }
    let branch = tree.iter().find(|one| one.code.as_str() == "310104-01").unwrap();
    assert_eq!(branch.path, "310000/310104/310104-01");
    assert_eq!(branch.name, "上海市社会保险事业管理中心徐汇区分中心");
    let hall = tree.iter().find(|one| one.code.as_str() == "310104-101").unwrap();
    assert_eq!(hall.name, "徐汇区天平路街道社区事务受理服务中心");
    for district in tree.iter().filter(|one| one.path.matches('/').count() == 1) {
        if let Ok(region) = district.code.as_str().parse::<base_kernel::RegionCode>() {
            assert!(district.name.starts_with(region.name().unwrap_or_default()), "{}", district.name);
        }
    }
}

#[test]
fn all_roles_of_the_requirements_are_there() {
    let codes: Vec<String> = roles().iter().map(|role| role.code.clone()).collect();
    let expected: Vec<String> = (1..=29).map(|n| format!("R{n:02}")).collect();
    assert_eq!(codes, expected);
    assert_eq!(roles().excluded_by("R28"), ["R27", "R29"]);
    assert_eq!(roles().excluded_by("R07"), ["R08"]);
    assert!(roles().excluded_by("R02").is_empty());
}

#[test]
fn mistakes_are_named() {
    let of = |error: Error| error.to_string();
    let twice = "roles:\n- {code: R02, name: a, levels: [], permissions: []}\n- {code: R02, name: b, levels: [], permissions: []}\nexclusive: []";
    assert!(of(Roles::parse(twice).unwrap_err()).contains("R02 stands twice"));
    let unknown = "roles: []\nexclusive: [[R07, R08]]";
    assert!(of(Roles::parse(unknown).unwrap_err()).contains("R07 is named but not described"));
    let misspelt = "roles:\n- {code: R02, name: a, levels: [], permision: []}\nexclusive: []";
    assert!(of(Roles::parse(misspelt).unwrap_err()).contains("permision"));
    assert!(parse_organisations("city: {}").is_err());
}

#[test]
fn permissions_are_compared_both_ways() {
    static DECLARED: [Permission; 2] = [
        Permission { code: "item.read", name: "查看事项" },
        Permission { code: "item.idle", name: "无人可用" },
    ];
    let yaml =
        "roles:\n- {code: R02, name: a, levels: [], permissions: [item.read, item.typo]}\nexclusive: []";
    let access = Access::new(Roles::parse(yaml).unwrap());
    let slice = Slice { name: "test", permissions: &DECLARED, ..Slice::default() };
    let Err(Error::Catalogue(findings)) = access.attach(&Registry::fold(&[slice]).unwrap()) else {
        panic!("accepted")
    };
    assert!(findings.contains("item.typo of R02 is declared by no slice"), "{findings}");
    assert!(findings.contains("no role gives permission item.idle"), "{findings}");
    assert!(!findings.contains("item.read "), "{findings}");
}

/// What the slices of the platform declare; the application compares with the slices themselves.
const KNOWN: [&str; 18] = [
    "access.role.grant",
    "access.user.manage",
    "access.user.read",
    "archive.read",
    "benefit.read",
    "benefit.run",
    "casework.case.read",
    "casework.case.read_any",
    "casework.handover",
    "casework.task.act",
    "contribution.read",
    "contribution.run",
    "enrolment.read",
    "item.manage",
    "item.read",
    "policy.approve",
    "policy.manage",
    "policy.read",
];

#[test]
fn the_roles_give_the_known_permissions() {
    let roles = roles();
    let given: BTreeSet<&str> = roles.iter().flat_map(|role| &role.permissions).map(String::as_str).collect();
    let known: BTreeSet<&str> = KNOWN.into_iter().collect();
    assert_eq!(given, known);
}
