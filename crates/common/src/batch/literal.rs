//! Texts that look like batch syntax but are not.

use std::borrow::Cow;

use serde_yaml::Value;

use super::expr::{Expr, parse};
use crate::yaml;

/// The text of a value without batch syntax: protecting quotes are removed, and `\\|` becomes a
/// pipe. Batch syntax is unchanged.
#[must_use]
pub fn literal(text: &str) -> Cow<'_, str> {
    match parse(text, Some(&Value::String(String::new()))) {
        Ok(Expr::Literal(Value::String(plain))) if plain != text => Cow::Owned(plain),
        _ => Cow::Borrowed(text),
    }
}

/// The text that represents `text` itself in a batch: in quotes if it would be parsed as
/// alternatives or a range.
#[must_use]
pub fn protect(text: &str) -> Cow<'_, str> {
    match parse(text, None) {
        Ok(Expr::Literal(Value::String(same))) if same == text => Cow::Borrowed(text),
        _ => Cow::Owned(yaml::in_quotes(text)),
    }
}
