//! One value by the type of its field: checked, and brought to the one form in which it is stored.

use base_kernel::{BankCard, Fen, IdentityNumber, Mobile, Month, Uscc};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::Value;

use super::bounds::{Context, within};
use crate::model::{Field, FieldKind};

const TEXT_MAX: usize = 200;
const TEXTAREA_MAX: usize = 2000;
/// Characters a number, code or date may have before anything looks at them.
const SHORT_MAX: usize = 64;

/// The value as stored, or what to do about it.
pub(super) fn normalise(field: &Field, value: &Value, context: &Context<'_>) -> Result<Value, String> {
    let label = field.label.as_str();
    match field.kind {
        FieldKind::Text => text(field, value, TEXT_MAX),
        FieldKind::Textarea | FieldKind::Note => text(field, value, TEXTAREA_MAX),
        FieldKind::Integer => integer(field, value, "整数"),
        FieldKind::Money => integer(field, value, "金额，最多两位小数"),
        FieldKind::Decimal => decimal(field, value),
        FieldKind::Date => date(field, value, context),
        FieldKind::Month => month(field, value, context),
        FieldKind::Bool => boolean(field, value),
        FieldKind::Choice | FieldKind::Code => choice(field, value),
        FieldKind::MultiChoice => multi_choice(field, value),
        FieldKind::IdNumber => parsed(label, value, |text| {
            IdentityNumber::parse(text, context.today).map(|id| id.as_str().to_owned())
        }),
        FieldKind::Uscc => {
            parsed(label, value, |text| Uscc::parse(text).map(|code| code.as_str().to_owned()))
        }
        FieldKind::Mobile => {
            parsed(label, value, |text| Mobile::parse(text).map(|number| number.as_str().to_owned()))
        }
        FieldKind::BankAccount => {
            parsed(label, value, |text| BankCard::parse(text).map(|card| card.as_str().to_owned()))
        }
        FieldKind::File => {
            let text = short(label, value)?;
            let id = uuid::Uuid::parse_str(text).map_err(|_| format!("{label}无法识别，请重新上传"))?;
            Ok(Value::String(id.to_string()))
        }
    }
}

fn as_text<'a>(label: &str, value: &'a Value, lines: bool) -> Result<&'a str, String> {
    let text = value.as_str().ok_or_else(|| format!("{label}格式不正确，请重新填写"))?;
    // Marks that turn the direction of writing can make a document read differently from what is stored.
    let unwanted = |c: char| {
        (c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t')))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.trim().chars().any(unwanted) {
        return Err(format!("{label}含有不能识别的字符，请删除后重新填写"));
    }
    Ok(text.trim())
}

fn short<'a>(label: &str, value: &'a Value) -> Result<&'a str, String> {
    let text = as_text(label, value, false)?;
    if text.len() > SHORT_MAX { Err(format!("{label}过长，请核对后重新填写")) } else { Ok(text) }
}

fn text(field: &Field, value: &Value, most: usize) -> Result<Value, String> {
    let text = as_text(&field.label, value, field.kind != FieldKind::Text)?;
    let (length, most) = (text.chars().count(), field.max_length.unwrap_or(most));
    if length > most {
        return Err(format!("{}不能超过 {most} 个字，现有 {length} 个字，请精简", field.label));
    }
    match field.min_length {
        Some(least) if length < least => Err(format!("{}不能少于 {least} 个字，请补充", field.label)),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn integer(field: &Field, value: &Value, what: &str) -> Result<Value, String> {
    let label = &field.label;
    let number = value.as_i64().ok_or_else(|| format!("{label}请填写{what}"))?;
    let shown = |bound: i64| match field.kind {
        FieldKind::Money => format!("{} 元", Fen(bound)),
        _ => bound.to_string(),
    };
    if let Some(min) = field.min.as_ref().and_then(Value::as_i64).filter(|min| number < *min) {
        return Err(format!("{label}不能小于 {}，请修改", shown(min)));
    }
    if let Some(max) = field.max.as_ref().and_then(Value::as_i64).filter(|max| number > *max) {
        return Err(format!("{label}不能大于 {}，请修改", shown(max)));
    }
    Ok(Value::from(number))
}

fn decimal(field: &Field, value: &Value) -> Result<Value, String> {
    let label = &field.label;
    let refuse = || format!("{label}请填写数字，最多 8 位小数");
    let number = Decimal::from_str_exact(short(label, value)?).map_err(|_| refuse())?.normalize();
    if number.scale() > 8 {
        return Err(refuse());
    }
    let bound = |written: Option<&Value>| written.and_then(as_decimal);
    if let Some(min) = bound(field.min.as_ref()).filter(|min| number < *min) {
        return Err(format!("{label}不能小于 {min}，请修改"));
    }
    if let Some(max) = bound(field.max.as_ref()).filter(|max| number > *max) {
        return Err(format!("{label}不能大于 {max}，请修改"));
    }
    Ok(Value::String(number.to_string()))
}

fn as_decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn boolean(field: &Field, value: &Value) -> Result<Value, String> {
    match value.as_bool() {
        None => Err(format!("{}请选择“是”或“否”", field.label)),
        Some(false) if field.must_be_true => Err(format!("请阅读并勾选“{}”", field.label)),
        Some(yes) => Ok(Value::Bool(yes)),
    }
}

fn date(field: &Field, value: &Value, context: &Context<'_>) -> Result<Value, String> {
    let label = &field.label;
    let text = short(label, value)?;
    let refuse = || format!("{label}不是有效日期，请按 2026-07-01 的格式填写");
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| refuse())?;
    if text.len() != 10 || !(1900..=2199).contains(&day.year()) {
        return Err(refuse());
    }
    within(field, &day, context)?;
    Ok(Value::String(day.to_string()))
}

fn month(field: &Field, value: &Value, context: &Context<'_>) -> Result<Value, String> {
    let label = &field.label;
    let refuse = |_| format!("{label}不是有效年月，请按 2026-07 的格式填写");
    let month: Month = short(label, value)?.parse().map_err(refuse)?;
    within(field, &month, context)?;
    Ok(Value::String(month.to_string()))
}

fn choice(field: &Field, value: &Value) -> Result<Value, String> {
    let text = short(&field.label, value)?;
    if field.options.iter().any(|option| option.code == text) {
        Ok(Value::String(text.to_owned()))
    } else {
        Err(format!("{}请从列表中选择", field.label))
    }
}

fn multi_choice(field: &Field, value: &Value) -> Result<Value, String> {
    let refuse = || format!("{}请从列表中选择", field.label);
    let chosen = value.as_array().filter(|chosen| chosen.len() <= field.options.len()).ok_or_else(refuse)?;
    let is = |value: &Value, code: &str| value.as_str() == Some(code);
    if !chosen.iter().all(|value| field.options.iter().any(|option| is(value, &option.code))) {
        return Err(refuse());
    }
    // In the order of the options, each once: two ways to tick the same boxes are the same answer.
    let ticked = field.options.iter().filter(|option| chosen.iter().any(|value| is(value, &option.code)));
    Ok(ticked.map(|option| Value::String(option.code.clone())).collect())
}

fn parsed<E: std::fmt::Display>(
    label: &str,
    value: &Value,
    parse: impl Fn(&str) -> Result<String, E>,
) -> Result<Value, String> {
    parse(short(label, value)?).map(Value::String).map_err(|error| format!("{label}有误：{error}"))
}
