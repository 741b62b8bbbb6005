//! Catalogue files into a set.

use std::collections::BTreeMap;
use std::sync::Arc;

use base_kernel::RegionCode;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::{Definition, LoadError, Origin, Parameter, ParameterSet, Status, Value, ValueKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    key: String,
    name: String,
    #[serde(rename = "type")]
    kind: ValueKind,
    unit: String,
    #[serde(default)]
    gaps: Option<String>,
    values: Vec<FileRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    region: RegionCode,
    from: NaiveDate,
    #[serde(default)]
    to: Option<NaiveDate>,
    value: serde_json::Value,
    #[serde(default)]
    doc_no: Option<String>,
    #[serde(default)]
    doc_expiry: Option<NaiveDate>,
    basis: String,
    #[serde(default)]
    status: Status,
    #[serde(default)]
    note: Option<String>,
}

impl ParameterSet {
    /// Loads files given as (path inside the catalogue, text). The key of a parameter is its path with dots:
    /// `pension/base.yaml` holds `pension.base`.
    ///
    /// # Errors
    /// [`LoadError`] names the file: not readable, key and path differ, a value of the wrong type, an unconfirmed row
    /// without a note, or windows out of order, overlapping or with a hole that `gaps` does not explain.
    pub fn load<P: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self, LoadError> {
        let mut definitions = BTreeMap::new();
        for (path, text) in files {
            let path = path.as_ref();
            let refuse = |detail: String| LoadError { file: path.to_owned(), detail };
            let definition = read(path, text.as_ref()).map_err(refuse)?;
            let key = definition.key.clone();
            if definitions.insert(key.clone(), definition).is_some() {
                return Err(refuse(format!("参数 {key} 重复")));
            }
        }
        Ok(Self { definitions: Arc::new(definitions), accept_unconfirmed: false })
    }
}

fn read(path: &str, text: &str) -> Result<Definition, String> {
    let file: File = serde_yaml_ng::from_str(text).map_err(|error| format!("格式有误：{error}"))?;
    let expected = path.trim_end_matches(".yaml").replace(['/', '\\'], ".");
    if file.key != expected {
        return Err(format!("参数名 {} 与文件位置不符，应为 {expected}", file.key));
    }
    let mut rows: BTreeMap<RegionCode, Vec<Parameter>> = BTreeMap::new();
    for row in file.values {
        let from = row.from;
        let value = Value::read(file.kind, &row.value).map_err(|error| format!("{from} 的值：{error}"))?;
        let parameter = Parameter {
            key: file.key.clone(),
            name: file.name.clone(),
            region: row.region,
            value,
            unit: file.unit.clone(),
            effective_from: from,
            effective_to: row.to,
            doc_no: row.doc_no,
            doc_expiry: row.doc_expiry,
            basis: row.basis,
            status: row.status,
            note: row.note,
            origin: Origin::Shipped,
        };
        check_row(&parameter)?;
        rows.entry(row.region).or_default().push(parameter);
    }
    if rows.is_empty() {
        return Err("没有任何值".into());
    }
    for rows in rows.values_mut() {
        close_open_rows(rows);
        check_windows(rows, file.gaps.is_some())?;
    }
    Ok(Definition { key: file.key, name: file.name, kind: file.kind, unit: file.unit, gaps: file.gaps, rows })
}

fn check_row(row: &Parameter) -> Result<(), String> {
    let from = row.effective_from;
    if row.value == Value::Unknown && row.status == Status::Confirmed {
        return Err(format!("{from} 没有值，只能标为未确认"));
    }
    if row.status == Status::Unconfirmed && row.note.as_deref().is_none_or(str::is_empty) {
        return Err(format!("{from} 标为未确认，必须说明原因"));
    }
    Ok(())
}

/// A row without an end holds until the day before the next one.
fn close_open_rows(rows: &mut [Parameter]) {
    for next in 1..rows.len() {
        let end = rows[next].effective_from.checked_sub_days(Days::new(1));
        let row = &mut rows[next - 1];
        row.effective_to = row.effective_to.or(end);
    }
}

/// Order, overlap and holes of the rows of one region.
pub(crate) fn check_windows(rows: &[Parameter], gaps_accepted: bool) -> Result<(), String> {
    for row in rows {
        if row.effective_to.is_some_and(|to| to < row.effective_from) {
            return Err(format!("自 {} 起的值在开始之前就结束了", row.effective_from));
        }
    }
    for pair in rows.windows(2) {
        let (one, next) = (&pair[0], &pair[1]);
        let (from, then) = (one.effective_from, next.effective_from);
        if then <= from {
            return Err(format!("{from} 与 {then} 的值没有按时间先后排列"));
        }
        match one.effective_to {
            Some(to) if to >= then => return Err(format!("{from} 与 {then} 起的值期间重叠")),
            Some(to) if to.succ_opt() == Some(then) || gaps_accepted => {}
            Some(to) => return Err(format!("{to} 之后到 {then} 之前没有值；确属空白须用 gaps 说明")),
            None => return Err(format!("自 {from} 起的值没有结束，与 {then} 起的值重叠")),
        }
    }
    Ok(())
}
