//! Defaults of arguments.

use common::argument::{Action, DefaultValue, ValueType};
use serde_json::{Number, Value};

use crate::argparse::python::call_arguments::EvaluatedArgument;
use crate::argparse::python::value::PyValue;

/// The default represented by an expression.
pub(super) fn of(argument: &EvaluatedArgument) -> DefaultValue {
    match argument.value.to_json() {
        Some(value) => DefaultValue::Known(value),
        None => DefaultValue::Unresolved(argument.text.clone()),
    }
}

/// The implicit default of an action.
pub(super) fn implied(action: Action) -> DefaultValue {
    DefaultValue::Known(match action {
        Action::StoreTrue => Value::Bool(false),
        Action::StoreFalse => Value::Bool(true),
        _ => Value::Null,
    })
}

/// argparse converts a default that is a string like an input: `default="5"` of an `int` is 5.
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

/// Whether it is `argparse.SUPPRESS`: the attribute is absent unless the argument is passed.
pub(super) fn is_suppressed(value: &PyValue) -> bool {
    match value {
        PyValue::External(name) => name.ends_with(".SUPPRESS"),
        PyValue::Str(text) => &**text == "==SUPPRESS==",
        _ => false,
    }
}
