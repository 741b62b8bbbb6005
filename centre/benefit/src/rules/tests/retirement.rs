//! All birth months 1955–1995 in all categories, against the appendix table written out month by month and against
//! `tools/independent/retirement.py`.

use std::path::Path;
use std::process::Command;

use base_kernel::Month;

use super::shipped;
use crate::rules::{Category, statutory};

/// (birth, age in months) for every birth month of 1955–1995.
///
/// The appendix is a list of bands: so many birth months at the old age, then bands of equal length that each add one
/// month, then the full age for good. The list is written out; nothing is computed from a birth month.
fn appendix(category: Category) -> Vec<(Month, i32)> {
    let (old_age, years_at_old_age, band, bands) = match category {
        Category::M60 => (720, 10, 4, 36),
        Category::F55 => (660, 15, 4, 36),
        Category::F50 => (600, 20, 2, 60),
    };
    let mut ages = vec![old_age; years_at_old_age * 12];
    for delay in 1..=bands {
        ages.extend(vec![old_age + delay; band]);
    }
    let births = (1955..=1995).flat_map(|year| (1..=12).map(move |month| Month::new(year, month).unwrap()));
    births.zip(ages.into_iter().chain(std::iter::repeat(old_age + bands))).collect()
}

#[test]
fn every_birth_month_agrees_with_the_appendix() {
    let set = shipped();
    for category in Category::ALL {
        let table = appendix(category);
        assert_eq!(table.len(), 492);
        for (birth, age) in table {
            let (it, _) = statutory(birth, category, &set).unwrap();
            assert_eq!((it.age_months, it.month), (age, birth.plus(age)), "{category:?} {birth}");
            let minimum = match it.month.year() {
                ..2030 => 180,
                year => (180 + 6 * (year - 2029)).min(240),
            };
            assert_eq!(it.min_contribution_months, minimum, "{category:?} {birth}");
            let Some(choice) = it.flexible else {
                assert_eq!(it.delay_months, 0);
                continue;
            };
            assert!(choice.earliest >= it.original_month && choice.earliest < it.month);
            assert!(
                it.month.months_since(choice.earliest) <= 36 && choice.latest.months_since(it.month) == 36
            );
        }
    }
}

#[test]
fn every_birth_month_agrees_with_the_independent_script() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/independent/retirement.py");
    // A machine without Python still has the comparison above.
    let Ok(output) = Command::new("python3").arg(script).output() else { return };
    assert!(output.status.success());
    let set = shipped();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines = 0;
    for line in text.lines() {
        let [category, birth, age, month, delay] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (it, _) = statutory(birth.parse().unwrap(), category.parse().unwrap(), &set).unwrap();
        let ours = format!("{} {} {}", it.age_months, it.month, it.delay_months);
        assert_eq!(ours, format!("{age} {month} {delay}"), "{line}");
        lines += 1;
    }
    assert_eq!(lines, 3 * 492);
}
