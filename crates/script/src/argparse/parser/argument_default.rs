//! Defaults: what an argument is when it is not given.

use common::argument::{Action, DefaultValue, ValueType};
use serde_json::{Number, Value};

use crate::argparse::python::call_arguments::Given;
use crate::argparse::python::value::PyValue;

/// The default that an expression stands for.
pub(super) fn of(given: &Given) -> DefaultValue {
    match given.value.to_json() {
        Some(value) => DefaultValue::Known(value),
        None => DefaultValue::Unresolved(given.text.clone()),
    }
}

/// The default of an action that was given none.
pub(super) fn implied(action: Action) -> DefaultValue {
    DefaultValue::Known(match action {
        Action::StoreTrue => Value::Bool(false),
        Action::StoreFalse => Value::Bool(true),
        _ => Value::Null,
    })
}

/// argparse reads a default that is text as if it had been given: `default="5"` of an
/// `int` is 5.
pub(super) fn converted(default: DefaultValue, value_type: &ValueType) -> DefaultValue {
    let DefaultValue::Known(Value::String(text)) = &default else {
        return default;
    };
    let trimmed = text.trim();
    let value = match value_type {
        ValueType::Int => trimmed.parse::<i64>().ok().map(Value::from),
        ValueType::Float => {
            trimmed.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number)
        }
        ValueType::Bool => Some(Value::Bool(!text.is_empty())),
        _ => None,
    };
    value.map_or(default, DefaultValue::Known)
}

/// Whether it says that the attribute is absent unless given.
pub(super) fn is_suppressed(value: &PyValue) -> bool {
    match value {
        PyValue::External(name) => name.ends_with(".SUPPRESS"),
        PyValue::Str(text) => &**text == "==SUPPRESS==",
        _ => false,
    }
}
