//! The renderer: same bytes, no injection, limits, errors.

use serde_json::json;

use super::{keep, meta, renderer, sample, text_of};
use crate::Error;

#[test]
fn same_input_gives_the_same_bytes() {
    let renderer = renderer();
    let data = sample("pension-award");
    let first = renderer.render("pension-award", &data, &meta("基本养老金核定表")).unwrap();
    for _ in 0..3 {
        let other = sample("rejection-notice");
        renderer.render("rejection-notice", &other, &meta("不予核定决定书")).unwrap();
        let again = renderer.render("pension-award", &data, &meta("基本养老金核定表")).unwrap();
        assert!(first == again, "bytes differ");
    }
}

#[test]
fn data_are_never_markup() {
    let renderer = renderer();
    let mut data = sample("rejection-notice");
    let hostile = r##"#import "x.typ": * ] $a$ *b* _c_ `d` <e> @f \ #read("/data.json") //g /*h*/ = i"##;
    data["applicant"] = json!(hostile);
    data["reasons"] = json!([hostile, "#panic(\"no\")", "#{1+1}"]);
    data["advice"] = json!("#eval(\"1\") ${}$");
    let pdf = renderer.render("rejection-notice", &data, &meta("#panic() 决定书")).unwrap().0;
    keep("injection", &pdf);
    let Some(text) = text_of(&pdf) else { return };
    let squeezed: String = text.split_whitespace().collect();
    for expected in [hostile, "#panic(\"no\")", "#{1+1}", "#eval(\"1\") ${}$", "#panic() 决定书"] {
        let expected: String = expected.split_whitespace().collect();
        assert!(squeezed.contains(&expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn control_and_direction_characters_are_removed() {
    let accepted = renderer().accept("rejection-notice", &{
        let mut data = sample("rejection-notice");
        data["applicant"] = json!("张\u{202E}三\u{0007}\u{200B}丰");
        data
    });
    assert_eq!(accepted.unwrap()["applicant"], "张三丰");
}

#[test]
fn what_the_template_does_not_declare_is_left_out() {
    let mut data = sample("pension-award");
    data["mobile"] = json!("13800000000");
    data["components"][0]["secret"] = json!(1);
    let accepted = renderer().accept("pension-award", &data).unwrap();
    assert!(accepted.get("mobile").is_none());
    assert!(accepted["components"][0].get("secret").is_none());
    assert_eq!(accepted["components"][0]["name"], "基础养老金");
}

#[test]
fn missing_and_wrong_data_are_named_in_chinese() {
    let renderer = renderer();
    let refuse = |change: fn(&mut serde_json::Value)| {
        let mut data = sample("pension-award");
        change(&mut data);
        renderer.accept("pension-award", &data).unwrap_err().to_string()
    };
    assert!(refuse(|d| d["name"] = json!(null)).contains("缺少“姓名”"));
    assert!(
        refuse(|d| d["total_fen"] = json!(8868.2)).contains("“月基本养老金合计”应为以分为单位的整数金额")
    );
    assert!(refuse(|d| d["start_month"] = json!("2026-13")).contains("“起发年月”应为年月"));
    assert!(refuse(|d| d["components"][1]["amount_fen"] = json!("x")).contains("“月金额”"));
    assert!(refuse(|d| d["components"] = json!({})).contains("“待遇项目”应为列表"));
}

#[test]
fn characters_without_glyph_are_refused_by_name() {
    let mut data = sample("rejection-notice");
    data["applicant"] = json!("张\u{10FFFD}");
    let error = renderer().accept("rejection-notice", &data).unwrap_err();
    assert!(matches!(&error, Error::Glyphs(missing) if missing == &['\u{10FFFD}']));
    let fault = base_kernel::Fault::from(error);
    assert!(fault.message.contains("U+10FFFD"), "{}", fault.message);
}

#[test]
fn too_much_data_is_refused() {
    let mut data = sample("rejection-notice");
    data["facts"] = json!("长".repeat(crate::MAX_DATA));
    assert!(matches!(renderer().accept("rejection-notice", &data), Err(Error::DataTooLarge)));
}

#[test]
fn missing_fonts_say_what_to_run() {
    let empty = std::env::temp_dir().join(format!("renshe-fonts-{}", uuid::Uuid::new_v4()));
    let Err(error) = crate::Renderer::new(&empty, &super::root().join("catalogue/templates")) else {
        panic!("an empty folder holds no fonts")
    };
    assert!(error.to_string().contains("make run"), "{error}");
    assert!(base_kernel::Fault::from(error).message.contains("字体"));
}

#[test]
fn documents_are_set_on_many_threads_at_once() {
    let renderer = renderer();
    let expected =
        renderer.render("acceptance-notice", &sample("acceptance-notice"), &meta("受理通知书")).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let pdf =
                    renderer.render("acceptance-notice", &sample("acceptance-notice"), &meta("受理通知书"));
                assert!(pdf.unwrap() == expected, "bytes differ");
            });
        }
    });
}

/// Resident memory of this process in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn render_many(rounds: u32) -> std::time::Duration {
    let renderer = renderer();
    let started = std::time::Instant::now();
    for round in 0..rounds {
        let mut data = sample("contribution-certificate");
        data["person_no"] = json!(format!("31{round:08}"));
        data["details"] = json!([]);
        renderer.render("contribution-certificate", &data, &meta("参保缴费证明")).unwrap();
    }
    started.elapsed()
}

/// Every render has other data, so that nothing remembered of one helps or burdens the next.
#[test]
fn memory_stays_flat() {
    render_many(20);
    let Some(before) = resident() else { return };
    render_many(60);
    let after = resident().unwrap();
    assert!(after < before + 24 * 1024, "{before} KiB grew to {after} KiB");
}

/// `cargo nextest run -p engine-document --run-ignored only measure`: the figures in decision 0005.
#[test]
#[ignore = "measurement"]
fn measure_time_and_memory() {
    render_many(20);
    let mut figures = vec![format!("{:?} KiB", resident())];
    for _ in 0..5 {
        let took = render_many(100);
        figures.push(format!("100 in {took:?}, {:?} KiB", resident()));
    }
    let renderer = renderer();
    for template in renderer.templates() {
        let data = sample(template);
        let set = || renderer.render(template, &data, &meta("文书")).unwrap();
        set();
        let started = std::time::Instant::now();
        for _ in 0..20 {
            set();
        }
        figures.push(format!("{template}: same data again {:?}", started.elapsed() / 20));
    }
    std::fs::write(std::env::temp_dir().join("renshe-document-figures.txt"), figures.join("\n")).unwrap();
}
