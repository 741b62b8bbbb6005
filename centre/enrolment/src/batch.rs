//! Enrolment by roster (SI-CB-011): look at every row, then enter the good ones.

use std::collections::BTreeMap;

use base_db::Tx;
use base_files::{Files, StoredFile};
use base_kernel::{CaseNo, EmployerNo, Fen, FileId, Month, RegionCode};
use centre_party::Employer;
use chrono::{DateTime, Duration, Utc};
use engine_decision::ParameterSet;

use crate::EnrolmentError;
use crate::commands::{self, Outcome};
use crate::model::Period;
use crate::rules::{Column, Facts, Flaw, RawRow, Wanted, read_row, refusals, warnings};
use crate::sheet::{self, FileFlaw};
use crate::store::{batch as store, period};

/// Rows beyond which a clerk looks at the roster first (E03 node 2).
const SPOT_ROWS: usize = 500;

/// Rows beyond which a clerk looks at the roster of a new employer (E03 R5), and how long an employer is new, days.
const SPOT_ROWS_NEW: usize = 50;
const NEW_DAYS: i64 = 31;

/// Standing of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BatchState {
    /// Looked at; nothing entered yet.
    Checked,
    /// Good rows are in.
    Imported,
    /// Its case ended without an import; the same file may come again.
    Released,
}

impl BatchState {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Imported => "imported",
            Self::Released => "released",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "imported" => Self::Imported,
            "released" => Self::Released,
            _ => Self::Checked,
        }
    }
}

/// A roster handed in.
#[derive(Debug, Clone)]
pub(crate) struct Batch {
    pub(crate) employer: EmployerNo,
    pub(crate) case_no: String,
    pub(crate) file: FileId,
    pub(crate) file_name: String,
    pub(crate) sm3: String,
    pub(crate) state: BatchState,
    pub(crate) rows_total: i32,
    pub(crate) ok: i32,
    pub(crate) failed: i32,
    pub(crate) warned: i32,
    pub(crate) spot_check: bool,
    pub(crate) submitted_at: DateTime<Utc>,
    pub(crate) finished_at: Option<DateTime<Utc>>,
}

/// One thing wrong with one row, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FlawRow {
    pub(crate) row: i32,
    pub(crate) name: String,
    pub(crate) column: String,
    pub(crate) column_name: String,
    pub(crate) value: String,
    pub(crate) code: String,
    pub(crate) reason: String,
    pub(crate) hint: String,
}

/// A row that went in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GoodRow {
    pub(crate) row: i32,
    pub(crate) name: String,
    pub(crate) person: String,
    pub(crate) warning: Option<String>,
}

/// The roster of a case, read.
pub(crate) struct Roster {
    pub(crate) file: StoredFile,
    pub(crate) rows: Vec<RawRow>,
}

/// Fetches and reads a roster. The reader works on a thread of its own and may fail there without harm.
pub(crate) async fn roster(tx: &mut Tx, files: &Files, id: FileId) -> Result<Roster, EnrolmentError> {
    let file = files.describe(tx, id).await?;
    let content = files.read(&file).await?;
    let read = tokio::task::spawn_blocking(move || sheet::read(&content)).await;
    let rows = read.map_err(|_| FileFlaw::Unreadable)??;
    Ok(Roster { file, rows })
}

/// Rows told apart by what is written in them, before anybody is looked up.
struct Sorted {
    good: Vec<(i32, Wanted)>,
    flaws: Vec<FlawRow>,
    failed: usize,
}

fn sort(tx: &Tx, rows: &[RawRow]) -> Sorted {
    let today = tx.today();
    let (mut ids, mut seqs) = (BTreeMap::new(), BTreeMap::new());
    let mut sorted = Sorted { good: Vec::new(), flaws: Vec::new(), failed: 0 };
    for raw in rows {
        let mut flaws = repeated(raw, &mut ids, &mut seqs);
        match read_row(raw, today) {
            Ok(wanted) if flaws.is_empty() => sorted.good.push((number(raw.row), wanted)),
            Ok(_) => {}
            Err(more) => flaws.extend(more),
        }
        if !flaws.is_empty() {
            sorted.failed += 1;
            let name = raw.cell(Column::Name).text();
            sorted.flaws.extend(flaws.iter().map(|flaw| flaw_row(number(raw.row), &name, flaw)));
        }
    }
    sorted
}

