//! What is wrong with a query, and where.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Operator;
use crate::TaskStatus;

/// A part of the text, in characters from 0; `end` is the first that is not in it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// Behind the last one.
    pub end: usize,
}

impl Span {
    pub(super) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.end) }
    }
}

/// Why a text is no query. Its text names the column, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryError {
    /// Where.
    pub span: Span,
    /// What.
    pub problem: Problem,
}

/// What is wrong with a query. Its text is an English sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The text is longer than so many bytes.
    TooLong(usize),
    /// Parentheses and `not` are nested too deeply.
    TooDeep,
    /// Something else is expected at this place.
    Expected(Expected, Found),
    /// A parenthesis is opened and never closed.
    OpenParenthesis,
    /// A quotation is opened and never closed; the sign that opened it.
    OpenQuote(char),
    /// `in` and `is` need a column on their left.
    NoColumnBefore(ListWord),
    /// A comparison has values on both sides.
    BothValues,
    /// The text cannot be a value of the column.
    NotA(ValueKind, String),
    /// No run has a column of this name.
    UnknownColumn {
        /// The name as it was written.
        name: String,
        /// Existing columns with similar names, the most similar first.
        near: Vec<String>,
    },
}

/// What a parser expects at a place.
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
    /// What a column can be tested for, after `is`.
    TestAfterIs,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Nothing: the text ends.
    End,
    /// A name or a text.
    Word(String),
    /// A keyword, an operator, a parenthesis or a comma, as it is written.
    Sign(String),
    /// A closing parenthesis that was never opened.
    StrayClose,
}

/// A keyword between a column and what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListWord {
    /// `in`
    In,
    /// `is`
    Is,
}

impl ListWord {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Is => "is",
        }
    }
}

/// What the values of a column are, where not every text can be one.
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
    /// An error at a place.
    #[must_use]
    pub fn new(span: Span, problem: Problem) -> Self {
        Self { span, problem }
    }

    /// Whether more text may make a query of it: nothing is wrong yet, but something is missing at
    /// the end, or the last word may be the beginning of a right one.
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

    /// The text with a mark under the place, for a terminal.
    #[must_use]
    pub fn marked(&self, text: &str) -> String {
        // A tab is one character and no column of known width.
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
            Self::Word(word) => write!(f, "{word:?} stands here"),
            Self::Sign(sign) if sign == "," => f.write_str("a comma stands here"),
            Self::Sign(sign) if sign.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                write!(f, "\"{sign}\" stands here")
            }
            Self::Sign(sign) => write!(f, "{sign} stands here"),
            Self::StrayClose => f.write_str("a ) without its ( stands here"),
        }
    }
}

impl ValueKind {
    /// Whether more letters may make a value of a text.
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

/// Ends the sentence `"word" is …`.
impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "no number",
            Self::Duration => "no time such as 90, 10m or 1h30m",
            Self::Size => "no size such as 512MiB",
            Self::Bool => "neither true nor false",
            Self::Time => "no time such as 2026-11-23",
            Self::Status => {
                let all = TaskStatus::ALL.map(TaskStatus::as_str).join(", ");
                return write!(f, "no status; there are {all}");
            }
        })
    }
}
