//! Errors of queries, with their position.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Operator;
use crate::TaskStatus;

/// A range of the text, in characters from 0; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// After the last character.
    pub end: usize,
}

impl Span {
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.end) }
    }
}

/// Why a text is not a valid query. Its message names the column, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryError {
    /// The position.
    pub span: Span,
    /// The problem.
    pub problem: Problem,
}

/// A problem with a query. Its text is an English sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The text exceeds this many bytes.
    TooLong(usize),
    /// Parentheses and `not` are nested too deeply.
    TooDeep,
    /// Something else is expected at this position.
    Expected(Expected, Found),
    /// A parenthesis is not closed.
    OpenParenthesis,
    /// A quotation is not closed; the opening quote.
    OpenQuote(char),
    /// `in` and `is` need a column on their left.
    NoColumnBefore(ListWord),
    /// A comparison has values on both sides.
    BothValues,
    /// The text is not valid as a value of the column.
    NotA(ValueKind, String),
    /// No run has a column with this name.
    UnknownColumn {
        /// The name as written.
        name: String,
        /// Existing columns with similar names, the most similar first.
        near: Vec<String>,
    },
}

/// What the parser expects at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// Another condition, or nothing more.
    AndOrEnd,
    /// Another condition, or the closing parenthesis.
    AndOrClose,
    /// A condition.
    Condition,
    /// A column.
    Column,
    /// A value.
    Value,
    /// A value after an operator.
    ValueAfter(Operator),
    /// The parenthesis of a list.
    OpenAfterIn,
    /// The next value of a list, or its end.
    CommaOrClose,
    /// A property that can be tested with `is`.
    TestAfterIs,
}

/// The token at a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// The end of the text.
    End,
    /// A name or a text.
    Word(String),
    /// A keyword, an operator, a parenthesis or a comma, as written.
    Sign(String),
    /// A closing parenthesis without an opening one.
    StrayClose,
}

/// A keyword between a column and its test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListWord {
    /// `in`
    In,
    /// `is`
    Is,
}

impl ListWord {
    /// The keyword as written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Is => "is",
        }
    }
}

/// The type of the values of a column, if not every text is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A number.
    Number,
    /// A duration: `90`, `10m`, `1h30m`.
    Duration,
    /// A size: `512MiB`.
    Size,
    /// `true` or `false`.
    Bool,
    /// A date, or a date and a time.
    Time,
    /// One of [`TaskStatus::ALL`].
    Status,
}

impl QueryError {
    /// An error at a position.
    #[must_use]
    pub fn new(span: Span, problem: Problem) -> Self {
        Self { span, problem }
    }

    /// Whether the query may become valid by appending text: nothing is invalid yet, but something
    /// is missing at the end, or the last word may be a prefix of a valid one.
    #[must_use]
    pub fn is_unfinished(&self, text: &str) -> bool {
        match &self.problem {
            Problem::Expected(_, Found::End) | Problem::OpenParenthesis | Problem::OpenQuote(_) => {
                true
            }
            _ if self.span.end < text.chars().count() => false,
            Problem::NotA(kind, word) => kind.may_begin_with(word),
            Problem::BothValues | Problem::Expected(_, Found::Word(_)) => true,
            _ => false,
        }
    }

    /// The text with a marker below the position, for a terminal.
    #[must_use]
    pub fn marked(&self, text: &str) -> String {
        // A tab is one character of unknown width.
        let shown: String =
            text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let width = self.span.end.saturating_sub(self.span.start).max(1);
        format!("{shown}\n{}{}", " ".repeat(self.span.start), "^".repeat(width))
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.span.start + 1, self.problem)
    }
}

impl std::error::Error for QueryError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(f, "it is longer than {bytes} bytes"),
            Self::TooDeep => f.write_str("it is nested too deeply"),
            Self::Expected(expected, found) => write!(f, "{expected} is expected, but {found}"),
            Self::OpenParenthesis => f.write_str("this ( is never closed"),
            Self::OpenQuote(quote) => write!(f, "the closing {quote} is missing"),
            Self::NoColumnBefore(word) => {
                write!(f, "a column is expected before \"{}\"", word.as_str())
            }
            Self::BothValues => {
                f.write_str("a column is expected on one side, but both are values")
            }
            Self::NotA(kind, word) => write!(f, "{word:?} is {kind}"),
            Self::UnknownColumn { name, near } => {
                write!(f, "no run has a column {name:?}")?;
                match near.split_last() {
                    None => Ok(()),
                    Some((one, [])) => write!(f, "; is {one:?} meant?"),
                    Some((last, others)) => {
                        let others: Vec<String> =
                            others.iter().map(|name| format!("{name:?}")).collect();
                        write!(f, "; is {} or {last:?} meant?", others.join(", "))
                    }
                }
            }
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AndOrEnd => "and, or, or the end",
            Self::AndOrClose => "and, or, or )",
            Self::Condition => "a condition",
            Self::Column => "a column",
            Self::Value => "a value",
            Self::ValueAfter(operator) => return write!(f, "a value after {}", operator.as_str()),
            Self::OpenAfterIn => "( after \"in\"",
            Self::CommaOrClose => "a comma or )",
            Self::TestAfterIs => "missing, nan, inf or finite after \"is\"",
        })
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("the query ends here"),
            Self::Word(word) => write!(f, "{word:?} was found"),
            Self::Sign(sign) if sign == "," => f.write_str("a comma was found"),
            Self::Sign(sign) if sign.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                write!(f, "\"{sign}\" was found")
            }
            Self::Sign(sign) => write!(f, "{sign} was found"),
            Self::StrayClose => f.write_str("an unmatched ) was found"),
        }
    }
}

impl ValueKind {
    /// Whether a text may become a value by appending letters.
    fn may_begin_with(self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        match self {
            Self::Number | Self::Duration | Self::Size => {
                text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            }
            Self::Time => text.chars().all(|c| c.is_ascii_digit()),
            Self::Bool => ["true", "false"].iter().any(|word| word.starts_with(&text)),
            Self::Status => TaskStatus::ALL.iter().any(|status| status.as_str().starts_with(&text)),
        }
    }
}

/// The end of the sentence `"word" is …`.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "not a number",
            Self::Duration => "not a duration such as 90, 10m or 1h30m",
            Self::Size => "not a size such as 512MiB",
            Self::Bool => "neither true nor false",
            Self::Time => "not a time such as 2026-11-23",
            Self::Status => {
                let all = TaskStatus::ALL.map(TaskStatus::as_str).join(", ");
                return write!(f, "not a status; valid values are {all}");
            }
        })
    }
}
