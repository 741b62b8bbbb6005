//! Tests of engine-process: expressions.

use serde_json::json;

use super::variables;
use crate::expr::Type;
use crate::{Expression, ExpressionError};

fn holds(text: &str) -> bool {
    let values = json!({
        "yes": true, "no": false, "amount": 120_000, "rate": 0.16, "kind": "early", "areas": ["310104", "310105"],
    });
    Expression::parse(text).unwrap().holds(&variables(values))
}

#[test]
fn comparisons_and_precedence() {
    for text in [
        "yes",
        "not no",
        "not (yes and no)",
        "yes or no and no",
        "not no and yes",
        "amount > 100000",
        "amount >= 120000 and amount <= 120000",
        "amount != 1 and -1 < 0",
        "rate == 0.16",
        "kind == 'early'",
        "kind in ['normal', \"early\"]",
        "amount in [1, 120000]",
        "'310104' in areas",
        "yes == true",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in
        ["no", "no and yes", "(yes or yes) and no", "amount < 1", "kind in ['late']", "kind != 'early'"]
    {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn a_missing_or_foreign_value_is_never_true() {
    for text in ["absent == 1", "absent != 1", "absent in [1]", "absent", "kind > 3"] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn faults_name_the_place() {
    let at = |text: &str| match Expression::parse(text) {
        Err(ExpressionError::Syntax { at, .. }) => at,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(at("a = 1"), 3);
    assert_eq!(at("a and"), 3);
    assert_eq!(at("a == 'x"), 6);
    assert_eq!(at("(a"), 2);
    assert_eq!(at("a b"), 3);
    assert_eq!(at("a == 1;"), 7);
    assert_eq!(at("a in [b]"), 7);
    assert!(Expression::parse("").is_err());
    assert!(Expression::parse(&"not ".repeat(100)).is_err(), "nesting is bounded");
    assert!(Expression::parse(&"(".repeat(900)).is_err());
    assert!(Expression::parse(&format!("{} == 1", "a".repeat(2000))).is_err());
}

#[test]
fn types_are_checked_before_anything_runs() {
    let type_of = |name: &str| match name {
        "yes" => Some(Type::Bool),
        "amount" => Some(Type::Number),
        "kind" => Some(Type::Text),
        "areas" => Some(Type::Texts),
        _ => None,
    };
    let check = |text: &str| Expression::parse(text).unwrap().check(type_of);
    for text in
        ["yes", "amount > 1", "kind == 'a'", "kind in ['a']", "'a' in areas", "not yes or amount in [1]"]
    {
        assert_eq!(check(text), Ok(()), "{text}");
    }
    assert_eq!(check("absent"), Err(ExpressionError::Unknown("absent".into())));
    for text in [
        "amount",
        "kind",
        "kind > 'a'",
        "amount == 'a'",
        "yes > true",
        "amount in ['a']",
        "kind in [1, 'a']",
        "areas == areas",
        "not amount",
        "amount in []",
    ] {
        assert!(matches!(check(text), Err(ExpressionError::Type(_))), "{text}");
    }
}
