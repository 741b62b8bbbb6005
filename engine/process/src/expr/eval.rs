//! Evaluation over the variables of an instance.

use std::borrow::Cow;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::{Compare, Term};

#[derive(PartialEq)]
enum Datum<'a> {
    Bool(bool),
    Number(Decimal),
    Text(Cow<'a, str>),
    List(Vec<Datum<'a>>),
    Nothing,
}

pub(super) fn truth(term: &Term, variables: &Map<String, Value>) -> bool {
    match term {
        Term::Not(inner) => !truth(inner, variables),
        Term::And(left, right) => truth(left, variables) && truth(right, variables),
        Term::Or(left, right) => truth(left, variables) || truth(right, variables),
        Term::Compare(how, left, right) => compare(*how, &datum(left, variables), &datum(right, variables)),
        Term::In(left, right) => match (datum(left, variables), datum(right, variables)) {
            (Datum::Nothing, _) => false,
            (item, Datum::List(items)) => items.contains(&item),
            _ => false,
        },
        Term::Bool(_) | Term::Number(_) | Term::Text(_) | Term::List(_) | Term::Variable(_) => {
            datum(term, variables) == Datum::Bool(true)
        }
    }
}

fn compare(how: Compare, left: &Datum<'_>, right: &Datum<'_>) -> bool {
    if matches!((left, right), (Datum::Nothing, _) | (_, Datum::Nothing)) {
        return false;
    }
    match (how, left, right) {
        (Compare::Equal, _, _) => left == right,
        (Compare::Unequal, _, _) => left != right,
        (Compare::Less, Datum::Number(a), Datum::Number(b)) => a < b,
        (Compare::LessEqual, Datum::Number(a), Datum::Number(b)) => a <= b,
        (Compare::Greater, Datum::Number(a), Datum::Number(b)) => a > b,
        (Compare::GreaterEqual, Datum::Number(a), Datum::Number(b)) => a >= b,
        _ => false,
    }
}

fn datum<'a>(term: &'a Term, variables: &'a Map<String, Value>) -> Datum<'a> {
    match term {
        Term::Bool(value) => Datum::Bool(*value),
        Term::Number(value) => Datum::Number(*value),
        Term::Text(value) => Datum::Text(Cow::Borrowed(value)),
        Term::List(items) => Datum::List(items.iter().map(|item| datum(item, variables)).collect()),
        Term::Variable(name) => variables.get(name).map_or(Datum::Nothing, from_json),
        _ => Datum::Bool(truth(term, variables)),
    }
}

fn from_json(value: &Value) -> Datum<'_> {
    match value {
        Value::Bool(value) => Datum::Bool(*value),
        Value::Number(number) => {
            let text = number.to_string();
            let value = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text));
            value.map_or(Datum::Nothing, Datum::Number)
        }
        Value::String(text) => Datum::Text(Cow::Borrowed(text)),
        Value::Array(items) => Datum::List(items.iter().map(from_json).collect()),
        Value::Null | Value::Object(_) => Datum::Nothing,
    }
}
