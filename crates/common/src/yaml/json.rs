//! Converts between YAML values and JSON values.

use serde_json::{Map, Number};
use serde_yaml::{Mapping, Value};

use super::{big_int, to_flow};

/// Converts a value to JSON: non-finite floats become the strings `NaN`, `Infinity`, `-Infinity`,
/// keys become strings, integers outside 64 bits become strings of their digits.
#[must_use]
pub fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => number_to_json(number),
        Value::String(text) => text.as_str().into(),
        Value::Sequence(list) => list.iter().map(to_json).collect(),
        Value::Mapping(mapping) => {
            let entries = mapping.iter().map(|(key, value)| (key_text(key), to_json(value)));
            serde_json::Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Tagged(tagged) => match big_int(value) {
            Some(digits) => digits.into(),
            None => to_json(&tagged.value),
        },
    }
}

fn number_to_json(number: &serde_yaml::Number) -> serde_json::Value {
    if let Some(whole) = number.as_u64() {
        return whole.into();
    }
    if let Some(whole) = number.as_i64() {
        return whole.into();
    }
    let float = number.as_f64().unwrap_or(f64::NAN);
    match Number::from_f64(float) {
        Some(finite) => finite.into(),
        None if float.is_nan() => "NaN".into(),
        None if float > 0.0 => "Infinity".into(),
        None => "-Infinity".into(),
    }
}

/// Converts JSON to a value. Strings stay strings, even if they look like other types.
#[must_use]
pub fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => {
            let whole = number.as_u64().map(Value::from);
            let whole = whole.or_else(|| number.as_i64().map(Value::from));
            whole.unwrap_or_else(|| number.as_f64().unwrap_or(f64::NAN).into())
        }
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(list) => Value::Sequence(list.iter().map(from_json).collect()),
        serde_json::Value::Object(_) => Value::Mapping(mapping_from_json(value)),
    }
}

/// Converts a JSON object to a mapping; anything else becomes an empty one.
#[must_use]
pub fn mapping_from_json(value: &serde_json::Value) -> Mapping {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(key, value)| (Value::String(key.clone()), from_json(value))).collect()
}

/// A key as text: `lr`, `3`, `true`.
#[must_use]
pub fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Tagged(tagged) if big_int(key).is_none() => key_text(&tagged.value),
        other => to_flow(other),
    }
}
