//! Converts Python values to JSON.

use serde_json::{Map, Number, Value};

use super::text;
use super::value::PyValue;

impl PyValue {
    /// The value as JSON; `None` if any part of it is not plain data.
    pub(crate) fn to_json(&self) -> Option<Value> {
        Some(match self {
            Self::None => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(value) => Value::from(*value),
            // JSON has no infinity; the string has the same meaning for `float()`.
            Self::Float(value) => Number::from_f64(*value)
                .map_or_else(|| Value::String(text::float(*value)), Value::Number),
            Self::Str(text) | Self::Path(text) => Value::String(text.to_string()),
            Self::List(items) | Self::Tuple(items) => {
                Value::Array(items.iter().map(Self::to_json).collect::<Option<_>>()?)
            }
            Self::Dict(items) => {
                let mut map = Map::new();
                for (key, value) in items.iter() {
                    map.insert(text::display(key)?, value.to_json()?);
                }
                Value::Object(map)
            }
            _ => return None,
        })
    }
}
