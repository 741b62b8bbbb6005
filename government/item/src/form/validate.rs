//! Validation of a form against its item. Everything a browser or program can send is met with a typed refusal that
//! names the field and says in Chinese what to do; nothing panics, nothing is guessed.

use base_kernel::{BankCard, FieldFault, IdentityNumber, Mobile, Month, Uscc};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::shown::is_shown;
use crate::model::{Field, FieldKind, Item};

const TEXT_MAX: usize = 200;
const TEXTAREA_MAX: usize = 2000;

/// Validates a whole form: the normalised fields that are shown, or every fault.
///
/// # Errors
/// One [`FieldFault`] a field, in the order of the form; unknown keys come last.
pub fn validate(
    item: &Item,
    form: &Map<String, Value>,
    today: NaiveDate,
) -> Result<Map<String, Value>, Vec<FieldFault>> {
    let (fields, mut faults) = check_fields(item, form, today, true);
    faults.extend(unknown_keys(item, form));
    if faults.is_empty() { Ok(fields) } else { Err(faults) }
}

/// Validates what is there so far; a missing required field is no fault yet.
#[must_use]
pub fn validate_partial(item: &Item, form: &Map<String, Value>, today: NaiveDate) -> Vec<FieldFault> {
    let (_, mut faults) = check_fields(item, form, today, false);
    faults.extend(unknown_keys(item, form));
    faults
}

fn check_fields(
    item: &Item,
    form: &Map<String, Value>,
    today: NaiveDate,
    whole: bool,
) -> (Map<String, Value>, Vec<FieldFault>) {
    let mut fields = Map::new();
    let mut faults = Vec::new();
    for field in item.fields().filter(|field| field.kind != FieldKind::Note) {
        if !is_shown(field.show_when.as_ref(), form) {
            continue;
        }
        match form.get(&field.key) {
            None | Some(Value::Null) => require(field, whole, &mut faults),
            Some(Value::String(text)) if text.trim().is_empty() => require(field, whole, &mut faults),
            Some(value) => match normalise(field, value, today) {
                Ok(value) => {
                    fields.insert(field.key.clone(), value);
                }
                Err(message) => faults.push(FieldFault { field: field.key.clone(), message }),
            },
        }
    }
    (fields, faults)
}

fn require(field: &Field, whole: bool, faults: &mut Vec<FieldFault>) {
    if whole && field.required {
        let verb = match field.kind {
            FieldKind::Choice
            | FieldKind::MultiChoice
            | FieldKind::Code
            | FieldKind::Date
            | FieldKind::Month => "选择",
            FieldKind::File => "上传",
            _ => "填写",
        };
        faults.push(FieldFault { field: field.key.clone(), message: format!("请{verb}{}", field.label) });
    }
}

fn unknown_keys(item: &Item, form: &Map<String, Value>) -> Vec<FieldFault> {
    form.keys()
        .filter(|key| item.field(key).is_none())
        .take(20)
        .map(|key| FieldFault {
            field: key.chars().take(60).collect(),
            message: "表单中没有这个字段，请刷新页面后重新填写".to_owned(),
        })
        .collect()
}

fn normalise(field: &Field, value: &Value, today: NaiveDate) -> Result<Value, String> {
    let label = field.label.as_str();
    match field.kind {
        FieldKind::Text => text(field, value, TEXT_MAX),
        FieldKind::Textarea | FieldKind::Note => text(field, value, TEXTAREA_MAX),
        FieldKind::Integer => integer(field, value, "整数"),
        FieldKind::Money => integer(field, value, "金额"),
        FieldKind::Decimal => decimal(label, value),
        FieldKind::Date => date(field, value, today),
        FieldKind::Month => month(field, value, today),
        FieldKind::Bool => value.as_bool().map(Value::Bool).ok_or_else(|| format!("{label}请选择“是”或“否”")),
        FieldKind::Choice => choice(field, value),
        FieldKind::MultiChoice => multi_choice(field, value),
        FieldKind::IdNumber => {
            parsed(label, value, |text| IdentityNumber::parse(text, today).map(|id| id.as_str().to_owned()))
        }
        FieldKind::Uscc => {
            parsed(label, value, |text| Uscc::parse(text).map(|code| code.as_str().to_owned()))
        }
        FieldKind::Mobile => {
            parsed(label, value, |text| Mobile::parse(text).map(|number| number.as_str().to_owned()))
        }
        FieldKind::BankAccount => {
            parsed(label, value, |text| BankCard::parse(text).map(|card| card.as_str().to_owned()))
        }
        FieldKind::Code => code(label, value),
        FieldKind::File => parsed(label, value, |text| uuid::Uuid::parse_str(text).map(|id| id.to_string())),
    }
}

fn as_text<'a>(label: &str, value: &'a Value) -> Result<&'a str, String> {
    let text = value.as_str().ok_or_else(|| format!("{label}格式不正确，请重新填写"))?;
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(format!("{label}含有不能识别的字符，请删除后重新填写"));
    }
    Ok(text.trim())
}

