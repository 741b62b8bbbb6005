//! Words of the expression language.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Compare, ExpressionError};

/// Longest expression accepted; conditions are one line.
const LONGEST: usize = 1000;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Name(String),
    Text(String),
    Number(Decimal),
    Compare(Compare),
    True,
    False,
    And,
    Or,
    Not,
    In,
    Open,
    Close,
    ListOpen,
    ListClose,
    Comma,
}

/// Words with the place of their first character, from 1.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Word)>, ExpressionError> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() > LONGEST {
        return Err(refuse(LONGEST, "条件过长，请拆分为多个分支"));
    }
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (word, len) = match c {
            '(' => (Word::Open, 1),
            ')' => (Word::Close, 1),
            '[' => (Word::ListOpen, 1),
            ']' => (Word::ListClose, 1),
            ',' => (Word::Comma, 1),
            '=' | '!' | '<' | '>' => comparison(&chars, at)?,
            '\'' | '"' => quoted(&chars, at)?,
            '-' | '0'..='9' => number(&chars, at)?,
            'a'..='z' | 'A'..='Z' | '_' => name(&chars, at),
            _ => return Err(refuse(at, &format!("不能识别的字符“{c}”"))),
        };
        words.push((at + 1, word));
        at += len;
    }
    Ok(words)
}

fn refuse(at: usize, what: &str) -> ExpressionError {
    ExpressionError::Syntax { at: at + 1, what: what.to_owned() }
}

fn comparison(chars: &[char], at: usize) -> Result<(Word, usize), ExpressionError> {
    let equals = chars.get(at + 1) == Some(&'=');
    let (word, len) = match (chars[at], equals) {
        ('=', true) => (Compare::Equal, 2),
        ('!', true) => (Compare::Unequal, 2),
        ('<', true) => (Compare::LessEqual, 2),
        ('>', true) => (Compare::GreaterEqual, 2),
        ('<', false) => (Compare::Less, 1),
        ('>', false) => (Compare::Greater, 1),
        _ => return Err(refuse(at, "请使用 ==、!=、<、<=、> 或 >=")),
    };
    Ok((Word::Compare(word), len))
}

fn quoted(chars: &[char], at: usize) -> Result<(Word, usize), ExpressionError> {
    let quote = chars[at];
    let rest = &chars[at + 1..];
    let end = rest.iter().position(|c| *c == quote).ok_or_else(|| refuse(at, "文字缺少结束的引号"))?;
    Ok((Word::Text(rest[..end].iter().collect()), end + 2))
}

fn number(chars: &[char], at: usize) -> Result<(Word, usize), ExpressionError> {
    let more = chars[at + 1..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let text: String = chars[at..=at + more].iter().collect();
    let value = Decimal::from_str(&text).map_err(|_| refuse(at, &format!("“{text}”不是数字")))?;
    Ok((Word::Number(value), more + 1))
}

fn name(chars: &[char], at: usize) -> (Word, usize) {
    let text: String = chars[at..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').collect();
    let len = text.len();
    let word = match text.as_str() {
        "true" => Word::True,
        "false" => Word::False,
        "and" => Word::And,
        "or" => Word::Or,
        "not" => Word::Not,
        "in" => Word::In,
        _ => Word::Name(text),
    };
    (word, len)
}
