//! Splits the text of a condition into tokens.

use super::error::BatchError;
use super::structure::column;
use crate::message::BatchText;

/// A token of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Column from 1, in characters.
    pub(super) column: usize,
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a number, a word such as `and`.
    Word,
    /// A quoted text, including its quotes.
    Quoted,
    /// A comparison, a parenthesis or a comma.
    Sign,
}

impl Token<'_> {
    /// Whether it is this word or symbol, and not a quoted text.
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Quoted && self.text == text
    }

    pub(super) fn error(
        &self,
        text: BatchText,
        arguments: &[&dyn std::fmt::Display],
    ) -> BatchError {
        BatchError::at(self.column, text, arguments)
    }
}

/// Splits a condition into tokens.
///
/// # Errors
/// When a quote is not closed, or a symbol is unknown.
pub(super) fn lex(text: &str) -> Result<Vec<Token<'_>>, BatchError> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let remaining = &text[start..];
        let (kind, length) = match first {
            blank if blank.is_whitespace() => {
                start += blank.len_utf8();
                continue;
            }
            '\'' | '"' => match remaining[1..].find(first) {
                Some(end) => (Kind::Quoted, end + 2),
                None => {
                    return Err(BatchError::at(column(text, start), BatchText::OpenQuote, &[]));
                }
            },
            '(' | ')' | '[' | ']' | ',' => (Kind::Sign, 1),
            '=' | '!' | '<' | '>' | '&' | '|' => (Kind::Sign, operator_length(text, start)?),
            _ => (Kind::Word, remaining.find(ends_word).unwrap_or(remaining.len())),
        };
        tokens.push(Token { kind, text: &remaining[..length], column: column(text, start) });
        start += length;
    }
    Ok(tokens)
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || "()[],=!<>&|'\"".contains(letter)
}

/// The length of a comparison operator.
fn operator_length(text: &str, start: usize) -> Result<usize, BatchError> {
    let remaining = &text[start..];
    if ["==", "!=", "<=", ">="].iter().any(|operator| remaining.starts_with(operator)) {
        return Ok(2);
    }
    let message = match &remaining[..1] {
        "<" | ">" => return Ok(1),
        "=" => BatchText::WriteEqual,
        "&" => BatchText::WriteAnd,
        "|" => BatchText::WriteOr,
        _ => BatchText::WriteNot,
    };
    Err(BatchError::at(column(text, start), message, &[]))
}
