//! Tests of government-item: codes.

use crate::{CatalogueError, Codes};

#[test]
fn the_shipped_sets_are_read() {
    let codes = Codes::shipped().unwrap();
    assert!(codes.sets().count() >= 29);
    assert_eq!(codes.name_of("insurance", "110"), Some("企业职工基本养老保险"));
    assert_eq!(codes.name_of("nation", "01"), Some("汉族"));
    assert_eq!(codes.set("nation").unwrap().codes.len(), 57);
    assert_eq!(codes.name_of("channel", "5"), Some("自助终端"));
    assert_eq!(codes.name_of("insurance", "999"), None);
    for set in codes.sets() {
        assert!(!set.mark.is_empty() && !set.name.is_empty(), "{}", set.set);
    }
}

#[test]
fn doubled_codes_and_lost_parents_are_refused() {
    let refused = |codes: &str| {
        let text = format!("set: x\nname: 某\nmark: D\ncodes: {codes}");
        matches!(Codes::read(vec![("x.yaml".into(), text)]), Err(CatalogueError::Unreadable { .. }))
    };
    assert!(refused("[{ code: \"1\", name: 甲 }, { code: \"1\", name: 乙 }]"));
    assert!(refused("[{ code: \"1\", name: 甲, parent: \"9\" }]"));
    assert!(refused("[{ code: \"1\" }]"));
    assert!(!refused("[{ code: \"1\", name: 甲 }, { code: \"2\", name: 乙, parent: \"1\" }]"));
    let set = "set: x\nname: 某\nmark: D\ncodes: []".to_owned();
    let twice = Codes::read(vec![("a.yaml".into(), set.clone()), ("b.yaml".into(), set)]);
    assert!(matches!(twice, Err(CatalogueError::Twice { .. })));
}
