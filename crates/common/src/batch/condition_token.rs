//! The text of a condition → tokens.

use super::error::BatchError;
use super::structure::column;

/// A piece of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// From 1, in characters.
    pub(super) column: usize,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a number, a word such as `and`.
    Word,
    /// A text in quotes, with them.
    Quoted,
    /// A comparison, a parenthesis or a comma.
    Sign,
}

impl Token<'_> {
    /// Whether it is this word or sign, and not a text in quotes.
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Quoted && self.text == text
    }

    pub(super) fn error(&self, message: impl Into<String>) -> BatchError {
        BatchError::at(self.column, message)
    }
}

/// Splits a condition.
///
/// # Errors
/// When a quote is left open, or a sign has no meaning.
pub(super) fn lex(text: &str) -> Result<Vec<Token<'_>>, BatchError> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let (kind, length) = match first {
            blank if blank.is_whitespace() => {
                start += blank.len_utf8();
                continue;
            }
            '\'' | '"' => match rest[1..].find(first) {
                Some(end) => (Kind::Quoted, end + 2),
                None => {
                    return Err(BatchError::at(column(text, start), "this quote is never closed"));
                }
            },
            '(' | ')' | '[' | ']' | ',' => (Kind::Sign, 1),
            '=' | '!' | '<' | '>' | '&' | '|' => (Kind::Sign, sign(text, start)?),
            _ => (Kind::Word, rest.find(ends_word).unwrap_or(rest.len())),
        };
        tokens.push(Token { kind, text: &rest[..length], column: column(text, start) });
        start += length;
    }
    Ok(tokens)
}

fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || "()[],=!<>&|'\"".contains(letter)
}

/// The length of a comparison.
fn sign(text: &str, start: usize) -> Result<usize, BatchError> {
    let rest = &text[start..];
    if ["==", "!=", "<=", ">="].iter().any(|sign| rest.starts_with(sign)) {
        return Ok(2);
    }
    let message = match &rest[..1] {
        "<" | ">" => return Ok(1),
        "=" => "write == to compare",
        "&" => "write and",
        "|" => "write or",
        _ => "write != or not",
    };
    Err(BatchError::at(column(text, start), message))
}
