//! Types of the expression language.

use super::{Compare, ExpressionError, Term};

/// Type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    Number,
    Text,
    Numbers,
    Texts,
}

impl Type {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bool => "是否",
            Self::Number => "数字",
            Self::Text => "文字",
            Self::Numbers => "数字列表",
            Self::Texts => "文字列表",
        }
    }
}

pub(super) fn condition(term: &Term, type_of: &dyn Fn(&str) -> Option<Type>) -> Result<(), ExpressionError> {
    match check(term, type_of)? {
        Type::Bool => Ok(()),
        other => Err(mismatch(format!("条件的结果应为“是否”，实际为“{}”", other.name()))),
    }
}

fn mismatch(text: String) -> ExpressionError {
    ExpressionError::Type(text)
}

fn check(term: &Term, type_of: &dyn Fn(&str) -> Option<Type>) -> Result<Type, ExpressionError> {
    match term {
        Term::Bool(_) => Ok(Type::Bool),
        Term::Number(_) => Ok(Type::Number),
        Term::Text(_) => Ok(Type::Text),
        Term::List(items) => list(items),
        Term::Variable(name) => type_of(name).ok_or_else(|| ExpressionError::Unknown(name.clone())),
        Term::Not(inner) => condition(inner, type_of).map(|()| Type::Bool),
        Term::And(left, right) | Term::Or(left, right) => {
            condition(left, type_of)?;
            condition(right, type_of)?;
            Ok(Type::Bool)
        }
        Term::Compare(how, left, right) => compare(*how, check(left, type_of)?, check(right, type_of)?),
        Term::In(left, right) => within(check(left, type_of)?, check(right, type_of)?),
    }
}

fn list(items: &[Term]) -> Result<Type, ExpressionError> {
    let texts = items.iter().filter(|item| matches!(item, Term::Text(_))).count();
    match texts {
        0 if items.is_empty() => Err(mismatch("列表不能为空".into())),
        0 => Ok(Type::Numbers),
        n if n == items.len() => Ok(Type::Texts),
        _ => Err(mismatch("列表中的值应全部为数字或全部为文字".into())),
    }
}

fn compare(how: Compare, left: Type, right: Type) -> Result<Type, ExpressionError> {
    if left != right || matches!(left, Type::Numbers | Type::Texts) {
        return Err(mismatch(format!("“{}”不能与“{}”比较", left.name(), right.name())));
    }
    if left != Type::Number && !matches!(how, Compare::Equal | Compare::Unequal) {
        return Err(mismatch(format!("“{}”不能比较大小，只能用 == 或 !=", left.name())));
    }
    Ok(Type::Bool)
}

fn within(left: Type, right: Type) -> Result<Type, ExpressionError> {
    match (left, right) {
        (Type::Number, Type::Numbers) | (Type::Text, Type::Texts) => Ok(Type::Bool),
        _ => Err(mismatch(format!("“{}”不能用 in 在“{}”中查找", left.name(), right.name()))),
    }
}
