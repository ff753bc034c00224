//! Quotes and escapes in batch syntax.

use std::borrow::Cow;

use serde_yaml::Value;

use super::token::{Kind, Token, lex};
use crate::yaml;

/// `\|` → `|`, outside quotes.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("\\|") {
        return Cow::Borrowed(text);
    }
    let piece = |token: &Token<'_>| match token.kind {
        Kind::Quoted => token.text.to_owned(),
        _ => token.text.replace("\\|", "|"),
    };
    lex(text).iter().map(piece).collect::<String>().into()
}

/// The text inside quotes that enclose all of it.
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
    // YAML has no `\|` in double quotes, but here it means a pipe.
    read(text).or_else(|| read(&text.replace("\\|", "|")))
}

/// One alternative, typed like YAML.
pub(super) fn alternative(text: &str) -> Value {
    let text = text.trim();
    match unquote(text) {
        Some(string) => Value::String(string),
        None => yaml::scalar(&unescape(text)),
    }
}
