//! Numbers in JSON that may be NaN or infinite, which are represented by strings.
//!
//! For `#[serde(with = "…")]` on fields: this module on a `Vec<f64>`, [`one`] on an `f64`,
//! [`option`] on an `Option<f64>`.

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A number in JSON: itself, or the text of one that is not finite.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// A finite one.
    Finite(f64),
    /// `NaN`, `Infinity` or `-Infinity`.
    Other(String),
}

/// A number as JSON: itself, or `"NaN"`, `"Infinity"`, `"-Infinity"`.
#[must_use]
pub fn to_json(number: f64) -> Value {
    match name(number) {
        Some(name) => Value::from(name),
        None => Value::from(number),
    }
}

/// A number from JSON; a boolean counts as 0 or 1, null as NaN. `None` for anything else.
#[must_use]
pub fn from_json(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::Null => Some(f64::NAN),
        Value::String(text) => from_name(text),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A value of a track as a number; NaN if it is not a number.
#[must_use]
pub fn or_nan(value: &Value) -> f64 {
    from_json(value).unwrap_or(f64::NAN)
}

/// The numbers of a track in `task_info.json`: a list, or a single value.
#[must_use]
pub fn list_from_json(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().map(or_nan).collect(),
        single => vec![or_nan(single)],
    }
}

/// The string for a number that JSON cannot represent.
#[must_use]
pub fn name(number: f64) -> Option<&'static str> {
    match number {
        _ if number.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// The number represented by such a string.
#[must_use]
pub fn from_name(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Serializes a list.
///
/// # Errors
/// The error of the serializer.
pub fn serialize<S: Serializer>(numbers: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(numbers.len()))?;
    for number in numbers {
        match name(*number) {
            Some(name) => list.serialize_element(name)?,
            None => list.serialize_element(number)?,
        }
    }
    list.end()
}

/// Deserializes a list; items that are not numbers become NaN.
///
/// # Errors
/// When it is not a list.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    let values = Vec::<Value>::deserialize(deserializer)?;
    Ok(values.iter().map(|value| from_json(value).unwrap_or(f64::NAN)).collect())
}

/// For a single number.
pub mod one {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Value, from_json, to_json};

    /// Serializes a number.
    ///
    /// # Errors
    /// The error of the serializer.
    pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        to_json(*number).serialize(serializer)
    }

    /// Deserializes a number; anything else becomes NaN.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(from_json(&Value::deserialize(deserializer)?).unwrap_or(f64::NAN))
    }
}

/// For an optional number: null if it is missing.
pub mod option {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Value, from_json, to_json};

    /// Serializes a number, or null.
    ///
    /// # Errors
    /// The error of the serializer.
    pub fn serialize<S: Serializer>(
        number: &Option<f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        number.map(to_json).serialize(serializer)
    }

    /// Deserializes a number; null and anything else become `None`.
    ///
    /// # Errors
    /// When it is not JSON.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<f64>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Some(value).filter(|value| !value.is_null()).and_then(|value| from_json(&value)))
    }
}
