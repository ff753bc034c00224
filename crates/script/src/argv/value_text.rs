//! Formats values as texts from which a parser restores them.

use common::argument::{Argument, ValueType};
use serde_yaml::Value;

use super::number;

/// The text of one value of an argument.
pub(super) fn of(value: &Value, argument: &Argument) -> String {
    match (value, &argument.value_type) {
        // The empty string is the only input for which `type=bool` returns false.
        (Value::Bool(false), ValueType::Bool) => String::new(),
        (Value::Number(number), ValueType::Int) => number::integer_text(number),
        _ => plain(value),
    }
}

/// The text of a value without a known parser.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number::text(number),
        Value::String(text) => text.clone(),
        Value::Tagged(tagged) => plain(&tagged.value),
        // JSON is accepted by `json.loads`, `yaml.safe_load` and mostly `eval`.
        Value::Sequence(_) | Value::Mapping(_) => serde_json::to_string(value).unwrap_or_default(),
    }
}
