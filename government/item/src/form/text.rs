//! Values as people read them.

use base_kernel::Fen;
use serde_json::Value;

use crate::model::{Field, FieldKind};

/// A value as shown on screen and paper.
#[must_use]
pub fn value_text(field: &Field, value: &Value) -> String {
    let name = |code: &str| {
        let option = field.options.iter().find(|option| option.code == code);
        option.map_or_else(|| code.to_owned(), |option| option.name.clone())
    };
    match (field.kind, value) {
        (_, Value::Null) => String::new(),
        (FieldKind::Money, Value::Number(fen)) => format!("{} 元", Fen(fen.as_i64().unwrap_or(0))),
        (FieldKind::Bool, Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        (FieldKind::Choice | FieldKind::Code, Value::String(code)) => name(code),
        (FieldKind::MultiChoice, Value::Array(codes)) => {
            codes.iter().filter_map(Value::as_str).map(name).collect::<Vec<_>>().join("、")
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

/// A sensitive value for readers who need not see it whole: the first three and last four characters remain of long
/// numbers, the first one of names and the rest.
#[must_use]
pub fn masked_text(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    match characters.len() {
        0 => String::new(),
        1 => "*".to_owned(),
        length @ 2..=7 => {
            std::iter::once(characters[0]).chain(std::iter::repeat_n('*', length - 1)).collect()
        }
        length => {
            let (head, tail) = (&characters[..3], &characters[length - 4..]);
            head.iter()
                .copied()
                .chain(std::iter::repeat_n('*', length - 7))
                .chain(tail.iter().copied())
                .collect()
        }
    }
}
