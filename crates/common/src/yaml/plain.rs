//! Unquoted scalars: the value that each of them has.

use serde_yaml::Value;

use super::number;

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
