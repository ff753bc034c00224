//! Parses a single value typed by the user.

use serde_yaml::Value;

use super::parse;
use super::plain::plain;

/// Parses a typed text as one value: `5e-3`, `true`, `[1, 2]`, `'quoted'`.
///
/// Anything that is not a value of another type is text, unchanged: `a: b`, `# x`.
#[must_use]
pub fn scalar(text: &str) -> Value {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if let Some(value) = plain(text) {
        return value;
    }
    let text_of = || Value::String(text.to_owned());
    match (text.chars().next(), parse(text)) {
        (Some('['), Ok(list @ Value::Sequence(_))) => list,
        (Some('{'), Ok(map @ Value::Mapping(_))) => map,
        (Some('"' | '\''), Ok(string @ Value::String(_))) => string,
        _ => text_of(),
    }
}
