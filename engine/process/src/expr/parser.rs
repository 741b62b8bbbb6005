//! Grammar of the expression language; binding from loose to tight: `or`, `and`, `not`, comparison.

use super::lexer::Word;
use super::{ExpressionError, Term};

/// Deepest nesting accepted, so that no file can exhaust the stack.
const DEEPEST: usize = 32;

pub(super) fn parse(words: &[(usize, Word)]) -> Result<Term, ExpressionError> {
    let mut parser = Parser { words, next: 0, depth: 0 };
    let term = parser.or()?;
    match parser.peek() {
        None => Ok(term),
        Some(_) => Err(parser.refuse("此处多出了内容")),
    }
}

struct Parser<'a> {
    words: &'a [(usize, Word)],
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Word> {
        self.words.get(self.next).map(|(_, word)| word)
    }

    fn eat(&mut self, word: &Word) -> bool {
        let found = self.peek() == Some(word);
        if found {
            self.next += 1;
        }
        found
    }

    fn refuse(&self, what: &str) -> ExpressionError {
        let at = self.words.get(self.next).or(self.words.last()).map_or(1, |(at, _)| *at);
        ExpressionError::Syntax { at, what: what.to_owned() }
    }

    fn or(&mut self) -> Result<Term, ExpressionError> {
        let mut left = self.and()?;
        while self.eat(&Word::Or) {
            left = Term::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Term, ExpressionError> {
        let mut left = self.not()?;
        while self.eat(&Word::And) {
            left = Term::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Term, ExpressionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.refuse("括号或 not 嵌套过深，请简化条件"));
        }
        let term = if self.eat(&Word::Not) { Term::Not(Box::new(self.not()?)) } else { self.comparison()? };
        self.depth -= 1;
        Ok(term)
    }

    fn comparison(&mut self) -> Result<Term, ExpressionError> {
        let left = self.value()?;
        if let Some(Word::Compare(how)) = self.peek() {
            let how = *how;
            self.next += 1;
            return Ok(Term::Compare(how, Box::new(left), Box::new(self.value()?)));
        }
        if self.eat(&Word::In) {
            return Ok(Term::In(Box::new(left), Box::new(self.value()?)));
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Term, ExpressionError> {
        let Some(word) = self.peek().cloned() else {
            return Err(self.refuse("条件不完整"));
        };
        let term = match word {
            Word::Open => {
                self.next += 1;
                let inner = self.or()?;
                return if self.eat(&Word::Close) { Ok(inner) } else { Err(self.refuse("缺少右括号")) };
            }
            Word::ListOpen => {
                self.next += 1;
                return self.list();
            }
            Word::True => Term::Bool(true),
            Word::False => Term::Bool(false),
            Word::Number(number) => Term::Number(number),
            Word::Text(text) => Term::Text(text),
            Word::Name(name) => Term::Variable(name),
            _ => return Err(self.refuse("此处应为变量、数字、文字或括号")),
        };
        self.next += 1;
        Ok(term)
    }

    fn list(&mut self) -> Result<Term, ExpressionError> {
        let mut items = Vec::new();
        while !self.eat(&Word::ListClose) {
            if !items.is_empty() && !self.eat(&Word::Comma) {
                return Err(self.refuse("列表中应为逗号或右方括号"));
            }
            let item = match self.peek().cloned() {
                Some(Word::Number(number)) => Term::Number(number),
                Some(Word::Text(text)) => Term::Text(text),
                _ => return Err(self.refuse("列表中只能写数字或文字")),
            };
            self.next += 1;
            items.push(item);
        }
        Ok(Term::List(items))
    }
}
