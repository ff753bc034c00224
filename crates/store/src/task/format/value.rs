//! Tolerant conversions of JSON values: a value of another type is read as the default.

use std::collections::BTreeMap;

use common::TaskKind;
use common::metric::Aggregate;
use serde_json::{Map, Value};

pub(super) fn text(value: Value) -> String {
    if let Value::String(text) = value { text } else { String::new() }
}

pub(super) fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

pub(super) fn number(value: &Value) -> u32 {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

pub(super) fn gpus(value: &Value) -> Vec<u32> {
    let indexes = value.as_array().into_iter().flatten();
    indexes.filter_map(|index| u32::try_from(index.as_u64()?).ok()).collect()
}

pub(super) fn aggregates(value: Value) -> BTreeMap<String, Aggregate> {
    let aggregate = |(key, value)| serde_json::from_value(value).ok().map(|read| (key, read));
    object(value).into_iter().filter_map(aggregate).collect()
}

/// Values that are not texts are kept as their JSON.
pub(super) fn env(value: Value) -> BTreeMap<String, String> {
    let member = |(key, value)| match value {
        Value::String(text) => (key, text),
        other => (key, other.to_string()),
    };
    object(value).into_iter().map(member).collect()
}

pub(super) fn shell_if(is_shell: bool) -> TaskKind {
    if is_shell { TaskKind::Shell } else { TaskKind::Python }
}

/// Whether a value of a run says nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
