//! A small, safe expression language over declared variables: `escalate and amount_fen > 100000`.
//!
//! `==`, `!=`, `<`, `<=`, `>`, `>=`, `and`, `or`, `not`, `in [..]`, brackets, `true`, `false`, numbers, `'text'`.
//! No calls, no loops, no access outside the variables. Types are checked when the definition is read, so that a
//! running case never meets an expression it can't evaluate.

mod check;
mod eval;
mod lexer;
mod parser;

use std::fmt;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

pub(crate) use check::Type;

/// A parsed condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    text: String,
    root: Term,
}

/// Why a text is not a usable expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// It can't be read.
    #[error("第 {at} 个字符处：{what}")]
    Syntax {
        /// Character, from 1.
        at: usize,
        /// What was expected.
        what: String,
    },
    /// It names a variable that is not declared.
    #[error("变量“{0}”没有在 variables 中声明")]
    Unknown(String),
    /// The two sides do not fit together, or it is not a yes-or-no question.
    #[error("{0}")]
    Type(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Bool(bool),
    Number(Decimal),
    Text(String),
    List(Vec<Term>),
    Variable(String),
    Not(Box<Term>),
    And(Box<Term>, Box<Term>),
    Or(Box<Term>, Box<Term>),
    Compare(Compare, Box<Term>, Box<Term>),
    In(Box<Term>, Box<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`ExpressionError::Syntax`] with the place.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        let tokens = lexer::tokens(text)?;
        Ok(Self { text: text.to_owned(), root: parser::parse(&tokens)? })
    }

    /// Checks that it is a yes-or-no question over the declared variables.
    pub(crate) fn check(&self, type_of: impl Fn(&str) -> Option<Type>) -> Result<(), ExpressionError> {
        check::condition(&self.root, &type_of)
    }

    /// Answers it. A variable that is missing or of another type than declared makes the comparison false; values
    /// are checked against their declaration when they come in, so this does not arise in a running instance.
    #[must_use]
    pub fn holds(&self, variables: &Map<String, Value>) -> bool {
        eval::truth(&self.root, variables)
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
