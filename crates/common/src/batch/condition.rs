//! Conditions on the combinations of a grid: `optimizer == sgd and lr < 0.1`.
//!
//! A condition is separate from the configuration, so that no value can be mistaken for one.

use crate::message::BatchText;
use serde_yaml::Value;

use super::condition_token::{Kind, Token, lex};
use super::error::BatchError;
use crate::yaml;

/// Maximum nesting depth of parentheses.
const MAX_DEPTH: usize = 50;

/// A condition parsed for the parameters of one configuration.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// At least one of these.
    Any(Vec<Condition>),
    /// All of these.
    All(Vec<Condition>),
    /// Negation.
    Not(Box<Condition>),
    /// A comparison of two values.
    Compare(Operand, Comparison, Operand),
    /// A value that is equal to one of others.
    Among(Operand, Vec<Operand>),
    /// A value other than false, null, 0 and empty.
    True(Operand),
}

/// An operand of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    /// The parameter with this index.
    Parameter(usize),
    /// A constant.
    Value(Value),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Condition {
    /// Parses a condition. `find` returns the index of the parameter with a name.
    ///
    /// # Errors
    /// When it is invalid, or the left side of a comparison is not a parameter.
    pub(super) fn parse(
        text: &str,
        find: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<Self, BatchError> {
        let tokens = lex(text)?;
        let end = text.chars().count() + 1;
        let mut parser = Parser { tokens: &tokens, end, find, depth: 0 };
        let condition = parser.any()?;
        match parser.tokens.first() {
            None => Ok(condition),
            Some(token) => Err(token.error(BatchText::NotExpected, &[&token.text])),
        }
    }

    /// Evaluates the condition for the values of the parameters.
    pub(super) fn holds<'a>(&'a self, value_of: &impl Fn(usize) -> &'a Value) -> bool {
        match self {
            Self::Any(list) => list.iter().any(|one| one.holds(value_of)),
            Self::All(list) => list.iter().all(|one| one.holds(value_of)),
            Self::Not(one) => !one.holds(value_of),
            Self::Compare(left, how, right) => how.holds(left.get(value_of), right.get(value_of)),
            Self::Among(left, list) => {
                let left = left.get(value_of);
                list.iter().any(|one| is_equal(left, one.get(value_of)))
            }
            Self::True(operand) => is_true(operand.get(value_of)),
        }
    }

    /// The indices of the parameters that it refers to, without duplicates.
    pub(super) fn parameters(&self) -> Vec<usize> {
        let mut indices = Vec::new();
        self.collect(&mut indices);
        indices.sort_unstable();
        indices.dedup();
        indices
    }

    fn collect(&self, indices: &mut Vec<usize>) {
        let mut add = |operand: &Operand| {
            if let Operand::Parameter(index) = operand {
                indices.push(*index);
            }
        };
        match self {
            Self::Compare(left, _, right) => [left, right].into_iter().for_each(add),
            Self::Among(left, list) => std::iter::once(left).chain(list).for_each(add),
            Self::True(operand) => add(operand),
            Self::Any(list) | Self::All(list) => list.iter().for_each(|one| one.collect(indices)),
            Self::Not(one) => one.collect(indices),
        }
    }
}

impl Operand {
    fn get<'a>(&'a self, value_of: &impl Fn(usize) -> &'a Value) -> &'a Value {
        match self {
            Self::Parameter(index) => value_of(*index),
            Self::Value(value) => value,
        }
    }
}

impl Comparison {
    /// Numbers and texts are ordered; values of different types are not comparable.
    fn holds(self, left: &Value, right: &Value) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let order = || match (left, right) {
            (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
            _ => left.as_f64().zip(right.as_f64()).and_then(|(l, r)| l.partial_cmp(&r)),
        };
        match self {
            Self::Equal => is_equal(left, right),
            Self::Unequal => !is_equal(left, right),
            Self::Below => order() == Some(Less),
            Self::Above => order() == Some(Greater),
            Self::AtMost => matches!(order(), Some(Less | Equal)),
            Self::AtLeast => matches!(order(), Some(Greater | Equal)),
        }
    }
}