fn text(field: &Field, value: &Value, most: usize) -> Result<Value, String> {
    let text = as_text(&field.label, value)?;
    let (length, most) = (text.chars().count(), field.max_length.unwrap_or(most));
    if length > most {
        return Err(format!("{}不能超过 {most} 个字，现有 {length} 个字", field.label));
    }
    match field.min_length {
        Some(least) if length < least => Err(format!("{}不能少于 {least} 个字", field.label)),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn integer(field: &Field, value: &Value, what: &str) -> Result<Value, String> {
    let label = &field.label;
    let number = value.as_i64().ok_or_else(|| format!("{label}请填写{what}"))?;
    let shown = |bound: i64| {
        if field.kind == FieldKind::Money {
            format!("{} 元", base_kernel::Fen(bound))
        } else {
            bound.to_string()
        }
    };
    if let Some(min) = field.min.as_ref().and_then(Value::as_i64).filter(|min| number < *min) {
        return Err(format!("{label}不能小于 {}", shown(min)));
    }
    if let Some(max) = field.max.as_ref().and_then(Value::as_i64).filter(|max| number > *max) {
        return Err(format!("{label}不能大于 {}", shown(max)));
    }
    Ok(Value::from(number))
}

fn decimal(label: &str, value: &Value) -> Result<Value, String> {
    let text = as_text(label, value)?;
    match Decimal::from_str_exact(text) {
        Ok(number) if number.scale() <= 8 => Ok(Value::String(number.normalize().to_string())),
        _ => Err(format!("{label}请填写数字，最多 8 位小数")),
    }
}

fn date(field: &Field, value: &Value, today: NaiveDate) -> Result<Value, String> {
    let label = &field.label;
    let text = as_text(label, value)?;
    let refuse = || format!("{label}不是有效日期，请按 2026-07-01 的格式填写");
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| refuse())?;
    if text.len() != 10 || !(1900..=2199).contains(&day.year()) {
        return Err(refuse());
    }
    if let Some(min) = day_bound(field.min.as_ref(), today).filter(|min| day < *min) {
        return Err(format!("{label}不能早于 {min}"));
    }
    if let Some(max) = day_bound(field.max.as_ref(), today).filter(|max| day > *max) {
        return Err(format!("{label}不能晚于 {max}"));
    }
    Ok(Value::String(day.to_string()))
}

/// A bound of a day: a day, `today`, or `today+30`.
fn day_bound(bound: Option<&Value>, today: NaiveDate) -> Option<NaiveDate> {
    let text = bound?.as_str()?;
    match text.strip_prefix("today") {
        Some("") => Some(today),
        Some(days) => today.checked_add_signed(chrono::Duration::days(days.parse().ok()?)),
        None => text.parse().ok(),
    }
}

fn month(field: &Field, value: &Value, today: NaiveDate) -> Result<Value, String> {
    let label = &field.label;
    let text = as_text(label, value)?;
    let month: Month = text.parse().map_err(|_| format!("{label}不是有效年月，请按 2026-07 的格式填写"))?;
    if let Some(min) = month_bound(field.min.as_ref(), today).filter(|min| month < *min) {
        return Err(format!("{label}不能早于 {min}"));
    }
    if let Some(max) = month_bound(field.max.as_ref(), today).filter(|max| month > *max) {
        return Err(format!("{label}不能晚于 {max}"));
    }
    Ok(Value::String(month.to_string()))
}

/// A bound of a month: a month, `today`, or `today+1`.
fn month_bound(bound: Option<&Value>, today: NaiveDate) -> Option<Month> {
    let text = bound?.as_str()?;
    let this = Month::of(today).ok()?;
    match text.strip_prefix("today") {
        Some("") => Some(this),
        Some(months) => Some(this.plus(months.parse().ok()?)),
        None => text.parse().ok(),
    }
}

fn choice(field: &Field, value: &Value) -> Result<Value, String> {
    let text = as_text(&field.label, value)?;
    if field.options.iter().any(|option| option.code == text) {
        Ok(Value::String(text.to_owned()))
    } else {
        Err(format!("{}请从列表中选择", field.label))
    }
}

fn multi_choice(field: &Field, value: &Value) -> Result<Value, String> {
    let refuse = || format!("{}请从列表中选择", field.label);
    let chosen = value.as_array().filter(|chosen| chosen.len() <= field.options.len()).ok_or_else(refuse)?;
    if chosen.is_empty() && field.required {
        return Err(format!("请至少选择一项{}", field.label));
    }
    let mut codes: Vec<Value> = Vec::new();
    // In the order of the options, each once: two ways to tick the same boxes are the same answer.
    for option in &field.options {
        if chosen.iter().any(|value| value.as_str() == Some(option.code.as_str())) {
            codes.push(Value::String(option.code.clone()));
        }
    }
    let known =
        |value: &Value| value.as_str().is_some_and(|code| field.options.iter().any(|o| o.code == code));
    if chosen.iter().all(known) { Ok(Value::Array(codes)) } else { Err(refuse()) }
}

fn code(label: &str, value: &Value) -> Result<Value, String> {
    let text = as_text(label, value)?;
    let fits = (1..=20).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if fits { Ok(Value::String(text.to_owned())) } else { Err(format!("{label}请从列表中选择")) }
}

fn parsed<E: std::fmt::Display>(
    label: &str,
    value: &Value,
    parse: impl Fn(&str) -> Result<String, E>,
) -> Result<Value, String> {
    let text = as_text(label, value)?;
    if text.len() > 64 {
        return Err(format!("{label}过长，请核对后重新填写"));
    }
    parse(text).map(Value::String).map_err(|error| format!("{label}有误：{error}"))
}
