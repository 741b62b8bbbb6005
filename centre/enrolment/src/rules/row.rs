//! Reading one row of a roster, or the single form, into what is wanted.

use base_kernel::{Fen, IdentityNumber, Month};
use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::codes::{self, Codes};
use super::eligible::start_month_refusal;
use super::{COLUMNS, Cell, Column, Flaw};
use crate::model::{Employment, Insurance};

/// Highest monthly wage taken, fen: ten million yuan, as the single form.
const HIGHEST_WAGE: Fen = Fen(1_000_000_000);

/// Days ahead that a first day of work may lie (E03).
const HIRE_AHEAD_DAYS: u64 = 30;

/// Longest text of a cell.
const LONGEST: usize = 100;

/// A row as the file holds it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawRow {
    /// Row as the sheet counts, from 1.
    pub(crate) row: u32,
    /// Cells in the order of [`COLUMNS`].
    pub(crate) cells: [Cell; 13],
}

impl RawRow {
    pub(crate) fn cell(&self, column: Column) -> &Cell {
        &self.cells[column as usize]
    }
}

/// An enrolment that is wanted, before the person is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) id_no: String,
    pub(crate) mobile: Option<String>,
    pub(crate) insurances: Vec<Insurance>,
    pub(crate) start: Month,
    pub(crate) wage: Fen,
    pub(crate) employment: Employment,
}

struct Reader<'a> {
    row: &'a RawRow,
    flaws: Vec<Flaw>,
}

/// Reads a row; everything wrong with it at once.
pub(crate) fn read_row(row: &RawRow, today: NaiveDate) -> Result<Wanted, Vec<Flaw>> {
    let mut reader = Reader { row, flaws: Vec::new() };
    reader.shapes();
    let wanted = reader.wanted(today);
    match wanted {
        Some(wanted) if reader.flaws.is_empty() => Ok(wanted),
        _ => {
            // Shape faults come first; a column is reported once.
            let mut seen = Vec::new();
            reader.flaws.retain(|flaw| {
                let new = !seen.contains(&flaw.column);
                seen.push(flaw.column);
                new
            });
            Err(reader.flaws)
        }
    }
}