/// A number or a person that stood in an earlier row already.
fn repeated(raw: &RawRow, ids: &mut BTreeMap<String, u32>, seqs: &mut BTreeMap<String, u32>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut look = |column: Column, code, seen: &mut BTreeMap<String, u32>, hint| {
        let cell = raw.cell(column);
        let text = cell.text().to_uppercase();
        if cell.is_empty() {
            return;
        }
        match seen.get(&text) {
            Some(first) => {
                let reason = format!("{}与第 {first} 行重复", column.heading());
                flaws.push(Flaw::new(code, column, &text, reason, hint));
            }
            None => {
                seen.insert(text, raw.row);
            }
        }
    };
    look(Column::Seq, "E110", seqs, "请重新编号");
    look(Column::IdNo, "E112", ids, "同一人只填一行，多个险种用逗号分隔");
    flaws
}

fn number(row: u32) -> i32 {
    i32::try_from(row).unwrap_or(i32::MAX)
}

fn flaw_row(row: i32, name: &str, flaw: &Flaw) -> FlawRow {
    FlawRow {
        row,
        name: Column::Name.masked(name),
        column: flaw.column.key().to_owned(),
        column_name: flaw.column.heading().to_owned(),
        value: flaw.value.clone(),
        code: flaw.code.to_owned(),
        reason: flaw.reason.clone(),
        hint: flaw.hint.to_owned(),
    }
}

/// Looks at every row without changing anything, and keeps what was found. Tells whether a clerk should look first.
pub(crate) async fn check(
    tx: &mut Tx,
    set: &ParameterSet,
    employer: &Employer,
    case_no: &CaseNo,
    roster: &Roster,
) -> Result<Batch, EnrolmentError> {
    commands::in_good_standing(employer)?;
    if let Some(other) = store::same(tx, &employer.no, &roster.file.sm3, Some(case_no)).await? {
        return Err(EnrolmentError::SameFile(other));
    }
    let mut sorted = sort(tx, &roster.rows);
    let wanted: Vec<Wanted> = sorted.good.iter().map(|(_, wanted)| wanted.clone()).collect();
    let known = commands::by_id_no(tx, &wanted).await?;
    let numbers: Vec<_> = known.values().map(|person| person.no.clone()).collect();
    let mut periods: BTreeMap<_, Vec<Period>> = BTreeMap::new();
    for one in period::of_people(tx, &numbers).await? {
        periods.entry(one.person.clone()).or_default().push(one);
    }
    let mut warned = 0;
    let mut limits = Limits::new(set);
    for (row, wanted) in &sorted.good {
        let person = known.get(&wanted.id_no);
        let facts = person.map_or_else(Facts::default, |person| Facts {
            name: Some(&person.name),
            receiving_from: person.receiving_from,
            periods: periods.get(&person.no).map_or(&[], Vec::as_slice),
        });
        let flaws = refusals(wanted, &employer.no, &facts);
        if flaws.is_empty() {
            warned += usize::from(!limits.warnings(wanted, tx).is_empty());
        } else {
            sorted.failed += 1;
            sorted.flaws.extend(flaws.iter().map(|flaw| flaw_row(*row, &wanted.name, flaw)));
        }
    }
    sorted.flaws.sort_by_key(|flaw| flaw.row);
    let rows = roster.rows.len();
    let new = tx.now() - employer.registered_at < Duration::days(NEW_DAYS);
    let found = Batch {
        spot_check: rows > SPOT_ROWS || (new && rows > SPOT_ROWS_NEW),
        ..fresh(tx, employer, case_no, roster, sorted.failed, warned)
    };
    store::put(tx, &found, &sorted.flaws, &[]).await?;
    Ok(found)
}

