//! Parses conditions with an operator: a column and a value, or two columns.

use super::super::expr::Expr;
use super::super::fit::fitting;
use super::super::token::{Kind, Token};
use super::super::value::is_unit;
use super::super::{Expected, Literal, Operator, Problem, QueryError, Span};
use super::{Parsed, Parser, column_of, joined, literal};

impl Parser {
    /// `name < value`, `value < name`, `low < name <= high`.
    pub(super) fn comparisons(&mut self, first: Token) -> Parsed {
        let mut parts = Vec::new();
        let mut left = first;
        while let Some(Kind::Operator(operator)) = self.peek().cloned() {
            self.at += 1;
            let right = self.operand(operator)?;
            parts.push(self.comparison(&left, operator, &right)?);
            left = right;
        }
        Ok(joined(parts, Expr::All))
    }

    fn operand(&mut self, operator: Operator) -> Result<Token, QueryError> {
        match self.tokens.get(self.at) {
            Some(token @ Token { kind: Kind::Word(_) | Kind::Text(_) | Kind::Name(_), .. }) => {
                let token = token.clone();
                self.at += 1;
                Ok(self.with_units(token))
            }
            _ => Err(self.unexpected(Expected::ValueAfter(operator))),
        }
    }

    /// `1 h`, `4 min 05 s`, as displayed in the table: one value.
    pub(super) fn with_units(&mut self, token: Token) -> Token {
        let Token { kind: Kind::Word(mut value), mut span } = token else { return token };
        let mut is_open = is_plain_number(&value);
        while let Some((unit, end)) = self.word(0).filter(|(word, _)| is_open && is_unit(word)) {
            value.push_str(unit);
            span = span.to(end);
            self.at += 1;
            is_open = false;
            if let (Some((number, _)), Some((unit, _))) = (self.word(0), self.word(1))
                && is_plain_number(number)
                && is_unit(unit)
            {
                value.push_str(number);
                self.at += 1;
                is_open = true;
            }
        }
        Token { kind: Kind::Word(value), span }
    }

    /// The word at a distance of `ahead` tokens.
    fn word(&self, ahead: usize) -> Option<(&str, Span)> {
        match self.tokens.get(self.at + ahead) {
            Some(Token { kind: Kind::Word(word), span }) => Some((word, *span)),
            _ => None,
        }
    }

    /// A column compared with a value.
    fn is(&mut self, name: String, of: &Token, operator: Operator, value: &Token) -> Parsed {
        let value = self.fitting(&name, operator, value)?;
        Ok(Expr::Is(self.add_name(name, of.span), operator, value))
    }

    pub(super) fn fitting(
        &self,
        name: &str,
        operator: Operator,
        value: &Token,
    ) -> Result<Literal, QueryError> {
        fitting(name, operator, literal(value)).map_err(|why| QueryError::new(value.span, why))
    }

    fn comparison(&mut self, left: &Token, operator: Operator, right: &Token) -> Parsed {
        match (column_of(left, true), column_of(right, false)) {
            (Some(a), Some(b)) => {
                let (a, b) = (self.add_name(a, left.span), self.add_name(b, right.span));
                Ok(Expr::IsColumn(a, operator, b))
            }
            (Some(name), None) => self.is(name, left, operator, right),
            (None, Some(name)) => self.is(name, right, operator.flipped(), left),
            // `0.1 < lr`: a bare word next to a value is a name.
            (None, None) => match &right.kind {
                Kind::Word(word) if !matches!(Literal::of_word(word), Literal::Number(..)) => {
                    self.is(word.clone(), right, operator.flipped(), left)
                }
                _ => {
                    let span = left.span.to(right.span);
                    Err(QueryError::new(span, Problem::BothValues))
                }
            },
        }
    }
}

fn is_plain_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.parse::<f64>().is_ok()
}
