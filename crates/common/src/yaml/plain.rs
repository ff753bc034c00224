//! The values of unquoted scalars.

use serde_yaml::Value;

use super::number;

/// The value of an unquoted scalar, unless it is text.
pub(super) fn plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    yaml_1_1(text).or_else(|| number::read(text))
}

/// Values of YAML 1.1 that are text in 1.2, where configuration files mean the value.
pub(super) fn yaml_1_1(text: &str) -> Option<Value> {
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(Value::Bool(true)),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(Value::Bool(false)),
        _ if text.contains('_') => number::read_grouped(text),
        _ => None,
    }
}