fn fresh(
    tx: &Tx,
    employer: &Employer,
    case_no: &CaseNo,
    roster: &Roster,
    failed: usize,
    warned: usize,
) -> Batch {
    let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    Batch {
        employer: employer.no.clone(),
        case_no: case_no.0.clone(),
        file: roster.file.id,
        file_name: roster.file.name.clone(),
        sm3: roster.file.sm3.clone(),
        state: BatchState::Checked,
        rows_total: count(roster.rows.len()),
        ok: count(roster.rows.len() - failed),
        failed: count(failed),
        warned: count(warned),
        spot_check: false,
        submitted_at: tx.now(),
        finished_at: None,
    }
}

/// Enters the good rows and says of each of the others what is wrong. What was entered once is not entered again.
pub(crate) async fn import(
    tx: &mut Tx,
    set: &ParameterSet,
    employer: &Employer,
    case_no: &CaseNo,
    roster: &Roster,
) -> Result<(Batch, Vec<FlawRow>), EnrolmentError> {
    let before = store::find(tx, case_no.as_str()).await?;
    if let Some(done) = before.clone().filter(|batch| batch.state == BatchState::Imported) {
        let flaws = store::flaws(tx, &done).await?;
        return Ok((done, flaws));
    }
    if let Some(other) = store::same(tx, &employer.no, &roster.file.sm3, Some(case_no)).await? {
        return Err(EnrolmentError::SameFile(other));
    }
    let mut sorted = sort(tx, &roster.rows);
    let wanted: Vec<Wanted> = sorted.good.iter().map(|(_, wanted)| wanted.clone()).collect();
    let outcomes = commands::enrol_many(tx, set, employer, &wanted).await?;
    let mut limits = Limits::new(set);
    let mut good = Vec::with_capacity(outcomes.len());
    for ((row, wanted), outcome) in sorted.good.iter().zip(outcomes) {
        match outcome {
            Outcome::Enrolled(person, _) => good.push(GoodRow {
                row: *row,
                name: String::new(),
                person: person.no.0.clone(),
                warning: Some(limits.warnings(wanted, tx).join("；")).filter(|text| !text.is_empty()),
            }),
            Outcome::Refused(flaws) => {
                sorted.failed += 1;
                sorted.flaws.extend(flaws.iter().map(|flaw| flaw_row(*row, &wanted.name, flaw)));
            }
        }
    }
    sorted.flaws.sort_by_key(|flaw| flaw.row);
    let warned = good.iter().filter(|row| row.warning.is_some()).count();
    let batch = Batch {
        state: BatchState::Imported,
        submitted_at: before.as_ref().map_or(tx.now(), |batch| batch.submitted_at),
        spot_check: before.is_some_and(|batch| batch.spot_check),
        finished_at: Some(tx.now()),
        ..fresh(tx, employer, case_no, roster, sorted.failed, warned)
    };
    store::put(tx, &batch, &sorted.flaws, &good).await?;
    Ok((batch, sorted.flaws))
}

/// Bounds of the contribution base by month, each looked up once.
struct Limits<'a> {
    set: &'a ParameterSet,
    known: BTreeMap<Month, Option<(Fen, Fen)>>,
}

impl<'a> Limits<'a> {
    fn new(set: &'a ParameterSet) -> Self {
        Self { set, known: BTreeMap::new() }
    }

    fn warnings(&mut self, wanted: &Wanted, tx: &Tx) -> Vec<String> {
        let bounds = *self.known.entry(wanted.start).or_insert_with(|| {
            // Not published yet: no warning, the levy will know.
            let bounds = centre_contribution::rules::bounds(wanted.start, RegionCode::SHANGHAI, self.set);
            bounds.ok().map(|bounds| (bounds.floor, bounds.ceiling))
        });
        let Ok(id) = base_kernel::IdentityNumber::from_stored(&wanted.id_no) else { return Vec::new() };
        warnings(wanted, (id.birth_date(), id.sex()), tx.today(), bounds)
    }
}
