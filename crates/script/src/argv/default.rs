//! Decides whether a value that equals the script's default is left out.

use common::argument::{Action, Argument, DefaultValue, ValueType};
use serde_yaml::Value;

/// Whether passing a default would change the value in the script: without a `type=` a number
/// arrives as a string, a function may not accept the text of its own result, and only one argument
/// of a mutually exclusive group may be passed.
pub(super) fn should_omit(argument: &Argument, value: &Value) -> bool {
    let DefaultValue::Known(default) = &argument.default else {
        return false;
    };
    if !is_equal(value, default) {
        return false;
    }
    let round_trips = match argument.value_type {
        ValueType::Str | ValueType::Path => is_text(default),
        ValueType::Custom(_) => default.is_string(),
        ValueType::Int | ValueType::Float | ValueType::Bool => true,
    };
    let is_valued = matches!(argument.action, Action::Store | Action::Custom);
    argument.exclusive_group.is_some()
        || is_valued && !round_trips
        || is_valued && default.is_object()
        || matches!(argument.action, Action::Custom)
}

fn is_text(default: &serde_json::Value) -> bool {
    match default {
        serde_json::Value::Array(items) => items.iter().all(serde_json::Value::is_string),
        other => other.is_string(),
    }
}

pub(super) fn is_equal(value: &Value, default: &serde_json::Value) -> bool {
    match (value, default) {
        (Value::Number(value), serde_json::Value::Number(default)) => {
            value.as_f64() == default.as_f64()
        }
        (Value::Number(value), serde_json::Value::String(text)) => {
            value.as_f64().is_some_and(|it| !it.is_finite())
                && text.parse::<f64>().ok() == value.as_f64()
        }
        (Value::Sequence(items), serde_json::Value::Array(defaults)) => {
            items.len() == defaults.len()
                && items.iter().zip(defaults).all(|(item, default)| is_equal(item, default))
        }
        _ => serde_json::to_value(value).is_ok_and(|value| value == *default),
    }
}
