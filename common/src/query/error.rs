//! What is wrong with a query, and where.

use std::fmt;

use serde::{Deserialize, Serialize};

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
    /// What, as a sentence without a full stop.
    pub message: String,
}

impl QueryError {
    /// An error at a place.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
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
        write!(f, "column {}: {}", self.span.start + 1, self.message)
    }
}

impl std::error::Error for QueryError {}
