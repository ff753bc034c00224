//! Texts that are not batch syntax although they look like it.

use std::borrow::Cow;

use serde_yaml::Value;

use super::expr::{Expr, parse};
use crate::yaml;

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
