//! A query that was read.

use serde::{Deserialize, Serialize};

use super::{Literal, QueryError, Span};

/// A filter. An empty text is one that every row passes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The columns that it names, each place of the text for itself.
    pub names: Vec<Name>,
    pub(super) expr: Option<Expr>,
}

/// A column as a query names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text, without backticks.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a row is asked. Columns are places in [`Query::names`].
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
    /// The column's value stands so to another value.
    Is(usize, Operator, Literal),
    /// The same, to the value of another column.
    IsColumn(usize, Operator, usize),
    /// The column's latest value is a number of this class.
    IsOfClass(usize, NumberClass),
    /// The column's value is one of these.
    In(usize, Vec<Literal>),
    /// The text, in lower case, occurs in the task.
    Text(String),
}

/// Whether a number is one.
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
    /// Reads the word after `is`.
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

/// How a value stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `=`, also `==`
    Equal,
    /// `!=`
    Unequal,
    /// `~`: contains, without regard to case.
    Contains,
    /// `!~`
    Lacks,
}

impl Operator {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::Unequal => "!=",
            Self::Contains => "~",
            Self::Lacks => "!~",
        }
    }

    /// The same question with its sides exchanged.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            other => other,
        }
    }
}

impl Query {
    /// Reads a text.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        super::parse::parse(text)
    }

    /// Whether every row passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// Adds a condition `column = value` to a text, as a click on a cell does.
    #[must_use]
    pub fn with_condition(text: &str, column: &str, value: &crate::runs::Cell) -> String {
        let name = super::token::written_name(column);
        let condition = match value {
            crate::runs::Cell::Missing => format!("{name} is missing"),
            crate::runs::Cell::Number(number) if number.is_nan() => format!("{name} is nan"),
            crate::runs::Cell::Text(text) => {
                format!("{name} = {}", super::token::written_text(text))
            }
            other => format!("{name} = {other}"),
        };
        let text = text.trim();
        match Self::parse(text) {
            Ok(query) if query.is_empty() => condition,
            Ok(Self { expr: Some(Expr::Any(_)), .. }) => format!("({text}) and {condition}"),
            _ => format!("{text} and {condition}"),
        }
    }
}
