//! A parsed query.

use super::{Literal, Operator, Span};

/// A filter. An empty text matches every row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The columns that it names, one entry per occurrence.
    pub names: Vec<Name>,
    pub(super) expr: Option<Expr>,
}

/// A column name in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text, without backticks.
    pub text: String,
    /// Its position.
    pub span: Span,
}

/// A condition on a row. Columns are indices in [`Query::names`].
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// All of them hold.
    All(Vec<Self>),
    /// One of them holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// The column has a value.
    Has(usize),
    /// The column's value compared with a constant.
    Is(usize, Operator, Literal),
    /// The column's value compared with that of another column.
    IsColumn(usize, Operator, usize),
    /// The column's latest value is a number of this class.
    IsOfClass(usize, NumberClass),
    /// The column's value is one of these.
    In(usize, Vec<Literal>),
    /// The text, in lower case, occurs in the task.
    Text(String),
}

/// A class of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberClass {
    /// NaN.
    Nan,
    /// One of the two infinities.
    Infinite,
    /// Neither.
    Finite,
}

impl NumberClass {
    /// Parses the word after `is`.
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "nan" => Self::Nan,
            "inf" | "infinite" | "infinity" => Self::Infinite,
            "finite" => Self::Finite,
            _ => return None,
        })
    }

    pub(super) fn holds(self, number: f64) -> bool {
        match self {
            Self::Nan => number.is_nan(),
            Self::Infinite => number.is_infinite(),
            Self::Finite => number.is_finite(),
        }
    }
}

impl Query {
    /// Whether every row matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }
}