impl Reader<'_> {
    fn flaw(&mut self, code: &'static str, column: Column, reason: impl Into<String>, hint: &'static str) {
        let value = self.row.cell(column).text();
        self.flaws.push(Flaw::new(code, column, &value, reason, hint));
    }

    /// Formulas, error values, overlong texts, control characters, empty cells.
    fn shapes(&mut self) {
        for column in COLUMNS {
            match self.row.cell(column) {
                Cell::Empty if !column.optional() => {
                    self.flaw("E104", column, format!("{}未填写", column.heading()), "请填写后重新上传");
                }
                Cell::Formula => {
                    self.flaw("E108", column, "单元格是公式", "请将公式转为数值或文字后重新上传");
                }
                Cell::Broken => self.flaw("E108", column, "单元格是错误值", "请改正单元格后重新上传"),
                Cell::Text(text) if text.chars().count() > LONGEST => {
                    self.flaw("E109", column, "内容过长", "请核对是否填错了列");
                }
                Cell::Text(text) if text.chars().any(char::is_control) => {
                    self.flaw("E109", column, "内容含有换行等不可见字符", "请重新录入该单元格");
                }
                _ => {}
            }
        }
    }

    fn wanted(&mut self, today: NaiveDate) -> Option<Wanted> {
        self.seq();
        let name = self.name();
        self.code(Column::IdType, codes::ID_TYPES, "目前支持居民身份证（01）");
        let id_no = self.id_no(today);
        let hukou = self.code(Column::Hukou, codes::HUKOUS, "请填写户籍性质代码，如 11 本地城镇");
        let education = self.code(Column::Education, codes::EDUCATIONS, "请填写文化程度代码，可以不填");
        let start = self.start(today);
        let hire_date = self.hire_date(today);
        let contract_type = self.code(Column::ContractType, codes::CONTRACTS, "请填写 1、2 或 3");
        let contract_end = self.contract_end(contract_type, hire_date);
        let wage = self.wage();
        let add_reason =
            self.code(Column::AddReason, codes::ADD_REASONS, "请填写增员原因代码，如 01 新参加工作");
        let insurances = self.insurances();
        Some(Wanted {
            name: name?,
            id_no: id_no?,
            mobile: None,
            insurances: insurances?,
            start: start?,
            wage: wage?,
            employment: Employment {
                hire_date: hire_date?,
                contract_type: contract_type?.to_owned(),
                contract_end,
                add_reason: add_reason?.to_owned(),
                hukou: hukou.map(str::to_owned),
                education: education.map(str::to_owned),
            },
        })
    }

    fn seq(&mut self) {
        let cell = self.row.cell(Column::Seq);
        if !cell.is_empty() && cell.text().parse::<u32>().is_err() {
            self.flaw("E110", Column::Seq, "序号不是数字", "请填写 1、2、3 这样的序号");
        }
    }

    fn name(&mut self) -> Option<String> {
        match self.row.cell(Column::Name) {
            Cell::Text(name) if (2..=50).contains(&name.chars().count()) => Some(name.clone()),
            Cell::Empty => None,
            _ => {
                self.flaw("E111", Column::Name, "姓名应为 2 至 50 个字", "请按身份证填写姓名，间隔号使用“·”");
                None
            }
        }
    }

    fn id_no(&mut self, today: NaiveDate) -> Option<String> {
        let cell = self.row.cell(Column::IdNo);
        match cell {
            Cell::Empty => None,
            // A sheet keeps fifteen digits of a number: the last three are gone.
            Cell::Number(_) => {
                self.flaw(
                    "E103",
                    Column::IdNo,
                    "证件号码被存成了数字，末几位已丢失",
                    "请将该列设为文本格式后重新录入",
                );
                None
            }
            _ => match IdentityNumber::parse(&cell.text(), today) {
                Ok(id) => Some(id.as_str().to_owned()),
                Err(error) => {
                    let reason = error.to_string();
                    let reason = reason.split('，').next().unwrap_or_default().to_owned();
                    self.flaw("E102", Column::IdNo, reason, "请对照身份证逐位核对");
                    None
                }
            },
        }
    }

    fn code(&mut self, column: Column, known: Codes, hint: &'static str) -> Option<&'static str> {
        let cell = self.row.cell(column);
        if cell.is_empty() {
            return None;
        }
        let found = codes::find(known, &cell.text());
        if found.is_none() {
            self.flaw("E106", column, format!("{}不在可选范围内", column.heading()), hint);
        }
        found
    }

    fn start(&mut self, today: NaiveDate) -> Option<Month> {
        let cell = self.row.cell(Column::StartMonth);
        if cell.is_empty() {
            return None;
        }
        let Some(start) = cell.month() else {
            self.flaw("E107", Column::StartMonth, "不是有效年月", "请按 2026-07 的格式填写");
            return None;
        };
        if let Some(flaw) = start_month_refusal(start, today) {
            self.flaws.push(flaw);
        }
        Some(start)
    }

    fn hire_date(&mut self, today: NaiveDate) -> Option<NaiveDate> {
        let cell = self.row.cell(Column::HireDate);
        if cell.is_empty() {
            return None;
        }
        let Some(day) = cell.day() else {
            self.flaw("E107", Column::HireDate, "不是有效日期", "请按 2026-07-01 的格式填写");
            return None;
        };
        if today.checked_add_days(Days::new(HIRE_AHEAD_DAYS)).is_some_and(|latest| day > latest) {
            self.flaw(
                "E201",
                Column::HireDate,
                "用工起始日晚于今天起 30 日",
                "请核对日期，或临近用工时再办理",
            );
        }
        Some(day)
    }

    fn contract_end(&mut self, kind: Option<&str>, hire: Option<NaiveDate>) -> Option<NaiveDate> {
        let cell = self.row.cell(Column::ContractEnd);
        if cell.is_empty() {
            if kind == Some("1") {
                self.flaw("E104", Column::ContractEnd, "固定期限合同未填写合同终止日", "请填写合同终止日");
            }
            return None;
        }
        let Some(end) = cell.day() else {
            self.flaw("E107", Column::ContractEnd, "不是有效日期", "请按 2029-06-30 的格式填写");
            return None;
        };
        if hire.is_some_and(|hire| end <= hire) {
            self.flaw("E202", Column::ContractEnd, "合同终止日不晚于用工起始日", "请核对合同起止日期");
        }
        Some(end)
    }

    fn wage(&mut self) -> Option<Fen> {
        let cell = self.row.cell(Column::Wage);
        if cell.is_empty() {
            return None;
        }
        let wage = cell.money();
        match wage {
            None => self.flaw("E105", Column::Wage, "不是有效金额", "请填写元，最多两位小数"),
            Some(wage) if wage <= Fen::ZERO => {
                self.flaw("E105", Column::Wage, "月缴费工资应大于 0", "请填写月工资，单位为元");
            }
            Some(wage) if wage > HIGHEST_WAGE => {
                self.flaw("E105", Column::Wage, "月缴费工资超过 1000 万元", "请核对单位是否为元");
            }
            Some(_) => {}
        }
        wage
    }

    fn insurances(&mut self) -> Option<Vec<Insurance>> {
        let cell = self.row.cell(Column::InsTypes);
        if cell.is_empty() {
            return None;
        }
        match codes::insurances(&cell.text()) {
            Ok(found) if !found.is_empty() => Some(found),
            _ => {
                self.flaw(
                    "E106",
                    Column::InsTypes,
                    "险种不在可选范围内",
                    "请填写险种代码，用逗号分隔，如 110,210,310,410",
                );
                None
            }
        }
    }
}

/// The single form (SI-CB-010), validated by its item already.
pub(crate) fn wanted_of_form(form: &Map<String, Value>, today: NaiveDate) -> Result<Wanted, &'static str> {
    let text =
        |key: &str| form.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let id = text("id_no").and_then(|id| IdentityNumber::parse(id, today).ok()).ok_or("id_no")?;
    let mut insurances = form
        .get("ins_types")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|code| code.as_str().and_then(Insurance::from_code))
        .collect::<Option<Vec<_>>>()
        .filter(|insurances| !insurances.is_empty())
        .ok_or("ins_types")?;
    insurances.sort_unstable();
    insurances.dedup();
    let wage = form.get("wage").and_then(Value::as_i64).filter(|fen| (1..=HIGHEST_WAGE.0).contains(fen));
    Ok(Wanted {
        name: text("name").ok_or("name")?.to_owned(),
        id_no: id.as_str().to_owned(),
        mobile: text("mobile").map(str::to_owned),
        insurances,
        start: text("start_month").and_then(|month| month.parse().ok()).ok_or("start_month")?,
        wage: Fen(wage.ok_or("wage")?),
        employment: Employment {
            hire_date: text("hire_date").and_then(|day| day.parse().ok()).ok_or("hire_date")?,
            contract_type: text("contract_type").ok_or("contract_type")?.to_owned(),
            contract_end: text("contract_end").and_then(|day| day.parse().ok()),
            add_reason: text("add_reason").ok_or("add_reason")?.to_owned(),
            hukou: text("hukou").map(str::to_owned),
            education: None,
        },
    })
}
