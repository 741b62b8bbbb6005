//! One row: what is read, what is refused.

use base_kernel::{EmployerNo, Fen, PersonNo, Sex};

use super::{day, month, row};
use crate::model::{Insurance, Period, PeriodStatus};
use crate::rules::{
    ADD_REASONS, Cell, Column, EDUCATIONS, Facts, HUKOUS, RawRow, read_row, refusals, warnings,
};

fn raw(change: &[(Column, Cell)]) -> RawRow {
    let mut cells = row(1).map(Cell::Text);
    for (column, cell) in change {
        cells[*column as usize] = cell.clone();
    }
    RawRow { row: 2, cells }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn code_of(column: Column, cell: Cell) -> Option<(&'static str, Column)> {
    let flaws = read_row(&raw(&[(column, cell)]), day("2026-07-01")).err()?;
    assert_eq!(flaws.len(), 1, "{flaws:?}");
    Some((flaws[0].code, flaws[0].column))
}

#[test]
fn each_mistake_has_its_code_and_column() {
    for (column, cell, code) in [
        (Column::Seq, text("甲"), "E110"),
        (Column::Name, Cell::Empty, "E104"),
        (Column::Name, text("王"), "E111"),
        (Column::Name, Cell::Number(3.0), "E111"),
        (Column::IdType, text("02"), "E106"),
        (Column::IdNo, text("310104199001010012"), "E102"),
        (Column::IdNo, Cell::Number(3.101_041_990_010_1e17), "E103"),
        (Column::Hukou, text("99"), "E106"),
        (Column::Education, text("博士后"), "E106"),
        (Column::StartMonth, text("七月"), "E107"),
        (Column::StartMonth, text("2026-06"), "E204"),
        (Column::StartMonth, text("2026-09"), "E203"),
        (Column::HireDate, text("2026-02-30"), "E107"),
        (Column::HireDate, text("2026-08-01"), "E201"),
        (Column::ContractEnd, text("2026-07-01"), "E202"),
        (Column::ContractEnd, Cell::Empty, "E104"),
        (Column::Wage, text("一万"), "E105"),
        (Column::Wage, text("0"), "E105"),
        (Column::Wage, text("1.234"), "E105"),
        (Column::Wage, text("10000001"), "E105"),
        (Column::Wage, Cell::Number(f64::NAN), "E105"),
        (Column::Wage, Cell::Number(1e300), "E105"),
        (Column::Wage, Cell::Formula, "E108"),
        (Column::Wage, Cell::Broken, "E108"),
        (Column::AddReason, text("50"), "E106"),
        (Column::InsTypes, text("110,120"), "E106"),
        (Column::InsTypes, text(&"1".repeat(101)), "E109"),
        (Column::Name, text("王\u{7}五"), "E109"),
    ] {
        assert_eq!(code_of(column, cell.clone()), Some((code, column)), "{cell:?}");
    }
}

#[test]
fn spellings_that_sheets_produce_are_understood() {
    let wanted = read_row(
        &raw(&[
            (Column::IdType, Cell::Number(1.0)),
            (Column::IdNo, text(&super::id_no(1).to_lowercase())),
            (Column::Hukou, text("本地城镇")),
            (Column::Education, Cell::Empty),
            (Column::StartMonth, Cell::Number(202_608.0)),
            (Column::HireDate, Cell::Date(day("2026-07-15"))),
            (Column::ContractType, Cell::Number(2.0)),
            (Column::ContractEnd, Cell::Empty),
            (Column::Wage, text("12,345.6")),
            (Column::AddReason, text("01 新参加工作")),
            (Column::InsTypes, text("工伤、养老、110")),
        ]),
        day("2026-07-01"),
    )
    .unwrap();
    assert_eq!(wanted.start, month("2026-08"));
    assert_eq!(wanted.wage, Fen(1_234_560));
    assert_eq!(wanted.insurances, [Insurance::Pension, Insurance::Injury]);
    assert_eq!(wanted.employment.contract_type, "2");
    assert_eq!(wanted.id_no, super::id_no(1));
}

fn period(insurance: Insurance, employer: &str, start: &str, end: Option<&str>) -> Period {
    Period {
        person: PersonNo("3100000015".into()),
        id: uuid::Uuid::nil(),
        insurance,
        employer: EmployerNo(employer.into()),
        start: month(start),
        end: end.map(month),
        status: if end.is_some() { PeriodStatus::Stopped } else { PeriodStatus::Active },
        wage: Fen(1),
        hire_date: day("2020-01-01"),
        add_reason: "01".into(),
        stop_reason: None,
        case_no: None,
    }
}

#[test]
fn standing_of_the_person_decides() {
    let wanted = read_row(&raw(&[]), day("2026-07-01")).unwrap();
    let here = EmployerNo("2100000010".into());
    let codes =
        |facts: &Facts<'_>| refusals(&wanted, &here, facts).iter().map(|flaw| flaw.code).collect::<Vec<_>>();
    let of = |periods: &[Period]| codes(&Facts { periods, ..Facts::default() });
    assert!(codes(&Facts::default()).is_empty());
    assert_eq!(codes(&Facts { name: Some("别人"), ..Facts::default() }), ["E101"]);
    assert_eq!(codes(&Facts { receiving_from: Some(month("2026-01")), ..Facts::default() }), ["E304"]);
    assert_eq!(of(&[period(Insurance::Pension, "other", "2020-01", None)]), ["E301"]);
    assert_eq!(of(&[period(Insurance::Medical, &here.0, "2020-01", None)]), ["E302"]);
    assert!(of(&[period(Insurance::Injury, "other", "2020-01", None)]).is_empty());
    assert_eq!(of(&[period(Insurance::Injury, &here.0, "2020-01", None)]), ["E302"]);
    assert_eq!(of(&[period(Insurance::Pension, "other", "2020-01", Some("2026-07"))]), ["E303"]);
    assert!(of(&[period(Insurance::Pension, "other", "2020-01", Some("2026-06"))]).is_empty());
    // Stopped before it began: as if it had never been.
    assert!(of(&[period(Insurance::Pension, "other", "2026-08", Some("2026-07"))]).is_empty());
}

#[test]
fn warnings_do_not_refuse() {
    let wanted = read_row(&raw(&[(Column::Hukou, text("12"))]), day("2026-07-01")).unwrap();
    let old = (day("1966-01-01"), Sex::Male);
    let found = warnings(&wanted, old, day("2026-07-01"), Some((Fen(1_000_051), Fen(2_000_000))));
    let codes: Vec<&str> = found.iter().map(|text| &text[..4]).collect();
    assert_eq!(codes, ["W402", "W401", "W403"]);
    assert!(warnings(&wanted, (day("1990-01-01"), Sex::Male), day("2026-07-01"), None).len() == 1);
}

#[test]
fn what_is_shown_of_a_value_is_masked() {
    assert_eq!(Column::Name.masked("欧阳娜娜"), "欧***");
    assert_eq!(Column::IdNo.masked("310104199001010012"), "310***********0012");
    assert_eq!(Column::IdNo.masked("1234567"), "****");
    assert_eq!(Column::Wage.masked("abc"), "abc");
    assert_eq!(Column::Wage.masked("310104199001010012"), "310***********0012");
}

#[test]
fn codes_are_those_of_the_catalogue() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogue/codes/");
    let holds = |file: &str, codes: &[(&str, &str)]| {
        let text = std::fs::read_to_string(format!("{folder}{file}.yaml")).unwrap();
        for (code, name) in codes {
            assert!(text.contains(&format!("code: \"{code}\", name: {name}")), "{file} {code} {name}");
        }
    };
    holds("add_reason", ADD_REASONS);
    holds("education", EDUCATIONS);
    holds("hukou", HUKOUS);
    let insurances = Insurance::ALL.map(|one| (one.code(), one.name()));
    holds("insurance", &insurances);
}