/// As in Python, 1 is equal to 1.0.
fn is_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || left.as_f64() == right.as_f64()
        }
        _ => left == right,
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Sequence(list) => !list.is_empty(),
        Value::Mapping(map) => !map.is_empty(),
        Value::Tagged(_) => true,
    }
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    /// The column after the end of the text.
    end: usize,
    find: &'a dyn Fn(&str) -> Option<usize>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn any(&mut self) -> Result<Condition, BatchError> {
        let mut list = vec![self.all()?];
        while self.take("or") {
            list.push(self.all()?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Condition::Any(list) })
    }

    fn all(&mut self) -> Result<Condition, BatchError> {
        let mut list = vec![self.one()?];
        while self.take("and") {
            list.push(self.one()?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Condition::All(list) })
    }

    fn one(&mut self) -> Result<Condition, BatchError> {
        let is_not = self.take("not");
        if !is_not && !self.take("(") {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(BatchText::TooDeep, &[]));
        }
        let inner = if is_not {
            Condition::Not(Box::new(self.one()?))
        } else {
            let inner = self.any()?;
            self.expect(")")?;
            inner
        };
        self.depth -= 1;
        Ok(inner)
    }

    fn comparison(&mut self) -> Result<Condition, BatchError> {
        let left = self.parameter()?;
        if let Some(how) = self.tokens.first().and_then(comparison_of) {
            self.tokens = &self.tokens[1..];
            return Ok(Condition::Compare(left, how, self.operand()?));
        }
        if self.take("in") {
            return Ok(Condition::Among(left, self.list()?));
        }
        if self.tokens.first().is_some_and(|token| token.is("not")) {
            self.tokens = &self.tokens[1..];
            self.expect("in")?;
            return Ok(Condition::Not(Box::new(Condition::Among(left, self.list()?))));
        }
        match self.tokens.first() {
            Some(token) if token.kind == Kind::Word && !token.is("and") && !token.is("or") => {
                Err(token.error(BatchText::WriteOperator, &[&token.text]))
            }
            _ => Ok(Condition::True(left)),
        }
    }

    fn list(&mut self) -> Result<Vec<Operand>, BatchError> {
        let close = match (self.take("("), self.take("[")) {
            (true, _) => ")",
            (_, true) => "]",
            _ => return Err(self.error(BatchText::WriteList, &[])),
        };
        let mut list = vec![self.operand()?];
        while self.take(",") {
            list.push(self.operand()?);
        }
        self.expect(close)?;
        Ok(list)
    }

    fn parameter(&mut self) -> Result<Operand, BatchError> {
        match self.tokens.split_first() {
            Some((token, remaining)) if token.kind == Kind::Word => {
                let index = (self.find)(token.text)
                    .ok_or_else(|| token.error(BatchText::NoParameter, &[&token.text]))?;
                self.tokens = remaining;
                Ok(Operand::Parameter(index))
            }
            _ => Err(self.error(BatchText::ParameterExpected, &[])),
        }
    }

    fn operand(&mut self) -> Result<Operand, BatchError> {
        match self.tokens.split_first() {
            Some((token, remaining)) if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                self.tokens = remaining;
                let parameter =
                    (token.kind == Kind::Word).then(|| (self.find)(token.text)).flatten();
                Ok(parameter
                    .map_or_else(|| Operand::Value(yaml::scalar(token.text)), Operand::Parameter))
            }
            _ => Err(self.error(BatchText::ValueExpected, &[])),
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.tokens.first().is_some_and(|token| token.is(text));
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn expect(&mut self, text: &str) -> Result<(), BatchError> {
        if self.take(text) { Ok(()) } else { Err(self.error(BatchText::SignExpected, &[&text])) }
    }

    fn error(&self, text: BatchText, arguments: &[&dyn std::fmt::Display]) -> BatchError {
        match self.tokens.first() {
            Some(token) => token.error(text, arguments),
            None => BatchError::at(self.end, text, arguments),
        }
    }
}

fn comparison_of(token: &Token<'_>) -> Option<Comparison> {
    (token.kind == Kind::Sign).then_some(())?;
    Some(match token.text {
        "==" => Comparison::Equal,
        "!=" => Comparison::Unequal,
        "<" => Comparison::Below,
        "<=" => Comparison::AtMost,
        ">" => Comparison::Above,
        ">=" => Comparison::AtLeast,
        _ => return None,
    })
}
