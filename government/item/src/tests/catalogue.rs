//! Tests of government-item: catalogue.

use super::{altered, file_of};
use crate::{Catalogue, CatalogueError, Codes};

#[test]
fn the_shipped_items_are_read() {
    let catalogue = Catalogue::shipped().unwrap();
    let codes: Vec<&str> = catalogue.all().map(|entry| entry.item.code.as_str()).collect();
    for code in ["SI-CB-010", "SI-CB-011", "SI-CB-023", "SI-CB-028", "SI-YL-001"] {
        assert!(codes.contains(&code), "{code}");
    }
    let entry = catalogue.current("SI-YL-001").unwrap();
    assert_eq!(entry.digest.len(), 64);
    assert_eq!(catalogue.find(&entry.item.code, 1).unwrap().digest, entry.digest);
    assert!(catalogue.find(&entry.item.code, 2).is_none());
    assert!(catalogue.current("SI-XX-999").is_none());
}

#[test]
fn options_of_code_sets_are_filled_in() {
    let item = super::item("SI-CB-010");
    let field = item.field("ins_types").unwrap();
    let options: Vec<_> = field.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(options, ["企业职工基本养老保险", "失业保险", "职工基本医疗保险", "工伤保险"]);
    assert_eq!(item.field("nation").unwrap().options.len(), 57);
}

fn detail(changes: &[(&str, &str)]) -> String {
    match altered("SI-CB-010", changes) {
        Err(CatalogueError::Unreadable { file, detail }) => format!("{file}: {detail}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_typing_error_is_an_error_with_file_and_place() {
    let text = detail(&[("summary:", "sumary:")]);
    assert!(text.contains("SI-CB-010.yaml") && text.contains("sumary") && text.contains("line"), "{text}");
    let text = detail(&[("label: 手机号码", "lable: 手机号码")]);
    assert!(text.contains("form[1].fields") && text.contains("lable"), "{text}");
    assert!(detail(&[("code_set: add_reason", "code_set: nowhere")]).contains("nowhere"));
    assert!(detail(&[("only: [\"01\"]", "only: [\"77\"]")]).contains("77"));
    assert!(detail(&[("type: month", "type: moon")]).contains("moon"));
}

#[test]
fn hostile_files_do_not_panic() {
    for text in ["", "[]", "code: 1", "{", "\u{0}", "code: [[[[", "- a\n- b"] {
        let read = Catalogue::read(vec![("x.yaml".into(), text.into())], Codes::default());
        assert!(matches!(read, Err(CatalogueError::Unreadable { .. })), "{text:?}");
    }
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ncode: *d";
    assert!(Catalogue::read(vec![("x.yaml".into(), bomb.into())], Codes::default()).is_err());
}

#[test]
fn the_same_version_in_two_files_is_refused() {
    let (_, text) = file_of("SI-CB-028");
    let files = vec![("a.yaml".into(), text.clone()), ("b.yaml".into(), text.clone())];
    let refused = Catalogue::read(files, Codes::shipped().unwrap());
    assert!(matches!(refused, Err(CatalogueError::Twice { .. })));
    let newer = text.replace("version: 1\n", "version: 2\n");
    let files = vec![("a.yaml".into(), text), ("b.yaml".into(), newer)];
    let both = Catalogue::read(files, Codes::shipped().unwrap()).unwrap();
    assert_eq!(both.current("SI-CB-028").unwrap().item.version, 2);
    assert_eq!((both.all().count(), both.versions().count()), (1, 2));
}

#[test]
fn a_folder_can_take_the_place_of_the_shipped_files() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let codes = Codes::from_folder(&folder.join("codes")).unwrap();
    let catalogue = Catalogue::from_folder(&folder.join("items"), codes).unwrap();
    let shipped = Catalogue::shipped().unwrap();
    for entry in shipped.all() {
        assert_eq!(catalogue.current(entry.item.code.as_str()).unwrap().digest, entry.digest);
    }
    let nowhere = Catalogue::from_folder(&folder.join("nowhere"), Codes::default());
    assert!(matches!(nowhere, Err(CatalogueError::Unreadable { .. })));
}

#[test]
fn limits_in_words() {
    let item = super::item("SI-YL-001");
    assert_eq!((item.promised_text().as_str(), item.statutory_text().as_str()), ("10个工作日", "20个工作日"));
    let item = super::item("SI-CB-028");
    assert_eq!((item.promised_text().as_str(), item.statutory_text().as_str()), ("即时办结", "无法定时限"));
}

#[test]
fn process_variables_come_from_item_and_form() {
    let item = super::item("SI-YL-001");
    let mut form = super::retirement();
    assert_eq!(item.process_variables(&form)["pre_acceptance"], false);
    form.insert("pre_acceptance".into(), true.into());
    assert_eq!(item.process_variables(&form)["pre_acceptance"], true);
}
