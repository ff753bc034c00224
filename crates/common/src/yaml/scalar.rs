//! A single value in text that the user typed.

use serde_yaml::Value;

use super::parse;
use super::plain::plain;

/// Types a text that the user typed as one value: `5e-3`, `true`, `[1, 2]`, `'quoted'`.
///
/// Whatever is no value of another type is text, as it stands: `a: b`, `# x`.
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
