//! Texts that are not batch syntax although they look like it.

use std::borrow::Cow;

use serde_yaml::Value;

use super::expr::{Expr, parse};
use super::range::Range;
use super::sample::Sample;
use super::token::{Kind, lex};
use crate::yaml;

/// `\|` → `|`, outside quotes.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("\\|") {
        return Cow::Borrowed(text);
    }
    let piece = |token: &super::token::Token<'_>| match token.kind {
        Kind::Quoted => token.text.to_owned(),
        _ => token.text.replace("\\|", "|"),
    };
    lex(text).iter().map(piece).collect::<String>().into()
}

/// The text inside the quotes that hold all of it.
pub(super) fn unquote(text: &str) -> Option<String> {
    let tokens = lex(text);
    match tokens.as_slice() {
        [only] if only.kind == Kind::Quoted => {}
        _ => return None,
    }
    let read = |text: &str| match yaml::parse(text) {
        Ok(Value::String(string)) => Some(string),
        _ => None,
    };
    // YAML knows no `\|` in double quotes, but who writes it means a pipe.
    read(text).or_else(|| read(&text.replace("\\|", "|")))
}

/// Whether quotes around a text would be there to protect it.
pub(super) fn looks_like_batch(text: &str) -> bool {
    text.is_empty()
        || text.contains('|')
        || !matches!(Range::parse(text), Ok(None))
        || !matches!(Sample::parse(text), Ok(None))
        || unquote(text.trim()).is_some()
}

/// The text that a value without batch syntax is: quotes that protect it are taken off, and `\\|`
/// is a pipe. Batch syntax stays as it is.
#[must_use]
pub fn literal(text: &str) -> Cow<'_, str> {
    match parse(text, Some(&Value::String(String::new()))) {
        Ok(Expr::Literal(Value::String(plain))) if plain != text => Cow::Owned(plain),
        _ => Cow::Borrowed(text),
    }
}

/// The text that stands for `text` itself in a batch: with quotes where it would be read as
/// alternatives or a range.
#[must_use]
pub fn protect(text: &str) -> Cow<'_, str> {
    match parse(text, None) {
        Ok(Expr::Literal(Value::String(same))) if same == text => Cow::Borrowed(text),
        _ => Cow::Owned(yaml::in_quotes(text)),
    }
}
