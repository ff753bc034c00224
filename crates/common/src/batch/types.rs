//! Checks values against the types of a template.

use serde_yaml::{Mapping, Value};

use super::param::dotted;
use crate::message::YamlText;
use crate::yaml;

/// A value has another type than the template's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", YamlText::TypeMismatch.fill(&[.key, .expected, .value, .actual]))]
pub struct TypeMismatch {
    /// Dotted key.
    pub key: String,
    /// Type of the template's value, as Python names it.
    pub expected: String,
    /// Type of the actual value.
    pub actual: String,
    /// The actual value.
    pub value: String,
}

/// Checks every value whose key is in the template, including nested ones.
///
/// An integer is accepted for a float. If the template has text or null, any value is accepted.
///
/// # Errors
/// Names the first value of another type.
pub fn check_types(config: &Mapping, template: &Mapping) -> Result<(), TypeMismatch> {
    check_mapping(config, template, &mut Vec::new())
}

fn check_mapping(
    config: &Mapping,
    template: &Mapping,
    path: &mut Vec<Value>,
) -> Result<(), TypeMismatch> {
    for (key, value) in config {
        let Some(expected) = template.get(key) else { continue };
        path.push(key.clone());
        match (value, expected) {
            (Value::Mapping(inner), Value::Mapping(expected)) => {
                check_mapping(inner, expected, path)?;
            }
            _ => check_value(&dotted(path), value, expected)?,
        }
        path.pop();
    }
    Ok(())
}

pub(super) fn check_value(key: &str, value: &Value, expected: &Value) -> Result<(), TypeMismatch> {
    let (actual, expected_type) = (type_name(value), type_name(expected));
    if actual == expected_type
        || matches!((actual, expected_type), ("int", "float") | (_, "str" | "null"))
    {
        return Ok(());
    }
    Err(TypeMismatch {
        key: key.to_owned(),
        expected: expected_type.to_owned(),
        actual: actual.to_owned(),
        value: yaml::to_flow(value),
    })
}

/// The type of a value: `bool`, `int`, `float`, `str`, `list`, `dict` or `null`.
#[must_use]
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Sequence(_) => "list",
        Value::Mapping(_) => "dict",
        Value::Tagged(tagged) => match yaml::big_int(value) {
            Some(_) => "int",
            None => type_name(&tagged.value),
        },
    }
}
