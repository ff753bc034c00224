//! What one scalar means.

use serde_yaml::Value;
use serde_yaml::value::{Tag, TaggedValue};

use super::number;

const BIG_INT_TAG: &str = "!int";

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
    match (text.chars().next(), super::parse(text)) {
        (Some('['), Ok(list @ Value::Sequence(_))) => list,
        (Some('{'), Ok(map @ Value::Mapping(_))) => map,
        (Some('"' | '\''), Ok(string @ Value::String(_))) => string,
        _ => text_of(),
    }
}

/// The value of a scalar without quotes, unless it is text.
pub(super) fn plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    yaml_1_1(text).or_else(|| number::read(text))
}

/// What YAML 1.1 reads as a value, and 1.2 as text, where configuration files mean the value.
pub(super) fn yaml_1_1(text: &str) -> Option<Value> {
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(Value::Bool(true)),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(Value::Bool(false)),
        _ if text.contains('_') => number::read_grouped(text),
        _ => None,
    }
}

/// A whole number outside 64 bits, which the value type has no room for: kept as its digits.
pub(super) fn big_int_value(digits: String) -> Value {
    Value::Tagged(Box::new(TaggedValue {
        tag: Tag::new(BIG_INT_TAG),
        value: Value::String(digits),
    }))
}

/// The digits of a whole number outside 64 bits, such as a 128-bit seed.
#[must_use]
pub fn big_int(value: &Value) -> Option<&str> {
    match value {
        Value::Tagged(tagged) if tagged.tag == BIG_INT_TAG => {
            let digits = tagged.value.as_str()?;
            let body = digits.strip_prefix('-').unwrap_or(digits);
            let is_number = !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then_some(digits)
        }
        _ => None,
    }
}
